"""Dutch: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.dutch import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

DUTCH = Language(
    code="nl",
    decimal_comma=True,
    plurals=Plurals.ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "u", Unit.DAY: "d"},
    spoken={
        Unit.SECOND: ("seconde", "seconden"),
        Unit.MINUTE: ("minuut", "minuten"),
        Unit.HOUR: ("uur", "uur"),
        Unit.DAY: ("dag", "dagen"),
    },
    kilowatt_hours="kilowattuur",
    said={
        "kWh": "kilowattuur",
        "kW": "kilowatt",
        "W": "watt",
        "°C": "graden",
        "%": "procent",
        "€": "euro",
        "$": "dollar",
        "&": "en",
        "+": "plus",
        "<=": "hoogstens",
        ">=": "minstens",
        "<": "onder",
        ">": "boven",
        "=": "gelijk aan",
    },
    days=("ma", "di", "wo", "do", "vr", "za", "zo"),
    categories={
        "appliance": "Apparaten",
        "safety": "Veiligheid",
        "system": "Dit systeem",
        "maintenance": "Onderhoud",
        "repair": "Reparaties",
        "reward": "Beloningen",
        "digest": "Samenvattingen",
        "test": "Tests",
        "general": "Andere berichten",
    },
    priorities={
        Priority.URGENT: "Dringend",
        Priority.HIGH: "Belangrijk",
        Priority.MEDIUM: "Melding",
        Priority.LOW: "Ter informatie",
    },
    objectives={
        "delivery_success_rate": "Bezorging",
        "average_latency": "Gemiddelde duur",
        "uptime": "Beschikbaarheid",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "Over 15 minuten",
        Button.EMPTIED: "Leeggemaakt",
        Button.REPLY: "Antwoorden",
        Button.MORE: "Meer",
        Button.UNTIL_TOMORROW: "Morgen",
        Button.UNTIL_EMPTIED: "Tot het leeg is",
        Button.COMPLAIN: "Wat was er mis?",
        Button.WRONG_PERSON: "Verkeerde persoon",
        Button.TOO_LATE: "Te laat",
        Button.TOO_LOUD: "Te luid",
    },
    sayings={
        Saying.TOGETHER: "{number} berichten",
        Saying.AND_MORE: "en nog {number}",
        Saying.NEW_MESSAGE: "Nieuw bericht",
        Saying.PRIVATE: "Er is een nieuw bericht voor je.",
        Saying.WHY: "Je krijgt deze e-mail omdat {home} jou als ontvanger heeft.",
        Saying.UNSUBSCRIBE: (
            "Wil je er geen meer? Wijzig dan je voorkeuren in Home"
            " Assistant, of vraag het aan wie het beheert."
        ),
        Saying.SENT_AT: "Verzonden {time}",
        Saying.OPEN: "Home Assistant openen",
    },
    labels={
        Label.APPLIANCE: "Apparaat",
        Label.STARTED: "Gestart",
        Label.ENDED: "Klaar",
        Label.EXPECTED: "Verwacht einde",
        Label.DURATION: "Duur",
        Label.ENERGY: "Energie",
        Label.COST: "Kosten",
        Label.IDLE: "Wacht al",
        Label.CHANNEL: "Kanaal",
        Label.SINCE: "Sinds",
        Label.OBJECTIVE: "Doel",
        Label.VALUE: "Gemeten",
        Label.GOAL: "Streefwaarde",
        Label.TASK: "Taak",
        Label.REPAIR: "Reparatie",
        Label.DEVICE: "Apparaat",
        Label.CUSTOMER: "Klant",
        Label.TECHNICIAN: "Monteur",
        Label.AMOUNT: "Bedrag",
        Label.REASON: "Reden",
        Label.NOTE: "Opmerking",
        Label.REWARD: "Beloning",
        Label.POINTS: "Punten",
        Label.COUNT: "Aantal",
        Label.OPEN: "Nog open",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} is gestart",
            message=(("Gestart om {started}.", "Het programma is begonnen."),),
            speech=("{appliance} is gestart.",),
            private="Een apparaat is gestart.",
        ),
        "cycle_finished": Texts(
            title="{appliance} is klaar",
            message=(
                (
                    "Duurde {duration} en gebruikte {energy}.",
                    "Duurde {duration}.",
                    "Gebruikte {energy}.",
                ),
                (
                    "Klaar rond {ended_about}; de sensor zweeg toen.",
                    "Klaar om {ended}.",
                ),
            ),
            speech=(("{appliance} is klaar na {duration}.", "{appliance} is klaar."),),
            private="Een apparaat is klaar.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} draait nog",
            message=(
                (
                    "De melding dat het klaar was kwam te vroeg; hetzelfde"
                    " programma loopt door."
                ),
            ),
            speech=("{appliance} draait toch nog. Ik was te vroeg.",),
            private="Een apparaat draait toch nog.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance} is onderbroken",
            message=(
                ("Gestopt om {ended}, voor het einde.", "Gestopt voor het einde."),
                (
                    "Duurde {duration} en gebruikte {energy}.",
                    "Duurde {duration}.",
                    "Gebruikte {energy}.",
                ),
            ),
            speech=("{appliance} is voor het einde gestopt. Ga even kijken.",),
            private="Een apparaat is voor het einde gestopt.",
        ),
        "almost_done": Texts(
            title="{appliance} is bijna klaar",
            message=(("Waarschijnlijk klaar om {expected}.", "Nog een paar minuten."),),
            speech=("{appliance} is bijna klaar.",),
            private="Een apparaat is bijna klaar.",
        ),
        "short_run": Texts(
            title="{appliance} draaide maar kort",
            message=("Dat was te kort voor een programma.",),
            speech=("{appliance} draaide maar kort.",),
            private="Een apparaat draaide maar kort.",
        ),
        "overrunning": Texts(
            title="{appliance} doet er langer over dan normaal",
            message=("Het einde werd om {expected} verwacht.", "Draait al {duration}."),
            speech=("{appliance} doet er langer over dan normaal.",),
            private="Een apparaat doet er langer over dan normaal.",
        ),
        "unload_reminder": Texts(
            title="{appliance} kan leeggemaakt worden",
            message=(("Al {idle} klaar.", "Het programma is klaar."),),
            speech=(
                ("Maak {appliance} leeg. Al {idle} klaar.", "Maak {appliance} leeg."),
            ),
            private="Een apparaat kan leeggemaakt worden.",
        ),
        "appliance_left_on": Texts(
            title="{appliance} staat nog aan",
            message=(("Staat al {duration} aan.", "Niet uitgezet."),),
            speech=(
                ("{appliance} staat al {duration} aan.", "{appliance} staat nog aan."),
            ),
            private="Een apparaat staat nog aan.",
        ),
        "sensor_stale": Texts(
            title="{appliance} is niet meer te volgen",
            message=(
                (
                    "De sensor meldt sinds {since} niets nieuws.",
                    "De sensor meldt niets nieuws.",
                ),
                "Het einde kan onopgemerkt blijven.",
            ),
            speech=("Ik zie {appliance} niet meer. Controleer de stekker.",),
            private="Een sensor zwijgt.",
        ),
        "channel_down": Texts(
            title="{channel} werkt niet",
            message=(
                (
                    "Sinds {since} komt er geen bericht door.",
                    "Er komt geen bericht door.",
                ),
                "Intussen worden de andere kanalen gebruikt.",
            ),
            speech=("Via {channel} komen geen berichten door.",),
            private="Een manier om je te bereiken werkt niet.",
        ),
        "channel_restored": Texts(
            title="{channel} werkt weer",
            message=("Berichten komen weer door.",),
            speech=("{channel} werkt weer.",),
            private="Berichten komen weer door.",
        ),
        "objective_missed": Texts(
            title="Doel niet gehaald: {objective}",
            message=(("Gemeten {value}, het doel is {goal}.", "Gemeten {value}."),),
            speech=("Het doel {objective} is niet gehaald.",),
            private="Een doel is niet gehaald.",
        ),
        "maintenance_due": Texts(
            title="{appliance} heeft onderhoud nodig",
            message=(("Het is tijd voor: {task}.", "Het is tijd voor onderhoud."),),
            speech=(
                (
                    "{appliance} heeft onderhoud nodig: {task}.",
                    "{appliance} heeft onderhoud nodig.",
                ),
            ),
            private="Een apparaat heeft onderhoud nodig.",
        ),
        "power_outage": Texts(
            title="Stroomstoring",
            message=(
                ("De stroom is weg sinds {since}.", "De stroom is weg."),
                "De apparaten staan stil.",
            ),
            speech=("Er is een stroomstoring.",),
            private="Er is een stroomstoring.",
        ),
        "power_restored": Texts(
            title="De stroom is terug",
            message=("Apparaten moeten misschien opnieuw worden gestart.",),
            speech=(
                "De stroom is terug.",
                "Apparaten moeten misschien opnieuw worden gestart.",
            ),
            private="De stroom is terug.",
        ),
        "digest": Texts(
            title="Wat er gebeurde",
            message=("Berichten: {count}.", "Nog open: {open}.", "Energie: {energy}."),
            speech=(
                (
                    "Berichten: {count}. Nog open: {open}.",
                    "Er is een samenvatting om te lezen.",
                ),
            ),
            private="Er is een samenvatting om te lezen.",
        ),
        "test": Texts(
            title="Testbericht",
            message=(
                (
                    "Kun je dit lezen, dan werkt {channel}.",
                    "Kun je dit lezen, dan werkt het.",
                ),
            ),
            speech=("Dit is een testbericht. Hoor je het, dan werkt het.",),
            private="Dit is een testbericht.",
        ),
        "verification_code": Texts(
            title="Je code: {code}",
            message=(
                (
                    "Voer hem binnen {duration} in Home Assistant in.",
                    "Voer hem in Home Assistant in.",
                ),
                "Niet zelf aangevraagd? Negeer dit bericht dan.",
            ),
            speech=("Je code is {code}.",),
            private="Er is je een code gestuurd.",
        ),
        **DESK,
    },
)
