"""German, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Bitte freigeben: {repair}",
        message=(
            (
                "Die Reparatur kostet {amount} und wartet auf deine Freigabe.",
                "Die Reparatur wartet auf deine Freigabe.",
            ),
        ),
        speech=("Die Reparatur {repair} wartet auf deine Freigabe.",),
        private="Eine Reparatur wartet auf Freigabe.",
    ),
    "repair_approved": Texts(
        title="Freigegeben: {repair}",
        message=(
            (
                "{customer} hat die Reparatur freigegeben.",
                "Die Reparatur wurde freigegeben.",
            ),
            "Du kannst anfangen.",
        ),
        speech=("Die Reparatur {repair} wurde freigegeben. Du kannst anfangen.",),
        private="Eine Reparatur wurde freigegeben.",
    ),
    "repair_denied": Texts(
        title="Abgelehnt: {repair}",
        message=(
            (
                "{customer} hat die Reparatur abgelehnt.",
                "Die Reparatur wurde abgelehnt.",
            ),
            "Grund: {reason}.",
        ),
        speech=("Die Reparatur {repair} wurde abgelehnt. Bitte nicht anfangen.",),
        private="Eine Reparatur wurde abgelehnt.",
    ),
    "repair_assigned": Texts(
        title="Dir zugeteilt: {repair}",
        message=(("Zu reparieren: {device}.", "Dir wurde eine Reparatur zugeteilt."),),
        speech=("Die Reparatur {repair} wurde dir zugeteilt.",),
        private="Eine Reparatur wurde zugeteilt.",
    ),
    "repair_reassigned": Texts(
        title="Nicht mehr deine: {repair}",
        message=(
            (
                "{technician} hat die Reparatur übernommen.",
                "Die Reparatur macht jetzt jemand anderes.",
            ),
        ),
        speech=("Die Reparatur {repair} macht jetzt jemand anderes.",),
        private="Eine Reparatur wurde neu zugeteilt.",
    ),
    "repair_in_progress": Texts(
        title="In Arbeit: {repair}",
        message=(("{technician} arbeitet daran.", "Die Reparatur hat begonnen."),),
        speech=("Die Reparatur {repair} hat begonnen.",),
        private="Eine Reparatur hat begonnen.",
    ),
    "repair_completed": Texts(
        title="Abgeschlossen: {repair}",
        message=(
            ("{device} ist repariert.", "Die Reparatur ist abgeschlossen."),
            "Betrag: {amount}.",
        ),
        speech=("Die Reparatur {repair} ist abgeschlossen.",),
        private="Eine Reparatur ist abgeschlossen.",
    ),
    "repair_batch_approved": Texts(
        title="Reparaturen freigegeben: {count}",
        message=("Du kannst mit allen anfangen.",),
        speech=(
            ("Mehrere Reparaturen wurden freigegeben: {count}. Du kannst anfangen."),
        ),
        private="Mehrere Reparaturen wurden freigegeben.",
    ),
    "repair_batch_denied": Texts(
        title="Reparaturen abgelehnt: {count}",
        message=("Bitte mit keiner davon anfangen.", "Grund: {reason}."),
        speech=(
            ("Mehrere Reparaturen wurden abgelehnt: {count}. Bitte nicht anfangen."),
        ),
        private="Mehrere Reparaturen wurden abgelehnt.",
    ),
    "reward_redemption": Texts(
        title="Prämie eingelöst: {reward}",
        message=(
            (
                "{customer} hat sie für {points} Punkte eingelöst.",
                "{customer} hat sie eingelöst.",
                "Sie wurde eingelöst.",
            ),
        ),
        speech=("Die Prämie {reward} wurde eingelöst.",),
        private="Eine Prämie wurde eingelöst.",
    ),
}
