"""Polish, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Do akceptacji: {repair}",
        message=(
            (
                "Naprawa kosztuje {amount} i czeka na Twoją zgodę.",
                "Naprawa czeka na Twoją zgodę.",
            ),
        ),
        speech=("Naprawa {repair} czeka na Twoją zgodę.",),
        private="Naprawa czeka na zgodę.",
    ),
    "repair_approved": Texts(
        title="Zaakceptowano: {repair}",
        message=(
            ("Zgoda klienta: {customer}.", "Jest zgoda na naprawę."),
            "Można zaczynać.",
        ),
        speech=("Jest zgoda na naprawę {repair}. Można zaczynać.",),
        private="Jest zgoda na naprawę.",
    ),
    "repair_denied": Texts(
        title="Odrzucono: {repair}",
        message=(
            ("Odmowa klienta: {customer}.", "Nie ma zgody na naprawę."),
            "Powód: {reason}.",
        ),
        speech=("Nie ma zgody na naprawę {repair}. Proszę nie zaczynać.",),
        private="Nie ma zgody na naprawę.",
    ),
    "repair_assigned": Texts(
        title="Przydzielono Ci: {repair}",
        message=(("Do naprawy: {device}.", "Masz nową naprawę."),),
        speech=("Przydzielono Ci naprawę {repair}.",),
        private="Przydzielono naprawę.",
    ),
    "repair_reassigned": Texts(
        title="Już nie Twoje: {repair}",
        message=(("Naprawę przejmuje {technician}.", "Naprawę przejmuje ktoś inny."),),
        speech=("Naprawę {repair} przejmuje ktoś inny.",),
        private="Naprawę przejmuje ktoś inny.",
    ),
    "repair_in_progress": Texts(
        title="W toku: {repair}",
        message=(("Naprawą zajmuje się {technician}.", "Naprawa się rozpoczęła."),),
        speech=("Naprawa {repair} się rozpoczęła.",),
        private="Naprawa się rozpoczęła.",
    ),
    "repair_completed": Texts(
        title="Zakończono: {repair}",
        message=(
            ("Naprawione: {device}.", "Naprawa jest zakończona."),
            "Kwota: {amount}.",
        ),
        speech=("Naprawa {repair} jest zakończona.",),
        private="Naprawa jest zakończona.",
    ),
    "repair_batch_approved": Texts(
        title="Zaakceptowane naprawy: {count}",
        message=("Można zaczynać wszystkie.",),
        speech=("Zaakceptowane naprawy: {count}. Można zaczynać.",),
        private="Zaakceptowano kilka napraw.",
    ),
    "repair_batch_denied": Texts(
        title="Odrzucone naprawy: {count}",
        message=("Proszę nie zaczynać żadnej.", "Powód: {reason}."),
        speech=("Odrzucone naprawy: {count}. Proszę nie zaczynać.",),
        private="Odrzucono kilka napraw.",
    ),
    "reward_redemption": Texts(
        title="Odebrano nagrodę: {reward}",
        message=(
            (
                "Klient: {customer}, punkty: {points}.",
                "Klient: {customer}.",
                "Nagroda została odebrana.",
            ),
        ),
        speech=("Odebrano nagrodę {reward}.",),
        private="Odebrano nagrodę.",
    ),
}
