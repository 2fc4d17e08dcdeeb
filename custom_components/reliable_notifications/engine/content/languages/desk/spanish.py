"""Spanish, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Por aprobar: {repair}",
        message=(
            (
                "La reparación cuesta {amount} y espera tu aprobación.",
                "La reparación espera tu aprobación.",
            ),
        ),
        speech=("La reparación {repair} espera tu aprobación.",),
        private="Una reparación espera aprobación.",
    ),
    "repair_approved": Texts(
        title="Aprobada: {repair}",
        message=(
            (
                "{customer} ha aprobado la reparación.",
                "La reparación está aprobada.",
            ),
            "Puedes empezar.",
        ),
        speech=("La reparación {repair} está aprobada. Puedes empezar.",),
        private="Se ha aprobado una reparación.",
    ),
    "repair_denied": Texts(
        title="Rechazada: {repair}",
        message=(
            (
                "{customer} ha rechazado la reparación.",
                "La reparación está rechazada.",
            ),
            "Motivo: {reason}.",
        ),
        speech=("La reparación {repair} está rechazada. No empieces, por favor.",),
        private="Se ha rechazado una reparación.",
    ),
    "repair_assigned": Texts(
        title="Asignada a ti: {repair}",
        message=(("Hay que reparar: {device}.", "Te han asignado una reparación."),),
        speech=("Te han asignado la reparación {repair}.",),
        private="Se ha asignado una reparación.",
    ),
    "repair_reassigned": Texts(
        title="Ya no es tuya: {repair}",
        message=(
            (
                "{technician} se hace cargo de la reparación.",
                "La reparación ha pasado a otra persona.",
            ),
        ),
        speech=("La reparación {repair} ha pasado a otra persona.",),
        private="Una reparación ha cambiado de manos.",
    ),
    "repair_in_progress": Texts(
        title="En curso: {repair}",
        message=(("{technician} está en ello.", "La reparación ha empezado."),),
        speech=("La reparación {repair} ha empezado.",),
        private="Una reparación ha empezado.",
    ),
    "repair_completed": Texts(
        title="Terminada: {repair}",
        message=(
            ("Reparado: {device}.", "La reparación está terminada."),
            "Importe: {amount}.",
        ),
        speech=("La reparación {repair} está terminada.",),
        private="Se ha terminado una reparación.",
    ),
    "repair_batch_approved": Texts(
        title="Reparaciones aprobadas: {count}",
        message=("Puedes empezar con todas.",),
        speech=("Se han aprobado varias reparaciones: {count}. Puedes empezar.",),
        private="Se han aprobado varias reparaciones.",
    ),
    "repair_batch_denied": Texts(
        title="Reparaciones rechazadas: {count}",
        message=("No empieces ninguna, por favor.", "Motivo: {reason}."),
        speech=(
            ("Se han rechazado varias reparaciones: {count}. No empieces, por favor."),
        ),
        private="Se han rechazado varias reparaciones.",
    ),
    "reward_redemption": Texts(
        title="Recompensa canjeada: {reward}",
        message=(
            (
                "{customer} la ha canjeado por {points} puntos.",
                "{customer} la ha canjeado.",
                "Se ha canjeado.",
            ),
        ),
        speech=("Se ha canjeado la recompensa {reward}.",),
        private="Se ha canjeado una recompensa.",
    ),
}
