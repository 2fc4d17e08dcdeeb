"""Dutch, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Graag goedkeuren: {repair}",
        message=(
            (
                "De reparatie kost {amount} en wacht op je goedkeuring.",
                "De reparatie wacht op je goedkeuring.",
            ),
        ),
        speech=("De reparatie {repair} wacht op je goedkeuring.",),
        private="Een reparatie wacht op goedkeuring.",
    ),
    "repair_approved": Texts(
        title="Goedgekeurd: {repair}",
        message=(
            (
                "{customer} heeft de reparatie goedgekeurd.",
                "De reparatie is goedgekeurd.",
            ),
            "Je kunt beginnen.",
        ),
        speech=("De reparatie {repair} is goedgekeurd. Je kunt beginnen.",),
        private="Een reparatie is goedgekeurd.",
    ),
    "repair_denied": Texts(
        title="Afgewezen: {repair}",
        message=(
            (
                "{customer} heeft de reparatie afgewezen.",
                "De reparatie is afgewezen.",
            ),
            "Reden: {reason}.",
        ),
        speech=("De reparatie {repair} is afgewezen. Begin er niet aan.",),
        private="Een reparatie is afgewezen.",
    ),
    "repair_assigned": Texts(
        title="Aan jou toegewezen: {repair}",
        message=(
            (
                "Te repareren: {device}.",
                "Je hebt een reparatie toegewezen gekregen.",
            ),
        ),
        speech=("De reparatie {repair} is aan jou toegewezen.",),
        private="Er is een reparatie toegewezen.",
    ),
    "repair_reassigned": Texts(
        title="Niet meer van jou: {repair}",
        message=(
            (
                "{technician} heeft de reparatie overgenomen.",
                "De reparatie is aan iemand anders gegeven.",
            ),
        ),
        speech=("De reparatie {repair} is aan iemand anders gegeven.",),
        private="Een reparatie is opnieuw toegewezen.",
    ),
    "repair_in_progress": Texts(
        title="In uitvoering: {repair}",
        message=(("{technician} is ermee bezig.", "De reparatie is begonnen."),),
        speech=("De reparatie {repair} is begonnen.",),
        private="Een reparatie is begonnen.",
    ),
    "repair_completed": Texts(
        title="Afgerond: {repair}",
        message=(
            ("{device} is gerepareerd.", "De reparatie is afgerond."),
            "Bedrag: {amount}.",
        ),
        speech=("De reparatie {repair} is afgerond.",),
        private="Een reparatie is afgerond.",
    ),
    "repair_batch_approved": Texts(
        title="Reparaties goedgekeurd: {count}",
        message=("Je kunt met allemaal beginnen.",),
        speech=(("Meerdere reparaties zijn goedgekeurd: {count}. Je kunt beginnen."),),
        private="Meerdere reparaties zijn goedgekeurd.",
    ),
    "repair_batch_denied": Texts(
        title="Reparaties afgewezen: {count}",
        message=("Begin aan geen ervan.", "Reden: {reason}."),
        speech=(("Meerdere reparaties zijn afgewezen: {count}. Begin er niet aan."),),
        private="Meerdere reparaties zijn afgewezen.",
    ),
    "reward_redemption": Texts(
        title="Beloning ingewisseld: {reward}",
        message=(
            (
                "{customer} heeft ze ingewisseld voor {points} punten.",
                "{customer} heeft ze ingewisseld.",
                "Ze is ingewisseld.",
            ),
        ),
        speech=("De beloning {reward} is ingewisseld.",),
        private="Een beloning is ingewisseld.",
    ),
}
