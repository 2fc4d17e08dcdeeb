"""The message that carries a code to a contact point, by language.

Short enough for one text message in the letters that phones count singly (GSM-7), as
far as the language has them. Must not make codes.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..vocabulary import Message

# title, and two sentences; the code in two groups of three, easier to keep in mind
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Your code: {code}",
        "{code} is your code for notifications from {home}. It holds for 10 minutes.",
        "You did not ask for it? Then do nothing.",
    ),
    "de": (
        "Ihr Code: {code}",
        "{code} ist der Code für Benachrichtigungen von {home}. Er gilt 10 Minuten.",
        "Nicht angefordert? Dann ist nichts zu tun.",
    ),
    "nl": (
        "Je code: {code}",
        "{code} is je code voor meldingen van {home}. Hij is 10 minuten geldig.",
        "Niet aangevraagd? Dan hoef je niets te doen.",
    ),
    "fr": (
        "Votre code : {code}",
        "{code} est votre code pour les notifications de {home}. Il est valable",
        "10 minutes. Pas de demande de votre part ? Ignorez ce message.",
    ),
    "es": (
        "Su código: {code}",
        "{code} es su código para los avisos de {home}. Vale 10 minutos.",
        "¿No lo ha pedido? No haga nada.",
    ),
    "it": (
        "Il tuo codice: {code}",
        "{code} è il tuo codice per le notifiche di {home}. Vale 10 minuti.",
        "Non l'hai chiesto? Ignora questo messaggio.",
    ),
    "pt": (
        "O seu código: {code}",
        "{code} é o seu código para as notificações de {home}. Vale por 10 minutos.",
        "Não o pediu? Ignore esta mensagem.",
    ),
    "pl": (
        "Twój kod: {code}",
        "{code} to kod do powiadomień z {home}. Jest ważny 10 minut.",
        "Nie prosisz o kod? Zignoruj tę wiadomość.",
    ),
}


def code_message(code: str, home: str, language: str) -> Message:
    """The words around a code of six digits; `home` is the name of the household."""
    texts = _TEXTS.get(language.partition("-")[0].lower(), _TEXTS["en"])
    shown = f"{code[:3]} {code[3:]}"
    title, *sentences = (text.format(code=shown, home=home) for text in texts)
    return Message(title=title, message=" ".join(sentences))
