"""What is said at once to who has tapped something: what came of it.

A sentence in each language. Must not know what was tapped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from ..vocabulary import Instant
from .languages import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Echoes:
    """The sentences of a language.

    `put_off`: it will be told again at {time}. `until_emptied`: nothing more of the
    appliance until then. `made`: the topic is switched off. `asked`: an administrator
    has to confirm. `nothing`: there is nothing that could be changed.
    """

    put_off: str
    until_emptied: str
    made: str
    asked: str
    nothing: str


_ECHOES: Mapping[str, Echoes] = {
    "en": Echoes(
        put_off="You will be told again: {time}.",
        until_emptied="You will hear no more of it until it is emptied.",
        made="You will hear no more of this topic. It can be switched on again on the"
        " dashboard, under People.",
        asked="Noted. An administrator can confirm the change in Home Assistant, under"
        " Settings, Repairs.",
        nothing="Noted. Nothing is changed: what is urgent stays as it is, and nothing"
        " becomes urgent by a tap.",
    ),
    "de": Echoes(
        put_off="Die Nachricht kommt wieder: {time}.",
        until_emptied="Bis zum Ausräumen kommt dazu nichts mehr.",
        made="Zu diesem Thema kommt nichts mehr. Es lässt sich auf dem Dashboard unter"
        " People wieder einschalten.",
        asked="Notiert. Wer Home Assistant verwaltet, kann die Änderung unter"
        " Einstellungen, Reparaturen bestätigen.",
        nothing="Notiert. Geändert wird nichts: Dringendes bleibt, wie es ist, und"
        " nichts wird durch Antippen dringend.",
    ),
    "fr": Echoes(
        put_off="Le message reviendra : {time}.",
        until_emptied="Plus rien à ce sujet avant le vidage.",
        made="Plus rien sur ce thème. Il peut être réactivé sur le tableau de bord,"
        " sous People.",
        asked="C'est noté. Un administrateur peut confirmer le changement dans Home"
        " Assistant, sous Paramètres, Réparations.",
        nothing="C'est noté. Rien ne change : ce qui est urgent le reste, et rien ne"
        " devient urgent d'un simple appui.",
    ),
    "es": Echoes(
        put_off="El mensaje volverá: {time}.",
        until_emptied="No habrá más avisos hasta que se vacíe.",
        made="No habrá más mensajes sobre este tema. Se puede volver a activar en el"
        " panel, en People.",
        asked="Anotado. Un administrador puede confirmar el cambio en Home Assistant,"
        " en Ajustes, Reparaciones.",
        nothing="Anotado. No se cambia nada: lo urgente sigue como está, y nada se"
        " vuelve urgente con un toque.",
    ),
    "it": Echoes(
        put_off="Il messaggio tornerà: {time}.",
        until_emptied="Non arriverà altro fino allo svuotamento.",
        made="Non arriverà altro su questo tema. Si può riattivare sulla plancia, in"
        " People.",
        asked="Annotato. Un amministratore può confermare la modifica in Home"
        " Assistant, in Impostazioni, Riparazioni.",
        nothing="Annotato. Non cambia nulla: ciò che è urgente resta com'è, e nulla"
        " diventa urgente con un tocco.",
    ),
    "nl": Echoes(
        put_off="Het bericht komt terug: {time}.",
        until_emptied="Hierover komt niets meer tot het leeg is.",
        made="Over dit onderwerp komt niets meer. Het kan op het dashboard onder"
        " People weer worden ingeschakeld.",
        asked="Genoteerd. Een beheerder kan de wijziging in Home Assistant bevestigen,"
        " onder Instellingen, Reparaties.",
        nothing="Genoteerd. Er verandert niets: wat dringend is blijft zo, en niets"
        " wordt dringend door een tik.",
    ),
    "pl": Echoes(
        put_off="Wiadomość wróci: {time}.",
        until_emptied="Do opróżnienia nic więcej o tym nie przyjdzie.",
        made="Na ten temat nic więcej nie przyjdzie. Można go znów włączyć na pulpicie,"
        " w sekcji People.",
        asked="Zanotowano. Administrator może potwierdzić zmianę w Home Assistant, w"
        " Ustawieniach, Naprawy.",
        nothing="Zanotowano. Nic się nie zmienia: co pilne, zostaje pilne, a nic nie"
        " staje się pilne od dotknięcia.",
    ),
    "pt": Echoes(
        put_off="A mensagem volta: {time}.",
        until_emptied="Não virá mais nada sobre isto até ser esvaziado.",
        made="Não virá mais nada sobre este tema. Pode ser ligado de novo no painel, em"
        " People.",
        asked="Anotado. Um administrador pode confirmar a mudança no Home Assistant, em"
        " Definições, Reparações.",
        nothing="Anotado. Nada muda: o que é urgente fica como está, e nada se torna"
        " urgente com um toque.",
    ),
}


def echoes(language: str) -> Echoes:
    """The sentences, by the first part of a language: *en* for *en-GB*."""
    return _ECHOES[language_of(language).code]


def put_off(language: str, until: Instant, now: Instant, zone: tzinfo) -> str:
    """That it will be told again then; the weekday where it is not today."""
    then, today = (datetime.fromtimestamp(each, zone) for each in (until, now))
    clock = f"{then:%H:%M}"
    if then.date() != today.date():
        clock = f"{language_of(language).days[then.weekday()]} {clock}"
    return echoes(language).put_off.format(time=clock)
