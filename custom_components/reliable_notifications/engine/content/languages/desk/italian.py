"""Italian, for a repair shop or a ticket system."""

from __future__ import annotations

from collections.abc import Mapping

from ..table import Texts

DESK: Mapping[str, Texts] = {
    "repair_pending_approval": Texts(
        title="Da approvare: {repair}",
        message=(
            (
                "La riparazione costa {amount} e aspetta la tua approvazione.",
                "La riparazione aspetta la tua approvazione.",
            ),
        ),
        speech=("La riparazione {repair} aspetta la tua approvazione.",),
        private="Una riparazione aspetta l'approvazione.",
    ),
    "repair_approved": Texts(
        title="Approvata: {repair}",
        message=(
            (
                "{customer} ha approvato la riparazione.",
                "La riparazione è approvata.",
            ),
            "Puoi iniziare.",
        ),
        speech=("La riparazione {repair} è approvata. Puoi iniziare.",),
        private="Una riparazione è approvata.",
    ),
    "repair_denied": Texts(
        title="Respinta: {repair}",
        message=(
            (
                "{customer} ha respinto la riparazione.",
                "La riparazione è respinta.",
            ),
            "Motivo: {reason}.",
        ),
        speech=("La riparazione {repair} è respinta. Non iniziare, per favore.",),
        private="Una riparazione è respinta.",
    ),
    "repair_assigned": Texts(
        title="Assegnata a te: {repair}",
        message=(("Da riparare: {device}.", "Ti è stata assegnata una riparazione."),),
        speech=("La riparazione {repair} è assegnata a te.",),
        private="Una riparazione è assegnata.",
    ),
    "repair_reassigned": Texts(
        title="Non più tua: {repair}",
        message=(
            (
                "{technician} si occupa ora della riparazione.",
                "La riparazione è passata a un'altra persona.",
            ),
        ),
        speech=("La riparazione {repair} è passata a un'altra persona.",),
        private="Una riparazione è passata di mano.",
    ),
    "repair_in_progress": Texts(
        title="In corso: {repair}",
        message=(("{technician} ci sta lavorando.", "La riparazione è iniziata."),),
        speech=("La riparazione {repair} è iniziata.",),
        private="Una riparazione è iniziata.",
    ),
    "repair_completed": Texts(
        title="Completata: {repair}",
        message=(
            ("Riparato: {device}.", "La riparazione è completata."),
            "Importo: {amount}.",
        ),
        speech=("La riparazione {repair} è completata.",),
        private="Una riparazione è completata.",
    ),
    "repair_batch_approved": Texts(
        title="Riparazioni approvate: {count}",
        message=("Puoi iniziarle tutte.",),
        speech=("Più riparazioni sono approvate: {count}. Puoi iniziare.",),
        private="Più riparazioni sono approvate.",
    ),
    "repair_batch_denied": Texts(
        title="Riparazioni respinte: {count}",
        message=("Non iniziarne nessuna, per favore.", "Motivo: {reason}."),
        speech=(("Più riparazioni sono respinte: {count}. Non iniziare, per favore."),),
        private="Più riparazioni sono respinte.",
    ),
    "reward_redemption": Texts(
        title="Premio riscattato: {reward}",
        message=(
            (
                "{customer} lo ha riscattato per {points} punti.",
                "{customer} lo ha riscattato.",
                "Il premio è stato riscattato.",
            ),
        ),
        speech=("Il premio {reward} è stato riscattato.",),
        private="Un premio è stato riscattato.",
    ),
}
