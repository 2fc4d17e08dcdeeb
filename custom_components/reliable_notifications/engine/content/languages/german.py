"""German: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.german import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

GERMAN = Language(
    code="de",
    decimal_comma=True,
    plurals=Plurals.ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "d"},
    spoken={
        Unit.SECOND: ("Sekunde", "Sekunden"),
        Unit.MINUTE: ("Minute", "Minuten"),
        Unit.HOUR: ("Stunde", "Stunden"),
        Unit.DAY: ("Tag", "Tagen"),
    },
    kilowatt_hours="Kilowattstunden",
    said={
        "kWh": "Kilowattstunden",
        "kW": "Kilowatt",
        "W": "Watt",
        "°C": "Grad",
        "%": "Prozent",
        "€": "Euro",
        "$": "Dollar",
        "&": "und",
        "+": "plus",
        "<=": "höchstens",
        ">=": "mindestens",
        "<": "unter",
        ">": "über",
        "=": "gleich",
    },
    days=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
    categories={
        "appliance": "Geräte",
        "safety": "Sicherheit",
        "system": "Dieses System",
        "maintenance": "Wartung",
        "repair": "Reparaturen",
        "reward": "Prämien",
        "digest": "Zusammenfassungen",
        "test": "Tests",
        "general": "Andere Nachrichten",
    },
    priorities={
        Priority.URGENT: "Dringend",
        Priority.HIGH: "Wichtig",
        Priority.MEDIUM: "Hinweis",
        Priority.LOW: "Zur Information",
    },
    objectives={
        "delivery_success_rate": "Zustellung",
        "average_latency": "Mittlere Dauer",
        "uptime": "Verfügbarkeit",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "In 15 Minuten",
        Button.EMPTIED: "Ausgeräumt",
        Button.REPLY: "Antworten",
        Button.MORE: "Mehr",
        Button.UNTIL_TOMORROW: "Morgen",
        Button.UNTIL_EMPTIED: "Bis zum Ausräumen",
        Button.COMPLAIN: "Was war falsch?",
        Button.WRONG_PERSON: "Falsche Person",
        Button.TOO_LATE: "Zu spät",
        Button.TOO_LOUD: "Zu laut",
    },
    sayings={
        Saying.TOGETHER: "{number} Meldungen",
        Saying.AND_MORE: "und {number} weitere",
        Saying.NEW_MESSAGE: "Neue Nachricht",
        Saying.PRIVATE: "Es gibt eine neue Nachricht für dich.",
        Saying.WHY: (
            "Du bekommst diese E-Mail, weil du bei {home} als Empfänger"
            " eingetragen bist."
        ),
        Saying.UNSUBSCRIBE: (
            "Wenn du keine mehr möchtest, ändere deine Einstellungen in"
            " Home Assistant oder frage die Person, die sich darum kümmert."
        ),
        Saying.SENT_AT: "Gesendet {time}",
        Saying.OPEN: "Home Assistant öffnen",
    },
    labels={
        Label.APPLIANCE: "Gerät",
        Label.STARTED: "Beginn",
        Label.ENDED: "Ende",
        Label.EXPECTED: "Voraussichtliches Ende",
        Label.DURATION: "Dauer",
        Label.ENERGY: "Energie",
        Label.COST: "Kosten",
        Label.IDLE: "Wartet seit",
        Label.CHANNEL: "Kanal",
        Label.SINCE: "Seit",
        Label.OBJECTIVE: "Ziel",
        Label.VALUE: "Gemessen",
        Label.GOAL: "Zielwert",
        Label.TASK: "Aufgabe",
        Label.REPAIR: "Reparatur",
        Label.DEVICE: "Gerät",
        Label.CUSTOMER: "Kunde",
        Label.TECHNICIAN: "Techniker",
        Label.AMOUNT: "Betrag",
        Label.REASON: "Grund",
        Label.NOTE: "Anmerkung",
        Label.REWARD: "Prämie",
        Label.POINTS: "Punkte",
        Label.COUNT: "Anzahl",
        Label.OPEN: "Noch offen",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} läuft",
            message=(("Gestartet um {started}.", "Das Programm hat begonnen."),),
            speech=("{appliance} hat begonnen.",),
            private="Ein Gerät hat begonnen.",
        ),
        "cycle_finished": Texts(
            title="{appliance} ist fertig",
            message=(
                (
                    "Lief {duration} und verbrauchte {energy}.",
                    "Lief {duration}.",
                    "Verbrauchte {energy}.",
                ),
                (
                    "Fertig gegen {ended_about}; der Sensor schwieg zu der Zeit.",
                    "Fertig um {ended}.",
                ),
            ),
            speech=(
                ("{appliance} ist nach {duration} fertig.", "{appliance} ist fertig."),
            ),
            private="Ein Gerät ist fertig.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} läuft doch noch",
            message=("Die Fertigmeldung kam zu früh; dasselbe Programm läuft weiter.",),
            speech=("{appliance} läuft doch noch. Ich war zu früh dran.",),
            private="Ein Gerät läuft doch noch.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance} wurde unterbrochen",
            message=(
                (
                    "Stopp um {ended}, vor dem Ende des Programms.",
                    "Stopp vor dem Ende des Programms.",
                ),
                (
                    "Lief {duration} und verbrauchte {energy}.",
                    "Lief {duration}.",
                    "Verbrauchte {energy}.",
                ),
            ),
            speech=(
                ("{appliance} ist vor dem Ende stehen geblieben. Bitte schau nach."),
            ),
            private="Ein Gerät ist vor dem Ende stehen geblieben.",
        ),
        "almost_done": Texts(
            title="{appliance} ist gleich fertig",
            message=(("Voraussichtlich um {expected}.", "Nur noch wenige Minuten."),),
            speech=("{appliance} ist gleich fertig.",),
            private="Ein Gerät ist gleich fertig.",
        ),
        "short_run": Texts(
            title="{appliance} lief nur kurz",
            message=("Das war zu kurz für ein Programm.",),
            speech=("{appliance} lief nur kurz.",),
            private="Ein Gerät lief nur kurz.",
        ),
        "overrunning": Texts(
            title="{appliance} braucht länger als sonst",
            message=("Das Ende war für {expected} erwartet.", "Läuft seit {duration}."),
            speech=("{appliance} braucht länger als sonst.",),
            private="Ein Gerät braucht länger als sonst.",
        ),
        "unload_reminder": Texts(
            title="{appliance} wartet aufs Ausräumen",
            message=(("Seit {idle} fertig.", "Das Programm ist fertig."),),
            speech=(
                (
                    "Bitte {appliance} ausräumen. Fertig seit {idle}.",
                    "Bitte {appliance} ausräumen.",
                ),
            ),
            private="Ein Gerät wartet aufs Ausräumen.",
        ),
        "appliance_left_on": Texts(
            title="{appliance} ist noch an",
            message=(
                ("Eingeschaltet seit {duration}.", "Es wurde nicht ausgeschaltet."),
            ),
            speech=(
                ("{appliance} ist seit {duration} an.", "{appliance} ist noch an."),
            ),
            private="Ein Gerät ist noch an.",
        ),
        "sensor_stale": Texts(
            title="{appliance} wird nicht mehr gesehen",
            message=(
                (
                    "Der Sensor meldet seit {since} nichts Neues.",
                    "Der Sensor meldet nichts Neues.",
                ),
                "Das Ende bleibt vielleicht unbemerkt.",
            ),
            speech=("Ich sehe {appliance} nicht mehr. Bitte prüfe den Stecker.",),
            private="Ein Sensor schweigt.",
        ),
        "channel_down": Texts(
            title="{channel} ist ausgefallen",
            message=(
                (
                    "Seit {since} kommt keine Nachricht durch.",
                    "Es kommt keine Nachricht durch.",
                ),
                "Solange werden die anderen Kanäle genutzt.",
            ),
            speech=("Über {channel} kommen keine Nachrichten durch.",),
            private="Ein Weg, dich zu erreichen, ist ausgefallen.",
        ),
        "channel_restored": Texts(
            title="{channel} geht wieder",
            message=("Nachrichten kommen wieder durch.",),
            speech=("{channel} geht wieder.",),
            private="Nachrichten kommen wieder durch.",
        ),
        "objective_missed": Texts(
            title="Ziel verfehlt: {objective}",
            message=(("Gemessen {value}, das Ziel ist {goal}.", "Gemessen {value}."),),
            speech=("Das Ziel {objective} wurde verfehlt.",),
            private="Ein Ziel wurde verfehlt.",
        ),
        "maintenance_due": Texts(
            title="{appliance} braucht Wartung",
            message=(("Jetzt fällig: {task}.", "Die Wartung ist fällig."),),
            speech=(
                (
                    "{appliance} braucht Wartung: {task}.",
                    "{appliance} braucht Wartung.",
                ),
            ),
            private="Ein Gerät braucht Wartung.",
        ),
        "power_outage": Texts(
            title="Stromausfall",
            message=(
                ("Der Strom ist seit {since} weg.", "Der Strom ist weg."),
                "Die Geräte stehen still.",
            ),
            speech=("Der Strom ist ausgefallen.",),
            private="Der Strom ist ausgefallen.",
        ),
        "power_restored": Texts(
            title="Der Strom ist wieder da",
            message=("Geräte müssen vielleicht neu gestartet werden.",),
            speech=(
                "Der Strom ist wieder da.",
                "Geräte müssen vielleicht neu gestartet werden.",
            ),
            private="Der Strom ist wieder da.",
        ),
        "digest": Texts(
            title="Was war los",
            message=(
                "Nachrichten: {count}.",
                "Noch offen: {open}.",
                "Energie: {energy}.",
            ),
            speech=(
                (
                    "Nachrichten: {count}. Noch offen: {open}.",
                    "Es gibt eine Zusammenfassung zu lesen.",
                ),
            ),
            private="Es gibt eine Zusammenfassung zu lesen.",
        ),
        "test": Texts(
            title="Testnachricht",
            message=(
                (
                    "Wenn du das lesen kannst, geht {channel}.",
                    "Wenn du das lesen kannst, geht es.",
                ),
            ),
            speech=("Das ist eine Testnachricht. Wenn du sie hörst, geht es.",),
            private="Das ist eine Testnachricht.",
        ),
        "verification_code": Texts(
            title="Dein Code: {code}",
            message=(
                (
                    "Gib ihn binnen {duration} in Home Assistant ein.",
                    "Gib ihn in Home Assistant ein.",
                ),
                "Hast du ihn nicht angefordert, ignoriere diese Nachricht.",
            ),
            speech=("Dein Code ist {code}.",),
            private="Dir wurde ein Code geschickt.",
        ),
        **DESK,
    },
)
