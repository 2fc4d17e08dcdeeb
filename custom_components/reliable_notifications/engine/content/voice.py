"""What can be said to Assist about messages and appliances, and what it answers.

By language; what is missing falls back to English, as all texts do. Sentences are
templates of Home Assistant's: `[optional]`, `(this|that)`, `{wildcard}`; `<appliance>`
stands for the name of one. Must not know who speaks, or do what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import re

# the wildcard of the sentences for later
MINUTES = "minutes"

_APPLIANCE = "<appliance>"
# what may stand in a name without being read as part of the template
_NO_WORD = re.compile(r"[^\w\s'’-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The sentences of one language, and the answers to them."""

    acknowledge: tuple[str, ...]
    waiting: tuple[str, ...]
    snooze: tuple[str, ...]
    emptied: tuple[str, ...]
    acknowledged: str  # {what}
    already: str  # {what}
    nothing_new: str
    waits: str  # {what}
    to_empty: str  # {appliance}
    nothing_waits: str
    snoozed: str  # {what}, {minutes}
    urgent: str  # {what}
    taken_out: str  # {appliance}
    not_waiting: str  # {appliance}
    unknown: str  # {appliance}, {known}
    failed: str


_VOICES: Mapping[str, Voice] = {
    "en": Voice(
        acknowledge=(
            (
                "(acknowledge|confirm) [(the|my|all)] (message|messages|notification"
                "|notifications|warning|warnings|alarm)"
            ),
            (
                "(i have|i've) (seen|heard|got|taken note of) the"
                " (message|notification|warning|alarm)"
            ),
        ),
        waiting=(
            "(what|which) (messages|notifications) are (open|waiting|there)",
            "(are there|do i have) [any] [(open|new)] (messages|notifications)",
        ),
        snooze=(
            "(snooze|postpone) [(the|my)] (message|messages|notification)",
            "remind me [of the (message|notification)] (later|again later)",
            "(snooze|postpone) [(the|my)] (message|notification) for {minutes} minutes",
        ),
        emptied=(
            "[the] <appliance> (is|was|has been) (emptied|empty|unloaded)",
            "i [have] (emptied|unloaded) [the] <appliance>",
        ),
        acknowledged="Noted: {what}.",
        already="Somebody has taken note of it already: {what}.",
        nothing_new="There is no message to acknowledge.",
        waits="Waiting: {what}.",
        to_empty="{appliance} waits to be emptied",
        nothing_waits="No message is waiting.",
        snoozed="I will tell you again in {minutes} minutes: {what}.",
        urgent="Urgent messages cannot be put off: {what}.",
        taken_out="Thank you. {appliance} is empty.",
        not_waiting="{appliance} has nothing to be taken out.",
        unknown="I know no appliance called {appliance}. There are: {known}.",
        failed="That did not work: the log of messages cannot be read.",
    ),
    "de": Voice(
        acknowledge=(
            (
                "(bestätige|quittiere) [(die|meine|alle)] (Nachricht|Nachrichten"
                "|Meldung|Meldungen|Warnung|Warnungen)"
            ),
            "(bestätige|quittiere) den Alarm",
            "ich habe die (Nachricht|Meldung|Warnung) (gesehen|gehört|verstanden)",
        ),
        waiting=(
            "(welche|was für) (Nachrichten|Meldungen) (sind offen|warten|gibt es)",
            "(gibt es|habe ich) [(offene|neue)] (Nachrichten|Meldungen)",
        ),
        snooze=(
            "(verschiebe|vertage) [(die|meine)] (Nachricht|Meldung|Nachrichten)",
            "erinnere mich [an die (Nachricht|Meldung)] später [(wieder|nochmal)]",
            "(verschiebe|vertage) [die] (Nachricht|Meldung) um {minutes} Minuten",
        ),
        emptied=(
            "[(die|der|das)] <appliance> ist (leer|ausgeräumt|entleert)",
            "ich habe [(die|den|das)] <appliance> (ausgeräumt|entleert|leer gemacht)",
        ),
        acknowledged="Zur Kenntnis genommen: {what}.",
        already="Das hat schon jemand bestätigt: {what}.",
        nothing_new="Es gibt keine Nachricht zu bestätigen.",
        waits="Offen: {what}.",
        to_empty="{appliance} wartet darauf, ausgeräumt zu werden",
        nothing_waits="Es ist keine Nachricht offen.",
        snoozed="Ich erinnere dich in {minutes} Minuten wieder: {what}.",
        urgent="Dringendes lässt sich nicht verschieben: {what}.",
        taken_out="Danke. {appliance} ist leer.",
        not_waiting="{appliance} hat nichts auszuräumen.",
        unknown="Ich kenne kein Gerät namens {appliance}. Es gibt: {known}.",
        failed="Das ging nicht: Das Verzeichnis der Nachrichten ist nicht lesbar.",
    ),
    "nl": Voice(
        acknowledge=(
            (
                "bevestig [(de|het|mijn|alle)] (bericht|berichten|melding|meldingen"
                "|waarschuwing|alarm)"
            ),
            "ik heb (de melding|het bericht|de waarschuwing) (gezien|gehoord)",
        ),
        waiting=(
            "welke (berichten|meldingen) (zijn open|wachten|zijn er)",
            "(zijn er|heb ik) [(open|nieuwe)] (berichten|meldingen)",
        ),
        snooze=(
            "stel [(de|het|mijn)] (bericht|melding|berichten) uit",
            "herinner me [(aan de melding|aan het bericht)] later [opnieuw]",
            "stel [(de|het|mijn)] (bericht|melding) {minutes} minuten uit",
        ),
        emptied=(
            "[(de|het)] <appliance> is (leeg|uitgeruimd|leeggehaald)",
            "ik heb [(de|het)] <appliance> (uitgeruimd|leeggehaald|geleegd)",
        ),
        acknowledged="Genoteerd: {what}.",
        already="Iemand heeft dat al bevestigd: {what}.",
        nothing_new="Er is geen bericht om te bevestigen.",
        waits="Open: {what}.",
        to_empty="{appliance} wacht om leeggehaald te worden",
        nothing_waits="Er is geen bericht open.",
        snoozed="Ik zeg het over {minutes} minuten opnieuw: {what}.",
        urgent="Dringende berichten kunnen niet worden uitgesteld: {what}.",
        taken_out="Bedankt. {appliance} is leeg.",
        not_waiting="{appliance} heeft niets om uit te halen.",
        unknown="Ik ken geen apparaat met de naam {appliance}. Er zijn: {known}.",
        failed="Dat is niet gelukt: het logboek van de berichten is niet leesbaar.",
    ),
    "fr": Voice(
        acknowledge=(
            (
                "(confirme|acquitte) [(le|la|les|mes)] (message|messages|notification"
                "|notifications|avertissement)"
            ),
            "(confirme|acquitte) l'(alerte|alarme)",
            "j'ai (vu|entendu) (le message|la notification|l'alerte)",
        ),
        waiting=(
            "(quels messages|quelles notifications) (attendent|y a-t-il)",
            "(y a-t-il|est-ce que j'ai) des (messages|notifications) [en attente]",
        ),
        snooze=(
            "(reporte|repousse) [(le|la|les)] (message|messages|notification)",
            "rappelle-moi [(le message|la notification)] plus tard",
            "(reporte|repousse) [(le|la)] (message|notification) de {minutes} minutes",
        ),
        emptied=(
            "[(le|la|l')] <appliance> est (vide|vidé|vidée)",
            "j'ai vidé [(le|la|l')] <appliance>",
        ),
        acknowledged="C'est noté : {what}.",
        already="Quelqu'un l'a déjà confirmé : {what}.",
        nothing_new="Il n'y a pas de message à confirmer.",
        waits="En attente : {what}.",
        to_empty="{appliance} attend d'être vidé",
        nothing_waits="Aucun message n'est en attente.",
        snoozed="Je le redirai dans {minutes} minutes : {what}.",
        urgent="Les messages urgents ne peuvent pas être reportés : {what}.",
        taken_out="Merci. {appliance} est vide.",
        not_waiting="{appliance} n'a rien à vider.",
        unknown="Je ne connais pas d'appareil nommé {appliance}. Il y a : {known}.",
        failed="Cela n'a pas marché : le journal des messages n'est pas lisible.",
    ),
    "es": Voice(
        acknowledge=(
            (
                "confirma [(el|la|los|las|mis)] (mensaje|mensajes|aviso|avisos"
                "|notificación|notificaciones|alarma)"
            ),
            "(he visto|he oído) (el mensaje|el aviso|la notificación|la alarma)",
        ),
        waiting=(
            "qué (mensajes|avisos|notificaciones) (hay|están pendientes)",
            "(hay|tengo) (mensajes|avisos|notificaciones) [(pendientes|nuevos)]",
        ),
        snooze=(
            "(aplaza|pospón) [(el|la|los)] (mensaje|mensajes|aviso|notificación)",
            "recuérdame [(el mensaje|el aviso)] más tarde",
            "(aplaza|pospón) [(el|la)] (mensaje|aviso|notificación) {minutes} minutos",
        ),
        emptied=(
            "[(el|la)] <appliance> está (vacío|vacía|vaciado|vaciada)",
            "he vaciado [(el|la)] <appliance>",
        ),
        acknowledged="Anotado: {what}.",
        already="Alguien ya lo ha confirmado: {what}.",
        nothing_new="No hay ningún mensaje que confirmar.",
        waits="Pendiente: {what}.",
        to_empty="{appliance} espera a que lo vacíen",
        nothing_waits="No hay ningún mensaje pendiente.",
        snoozed="Te lo diré de nuevo en {minutes} minutos: {what}.",
        urgent="Lo urgente no se puede aplazar: {what}.",
        taken_out="Gracias. {appliance} está vacío.",
        not_waiting="{appliance} no tiene nada que sacar.",
        unknown="No conozco ningún aparato llamado {appliance}. Hay: {known}.",
        failed="No ha funcionado: no se puede leer el registro de mensajes.",
    ),
    "it": Voice(
        acknowledge=(
            (
                "conferma [(il|la|i|le|tutti i)] (messaggio|messaggi|notifica|notifiche"
                "|avviso|avvisi)"
            ),
            "conferma l'(allarme|avviso)",
            "ho (visto|sentito) (il messaggio|la notifica|l'avviso|l'allarme)",
        ),
        waiting=(
            "(quali messaggi|quali notifiche) (ci sono|sono in attesa)",
            "(ci sono|ho) (messaggi|notifiche) [(in attesa|nuovi|nuove)]",
        ),
        snooze=(
            "(rimanda|posticipa) [(il|la|i)] (messaggio|messaggi|notifica)",
            "ricordamelo più tardi",
            "(rimanda|posticipa) [(il|la)] (messaggio|notifica) di {minutes} minuti",
        ),
        emptied=(
            "[(il|la|lo|l')] <appliance> è (vuoto|vuota|svuotato|svuotata)",
            "ho svuotato [(il|la|lo|l')] <appliance>",
        ),
        acknowledged="Preso nota: {what}.",
        already="Qualcuno l'ha già confermato: {what}.",
        nothing_new="Non c'è nessun messaggio da confermare.",
        waits="In attesa: {what}.",
        to_empty="{appliance} aspetta di essere svuotato",
        nothing_waits="Nessun messaggio è in attesa.",
        snoozed="Te lo dirò di nuovo tra {minutes} minuti: {what}.",
        urgent="I messaggi urgenti non si possono rimandare: {what}.",
        taken_out="Grazie. {appliance} è vuoto.",
        not_waiting="{appliance} non ha niente da togliere.",
        unknown="Non conosco nessun apparecchio di nome {appliance}. Ci sono: {known}.",
        failed="Non ha funzionato: il registro dei messaggi non si può leggere.",
    ),
    "pt": Voice(
        acknowledge=(
            (
                "confirma [(a|o|as|os)] (mensagem|mensagens|notificação|notificações"
                "|aviso|avisos|alarme)"
            ),
            "(já vi|ouvi) (a mensagem|a notificação|o aviso|o alarme)",
        ),
        waiting=(
            "que (mensagens|notificações) (há|estão pendentes)",
            "(há|tenho) (mensagens|notificações) [(pendentes|novas)]",
        ),
        snooze=(
            "adia [(a|o|as)] (mensagem|mensagens|notificação|aviso)",
            "lembra-me [(da mensagem|da notificação)] mais tarde",
            "adia [(a|o)] (mensagem|notificação|aviso) {minutes} minutos",
        ),
        emptied=(
            "[(a|o)] <appliance> está (vazia|vazio|esvaziada|esvaziado)",
            "(esvaziei|já esvaziei) [(a|o)] <appliance>",
        ),
        acknowledged="Registado: {what}.",
        already="Alguém já confirmou: {what}.",
        nothing_new="Não há nenhuma mensagem para confirmar.",
        waits="Pendente: {what}.",
        to_empty="{appliance} espera por ser esvaziado",
        nothing_waits="Não há nenhuma mensagem pendente.",
        snoozed="Digo outra vez daqui a {minutes} minutos: {what}.",
        urgent="O que é urgente não pode ser adiado: {what}.",
        taken_out="Obrigado. {appliance} está vazio.",
        not_waiting="{appliance} não tem nada para tirar.",
        unknown="Não conheço nenhum aparelho chamado {appliance}. Há: {known}.",
        failed="Não funcionou: o registo das mensagens não se consegue ler.",
    ),
    "pl": Voice(
        acknowledge=(
            (
                "(potwierdź|potwierdzam) [(tę|moją|wszystkie)] (wiadomość|wiadomości"
                "|powiadomienie|powiadomienia|ostrzeżenie|alarm)"
            ),
            "(widziałem|widziałam|słyszałem|słyszałam) (wiadomość|powiadomienie|alarm)",
        ),
        waiting=(
            "jakie (wiadomości|powiadomienia) (są|czekają)",
            "(czy są|czy mam) [(nowe|otwarte)] (wiadomości|powiadomienia)",
        ),
        snooze=(
            "(odłóż|przełóż) [(tę|to)] (wiadomość|powiadomienie)",
            "przypomnij mi [(o wiadomości|o powiadomieniu)] później",
            "(odłóż|przełóż) (wiadomość|powiadomienie) o {minutes} minut",
        ),
        emptied=(
            "<appliance> (jest pusta|jest pusty|opróżniona|opróżniony)",
            "(opróżniłem|opróżniłam) <appliance>",
        ),
        acknowledged="Odnotowano: {what}.",
        already="Ktoś już to potwierdził: {what}.",
        nothing_new="Nie ma wiadomości do potwierdzenia.",
        waits="Czeka: {what}.",
        to_empty="{appliance} czeka na opróżnienie",
        nothing_waits="Żadna wiadomość nie czeka.",
        snoozed="Powiem jeszcze raz za {minutes} minut: {what}.",
        urgent="Pilnych wiadomości nie można odłożyć: {what}.",
        taken_out="Dziękuję. {appliance}: puste.",
        not_waiting="{appliance}: nie ma czego wyjmować.",
        unknown="Nie znam urządzenia o nazwie {appliance}. Są: {known}.",
        failed="Nie udało się: nie można odczytać dziennika wiadomości.",
    ),
}

LANGUAGES = tuple(_VOICES)


def voice(*wishes: str | None) -> Voice:
    """The first of some wishes that we speak, by its first part; else English."""
    for wish in wishes:
        known = _VOICES.get((wish or "").partition("-")[0].partition("_")[0].lower())
        if known is not None:
            return known
    return _VOICES["en"]


def about(sentences: Iterable[str], appliance: str) -> tuple[str, ...]:
    """The sentences for one appliance; none where its name has no word in it."""
    name = " ".join(_NO_WORD.sub(" ", appliance).split()).strip("'’- ")
    if not name:
        return ()
    return tuple(each.replace(_APPLIANCE, name) for each in sentences)
