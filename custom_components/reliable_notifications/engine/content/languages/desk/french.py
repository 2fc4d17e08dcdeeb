"""French, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="À approuver : {repair}",
        message=(
            (
                "La réparation coûte {amount} et attend votre accord.",
                "La réparation attend votre accord.",
            ),
        ),
        speech=("La réparation {repair} attend votre accord.",),
        private="Une réparation attend un accord.",
    ),
    "repair_approved": Texts(
        title="Approuvé : {repair}",
        message=(
            (
                "{customer} a approuvé la réparation.",
                "La réparation est approuvée.",
            ),
            "Vous pouvez commencer.",
        ),
        speech=("La réparation {repair} est approuvée. Vous pouvez commencer.",),
        private="Une réparation est approuvée.",
    ),
    "repair_denied": Texts(
        title="Refusé : {repair}",
        message=(
            ("{customer} a refusé la réparation.", "La réparation est refusée."),
            "Motif : {reason}.",
        ),
        speech=("La réparation {repair} est refusée. Ne commencez pas.",),
        private="Une réparation est refusée.",
    ),
    "repair_assigned": Texts(
        title="Pour vous : {repair}",
        message=(("À réparer : {device}.", "Une réparation vous est confiée."),),
        speech=("La réparation {repair} vous est confiée.",),
        private="Une réparation est attribuée.",
    ),
    "repair_reassigned": Texts(
        title="Plus pour vous : {repair}",
        message=(
            (
                "{technician} a repris la réparation.",
                "La réparation est confiée à quelqu'un d'autre.",
            ),
        ),
        speech=("La réparation {repair} est confiée à quelqu'un d'autre.",),
        private="Une réparation a changé de mains.",
    ),
    "repair_in_progress": Texts(
        title="En cours : {repair}",
        message=(("{technician} s'en occupe.", "La réparation a commencé."),),
        speech=("La réparation {repair} a commencé.",),
        private="Une réparation a commencé.",
    ),
    "repair_completed": Texts(
        title="Terminé : {repair}",
        message=(
            ("Appareil réparé : {device}.", "La réparation est terminée."),
            "Montant : {amount}.",
        ),
        speech=("La réparation {repair} est terminée.",),
        private="Une réparation est terminée.",
    ),
    "repair_batch_approved": Texts(
        title="Réparations approuvées : {count}",
        message=("Vous pouvez toutes les commencer.",),
        speech=(
            ("Plusieurs réparations sont approuvées : {count}. Vous pouvez commencer."),
        ),
        private="Plusieurs réparations sont approuvées.",
    ),
    "repair_batch_denied": Texts(
        title="Réparations refusées : {count}",
        message=("N'en commencez aucune.", "Motif : {reason}."),
        speech=(("Plusieurs réparations sont refusées : {count}. Ne commencez pas."),),
        private="Plusieurs réparations sont refusées.",
    ),
    "reward_redemption": Texts(
        title="Récompense utilisée : {reward}",
        message=(
            (
                "{customer} l'a échangée contre {points} points.",
                "{customer} l'a échangée.",
                "Elle a été échangée.",
            ),
        ),
        speech=("La récompense {reward} a été utilisée.",),
        private="Une récompense a été utilisée.",
    ),
}
