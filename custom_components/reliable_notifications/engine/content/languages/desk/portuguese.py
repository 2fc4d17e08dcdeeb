"""Portuguese, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Para aprovar: {repair}",
        message=(
            (
                "A reparação custa {amount} e espera a sua aprovação.",
                "A reparação espera a sua aprovação.",
            ),
        ),
        speech=("A reparação {repair} espera a sua aprovação.",),
        private="Uma reparação espera aprovação.",
    ),
    "repair_approved": Texts(
        title="Aprovada: {repair}",
        message=(
            ("{customer} aprovou a reparação.", "A reparação foi aprovada."),
            "Pode começar.",
        ),
        speech=("A reparação {repair} foi aprovada. Pode começar.",),
        private="Uma reparação foi aprovada.",
    ),
    "repair_denied": Texts(
        title="Recusada: {repair}",
        message=(
            ("{customer} recusou a reparação.", "A reparação foi recusada."),
            "Motivo: {reason}.",
        ),
        speech=("A reparação {repair} foi recusada. Não comece, por favor.",),
        private="Uma reparação foi recusada.",
    ),
    "repair_assigned": Texts(
        title="Atribuída a si: {repair}",
        message=(("A reparar: {device}.", "Foi-lhe atribuída uma reparação."),),
        speech=("A reparação {repair} foi-lhe atribuída.",),
        private="Uma reparação foi atribuída.",
    ),
    "repair_reassigned": Texts(
        title="Já não é sua: {repair}",
        message=(
            (
                "{technician} ficou com a reparação.",
                "A reparação passou para outra pessoa.",
            ),
        ),
        speech=("A reparação {repair} passou para outra pessoa.",),
        private="Uma reparação mudou de mãos.",
    ),
    "repair_in_progress": Texts(
        title="Em curso: {repair}",
        message=(("{technician} está a tratar dela.", "A reparação começou."),),
        speech=("A reparação {repair} começou.",),
        private="Uma reparação começou.",
    ),
    "repair_completed": Texts(
        title="Concluída: {repair}",
        message=(
            ("Reparado: {device}.", "A reparação está concluída."),
            "Valor: {amount}.",
        ),
        speech=("A reparação {repair} está concluída.",),
        private="Uma reparação está concluída.",
    ),
    "repair_batch_approved": Texts(
        title="Reparações aprovadas: {count}",
        message=("Pode começar todas.",),
        speech=("Várias reparações foram aprovadas: {count}. Pode começar.",),
        private="Várias reparações foram aprovadas.",
    ),
    "repair_batch_denied": Texts(
        title="Reparações recusadas: {count}",
        message=("Não comece nenhuma, por favor.", "Motivo: {reason}."),
        speech=(
            ("Várias reparações foram recusadas: {count}. Não comece, por favor."),
        ),
        private="Várias reparações foram recusadas.",
    ),
    "reward_redemption": Texts(
        title="Recompensa trocada: {reward}",
        message=(
            (
                "{customer} trocou-a por {points} pontos.",
                "{customer} trocou-a.",
                "Foi trocada.",
            ),
        ),
        speech=("A recompensa {reward} foi trocada.",),
        private="Uma recompensa foi trocada.",
    ),
}
