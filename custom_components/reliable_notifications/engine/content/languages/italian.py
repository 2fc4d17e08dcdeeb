"""Italian: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.italian import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

ITALIAN = Language(
    code="it",
    decimal_comma=True,
    plurals=Plurals.ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "g"},
    spoken={
        Unit.SECOND: ("secondo", "secondi"),
        Unit.MINUTE: ("minuto", "minuti"),
        Unit.HOUR: ("ora", "ore"),
        Unit.DAY: ("giorno", "giorni"),
    },
    kilowatt_hours="chilowattora",
    said={
        "kWh": "chilowattora",
        "kW": "chilowatt",
        "W": "watt",
        "°C": "gradi",
        "%": "per cento",
        "€": "euro",
        "$": "dollari",
        "&": "e",
        "+": "più",
        "<=": "al massimo",
        ">=": "almeno",
        "<": "meno di",
        ">": "più di",
        "=": "uguale a",
    },
    days=("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
    categories={
        "appliance": "Elettrodomestici",
        "safety": "Sicurezza",
        "system": "Questo sistema",
        "maintenance": "Manutenzione",
        "repair": "Riparazioni",
        "reward": "Premi",
        "digest": "Riepiloghi",
        "test": "Prove",
        "general": "Altri messaggi",
    },
    priorities={
        Priority.URGENT: "Urgente",
        Priority.HIGH: "Importante",
        Priority.MEDIUM: "Avviso",
        Priority.LOW: "Per informazione",
    },
    objectives={
        "delivery_success_rate": "Consegna",
        "average_latency": "Tempo medio",
        "uptime": "Disponibilità",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "Tra 15 minuti",
        Button.EMPTIED: "Svuotato",
        Button.REPLY: "Rispondi",
        Button.MORE: "Altro",
        Button.UNTIL_TOMORROW: "Domani",
        Button.UNTIL_EMPTIED: "Fino allo svuotamento",
        Button.COMPLAIN: "Che cosa non andava?",
        Button.WRONG_PERSON: "Persona sbagliata",
        Button.TOO_LATE: "Troppo tardi",
        Button.TOO_LOUD: "Troppo forte",
    },
    sayings={
        Saying.TOGETHER: "{number} messaggi",
        Saying.AND_MORE: "e altri {number}",
        Saying.NEW_MESSAGE: "Nuovo messaggio",
        Saying.PRIVATE: "C'è un nuovo messaggio per te.",
        Saying.WHY: "Ricevi questa e-mail perché {home} ti ha tra i destinatari.",
        Saying.UNSUBSCRIBE: (
            "Per non riceverne più, cambia le tue preferenze in Home"
            " Assistant o chiedi a chi lo gestisce."
        ),
        Saying.SENT_AT: "Inviato {time}",
        Saying.OPEN: "Apri Home Assistant",
    },
    labels={
        Label.APPLIANCE: "Apparecchio",
        Label.STARTED: "Inizio",
        Label.ENDED: "Fine",
        Label.EXPECTED: "Fine prevista",
        Label.DURATION: "Durata",
        Label.ENERGY: "Energia",
        Label.COST: "Costo",
        Label.IDLE: "In attesa da",
        Label.CHANNEL: "Canale",
        Label.SINCE: "Da",
        Label.OBJECTIVE: "Obiettivo",
        Label.VALUE: "Misurato",
        Label.GOAL: "Valore atteso",
        Label.TASK: "Attività",
        Label.REPAIR: "Riparazione",
        Label.DEVICE: "Apparecchio",
        Label.CUSTOMER: "Cliente",
        Label.TECHNICIAN: "Tecnico",
        Label.AMOUNT: "Importo",
        Label.REASON: "Motivo",
        Label.NOTE: "Nota",
        Label.REWARD: "Premio",
        Label.POINTS: "Punti",
        Label.COUNT: "Numero",
        Label.OPEN: "Ancora aperti",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} in funzione",
            message=(("Inizio alle {started}.", "Il programma è iniziato."),),
            speech=("{appliance} ha iniziato.",),
            private="Un apparecchio ha iniziato.",
        ),
        "cycle_finished": Texts(
            title="{appliance} ha finito",
            message=(
                (
                    "Durata {duration}, consumo {energy}.",
                    "Durata {duration}.",
                    "Consumo {energy}.",
                ),
                (
                    ("Fine verso le {ended_about}; il sensore in quel momento taceva."),
                    "Fine alle {ended}.",
                ),
            ),
            speech=(
                ("{appliance} ha finito dopo {duration}.", "{appliance} ha finito."),
            ),
            private="Un apparecchio ha finito.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} è ancora in funzione",
            message=(
                (
                    "La fine è stata annunciata troppo presto; lo stesso programma"
                    " continua."
                ),
            ),
            speech=("{appliance} è ancora in funzione. Ho parlato troppo presto.",),
            private="Un apparecchio è ancora in funzione.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance}: programma interrotto",
            message=(
                ("Fermo alle {ended}, prima della fine.", "Fermo prima della fine."),
                (
                    "Durata {duration}, consumo {energy}.",
                    "Durata {duration}.",
                    "Consumo {energy}.",
                ),
            ),
            speech=(
                (
                    "{appliance}: programma interrotto prima della fine. Vai a"
                    " vedere, per favore."
                ),
            ),
            private="Un apparecchio si è fermato prima della fine.",
        ),
        "almost_done": Texts(
            title="{appliance} ha quasi finito",
            message=(("Fine prevista alle {expected}.", "Mancano pochi minuti."),),
            speech=("{appliance} ha quasi finito.",),
            private="Un apparecchio ha quasi finito.",
        ),
        "short_run": Texts(
            title="{appliance}: acceso solo per poco",
            message=("Era troppo breve per un programma.",),
            speech=("{appliance} ha funzionato solo per poco.",),
            private="Un apparecchio ha funzionato solo per poco.",
        ),
        "overrunning": Texts(
            title="{appliance} ci mette più del solito",
            message=(
                "La fine era prevista alle {expected}.",
                "In funzione da {duration}.",
            ),
            speech=("{appliance} ci mette più del solito.",),
            private="Un apparecchio ci mette più del solito.",
        ),
        "unload_reminder": Texts(
            title="{appliance} è da svuotare",
            message=(("Ha finito da {idle}.", "Il programma è finito."),),
            speech=(
                (
                    "{appliance} è da svuotare. Ha finito da {idle}.",
                    "{appliance} è da svuotare.",
                ),
            ),
            private="Un apparecchio è da svuotare.",
        ),
        "appliance_left_on": Texts(
            title="{appliance}: ancora in funzione",
            message=(("In funzione da {duration}.", "Nessuno ha spento."),),
            speech=(
                (
                    "{appliance} è in funzione da {duration}.",
                    "{appliance} è ancora in funzione.",
                ),
            ),
            private="Un apparecchio è ancora in funzione.",
        ),
        "sensor_stale": Texts(
            title="{appliance}: nessun dato",
            message=(
                (
                    "Il sensore non dice nulla di nuovo da {since}.",
                    "Il sensore non dice nulla di nuovo.",
                ),
                "La fine potrebbe passare inosservata.",
            ),
            speech=("Non vedo più {appliance}. Controlla la presa, per favore.",),
            private="Un sensore non risponde più.",
        ),
        "channel_down": Texts(
            title="{channel} non funziona",
            message=(
                ("Nessun messaggio arriva da {since}.", "Non arriva nessun messaggio."),
                "Intanto si usano gli altri canali.",
            ),
            speech=("I messaggi non arrivano con {channel}.",),
            private="Un modo per raggiungerti non funziona.",
        ),
        "channel_restored": Texts(
            title="{channel} funziona di nuovo",
            message=("I messaggi arrivano di nuovo.",),
            speech=("{channel} funziona di nuovo.",),
            private="I messaggi arrivano di nuovo.",
        ),
        "objective_missed": Texts(
            title="Obiettivo mancato: {objective}",
            message=(("Misurato {value}, l'obiettivo è {goal}.", "Misurato {value}."),),
            speech=("L'obiettivo {objective} è stato mancato.",),
            private="Un obiettivo è stato mancato.",
        ),
        "maintenance_due": Texts(
            title="{appliance}: serve manutenzione",
            message=(("Da fare: {task}.", "Serve la manutenzione."),),
            speech=(
                (
                    "{appliance} ha bisogno di manutenzione: {task}.",
                    "{appliance} ha bisogno di manutenzione.",
                ),
            ),
            private="Un apparecchio ha bisogno di manutenzione.",
        ),
        "power_outage": Texts(
            title="Blackout",
            message=(
                ("Manca la corrente da {since}.", "Manca la corrente."),
                "Gli apparecchi sono fermi.",
            ),
            speech=("È mancata la corrente.",),
            private="È mancata la corrente.",
        ),
        "power_restored": Texts(
            title="La corrente è tornata",
            message=("Forse alcuni apparecchi vanno riavviati.",),
            speech=("La corrente è tornata. Forse alcuni apparecchi vanno riavviati.",),
            private="La corrente è tornata.",
        ),
        "digest": Texts(
            title="Cosa è successo",
            message=(
                "Messaggi: {count}.",
                "Ancora aperti: {open}.",
                "Energia: {energy}.",
            ),
            speech=(
                (
                    "Messaggi: {count}. Ancora aperti: {open}.",
                    "C'è un riepilogo da leggere.",
                ),
            ),
            private="C'è un riepilogo da leggere.",
        ),
        "test": Texts(
            title="Messaggio di prova",
            message=(
                ("Se leggi questo, {channel} funziona.", "Se leggi questo, funziona."),
            ),
            speech=("Questo è un messaggio di prova. Se lo senti, funziona.",),
            private="Questo è un messaggio di prova.",
        ),
        "verification_code": Texts(
            title="Il tuo codice: {code}",
            message=(
                (
                    "Inseriscilo in Home Assistant entro {duration}.",
                    "Inseriscilo in Home Assistant.",
                ),
                "Se non lo hai chiesto, ignora questo messaggio.",
            ),
            speech=("Il tuo codice è {code}.",),
            private="Ti è stato inviato un codice.",
        ),
        **DESK,
    },
)
