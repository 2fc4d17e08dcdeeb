"""Polish: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.polish import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

POLISH = Language(
    code="pl",
    decimal_comma=True,
    plurals=Plurals.POLISH,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "godz.", Unit.DAY: "d"},
    spoken={
        Unit.SECOND: ("sekunda", "sekundy", "sekund"),
        Unit.MINUTE: ("minuta", "minuty", "minut"),
        Unit.HOUR: ("godzina", "godziny", "godzin"),
        Unit.DAY: ("dzień", "dni", "dni"),
    },
    kilowatt_hours="kilowatogodziny",
    said={
        "kWh": "kilowatogodziny",
        "kW": "kilowaty",
        "W": "waty",
        "°C": "stopni",
        "%": "procent",
        "€": "euro",
        "$": "dolarów",
        "&": "i",
        "+": "plus",
        "<=": "najwyżej",
        ">=": "co najmniej",
        "<": "poniżej",
        ">": "powyżej",
        "=": "równa się",
    },
    days=("pn.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."),
    categories={
        "appliance": "Urządzenia",
        "safety": "Bezpieczeństwo",
        "system": "Ten system",
        "maintenance": "Konserwacja",
        "repair": "Naprawy",
        "reward": "Nagrody",
        "digest": "Podsumowania",
        "test": "Testy",
        "general": "Inne wiadomości",
    },
    priorities={
        Priority.URGENT: "Pilne",
        Priority.HIGH: "Ważne",
        Priority.MEDIUM: "Powiadomienie",
        Priority.LOW: "Do wiadomości",
    },
    objectives={
        "delivery_success_rate": "Dostarczanie",
        "average_latency": "Średni czas",
        "uptime": "Dostępność",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "Za 15 minut",
        Button.EMPTIED: "Opróżnione",
        Button.REPLY: "Odpowiedz",
        Button.MORE: "Więcej",
        Button.UNTIL_TOMORROW: "Jutro",
        Button.UNTIL_EMPTIED: "Do opróżnienia",
        Button.COMPLAIN: "Co było nie tak?",
        Button.WRONG_PERSON: "Niewłaściwa osoba",
        Button.TOO_LATE: "Za późno",
        Button.TOO_LOUD: "Za głośno",
    },
    sayings={
        Saying.TOGETHER: "{number} wiadomości",
        Saying.AND_MORE: "i jeszcze {number}",
        Saying.NEW_MESSAGE: "Nowa wiadomość",
        Saying.PRIVATE: "Jest dla Ciebie nowa wiadomość.",
        Saying.WHY: (
            "Otrzymujesz tę wiadomość, ponieważ {home} ma Cię na liście odbiorców."
        ),
        Saying.UNSUBSCRIBE: (
            "Aby nie dostawać kolejnych, zmień swoje ustawienia w Home"
            " Assistant albo zapytaj osobę, która się nim opiekuje."
        ),
        Saying.SENT_AT: "Wysłano {time}",
        Saying.OPEN: "Otwórz Home Assistant",
    },
    labels={
        Label.APPLIANCE: "Urządzenie",
        Label.STARTED: "Początek",
        Label.ENDED: "Koniec",
        Label.EXPECTED: "Przewidywany koniec",
        Label.DURATION: "Czas trwania",
        Label.ENERGY: "Energia",
        Label.COST: "Koszt",
        Label.IDLE: "Czeka od",
        Label.CHANNEL: "Kanał",
        Label.SINCE: "Od",
        Label.OBJECTIVE: "Cel",
        Label.VALUE: "Zmierzono",
        Label.GOAL: "Wartość docelowa",
        Label.TASK: "Zadanie",
        Label.REPAIR: "Naprawa",
        Label.DEVICE: "Urządzenie",
        Label.CUSTOMER: "Klient",
        Label.TECHNICIAN: "Technik",
        Label.AMOUNT: "Kwota",
        Label.REASON: "Powód",
        Label.NOTE: "Uwaga",
        Label.REWARD: "Nagroda",
        Label.POINTS: "Punkty",
        Label.COUNT: "Liczba",
        Label.OPEN: "Wciąż otwarte",
    },
    events={
        "cycle_started": Texts(
            title="{appliance}: start",
            message=(("Początek o {started}.", "Program się rozpoczął."),),
            speech=("{appliance}: program się rozpoczął.",),
            private="Urządzenie rozpoczęło pracę.",
        ),
        "cycle_finished": Texts(
            title="{appliance}: koniec programu",
            message=(
                (
                    "Czas: {duration}, zużycie: {energy}.",
                    "Czas: {duration}.",
                    "Zużycie: {energy}.",
                ),
                (
                    "Koniec około {ended_about}; czujnik wtedy milczał.",
                    "Koniec o {ended}.",
                ),
            ),
            speech=(
                (
                    "{appliance}: koniec programu. Czas trwania: {duration}.",
                    "{appliance}: koniec programu.",
                ),
            ),
            private="Urządzenie skończyło pracę.",
        ),
        "cycle_reopened": Texts(
            title="{appliance}: program jeszcze trwa",
            message=("Koniec ogłoszono za wcześnie; trwa ten sam program.",),
            speech=(
                ("{appliance}: program jeszcze trwa. Koniec ogłoszono za wcześnie."),
            ),
            private="Urządzenie jednak jeszcze pracuje.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance}: program przerwany",
            message=(
                ("Zatrzymanie o {ended}, przed końcem.", "Zatrzymanie przed końcem."),
                (
                    "Czas: {duration}, zużycie: {energy}.",
                    "Czas: {duration}.",
                    "Zużycie: {energy}.",
                ),
            ),
            speech=("{appliance}: program przerwany przed końcem. Proszę sprawdzić.",),
            private="Urządzenie zatrzymało się przed końcem.",
        ),
        "almost_done": Texts(
            title="{appliance}: zaraz koniec",
            message=(("Przewidywany koniec o {expected}.", "Zostało kilka minut."),),
            speech=("{appliance}: zaraz koniec programu.",),
            private="Urządzenie zaraz skończy pracę.",
        ),
        "short_run": Texts(
            title="{appliance}: krótka praca",
            message=("To za krótko jak na program.",),
            speech=("{appliance}: to była tylko krótka praca.",),
            private="Urządzenie pracowało tylko chwilę.",
        ),
        "overrunning": Texts(
            title="{appliance}: trwa dłużej niż zwykle",
            message=(
                "Koniec był przewidziany na {expected}.",
                "Czas pracy: {duration}.",
            ),
            speech=("{appliance}: program trwa dłużej niż zwykle.",),
            private="Urządzenie pracuje dłużej niż zwykle.",
        ),
        "unload_reminder": Texts(
            title="{appliance}: czeka na opróżnienie",
            message=(("Czas od końca programu: {idle}.", "Program jest zakończony."),),
            speech=(
                (
                    "{appliance}: proszę opróżnić. Czas od końca programu: {idle}.",
                    "{appliance}: proszę opróżnić.",
                ),
            ),
            private="Urządzenie czeka na opróżnienie.",
        ),
        "appliance_left_on": Texts(
            title="{appliance}: wciąż działa",
            message=(("Czas działania: {duration}.", "Nikt nie wyłączył urządzenia."),),
            speech=(
                (
                    (
                        "{appliance}: urządzenie wciąż działa. Czas działania:"
                        " {duration}."
                    ),
                    "{appliance}: urządzenie wciąż działa.",
                ),
            ),
            private="Jakieś urządzenie wciąż działa.",
        ),
        "sensor_stale": Texts(
            title="{appliance}: brak danych",
            message=(
                ("Czujnik milczy od {since}.", "Czujnik milczy."),
                "Koniec programu może pozostać niezauważony.",
            ),
            speech=("{appliance}: brak danych. Proszę sprawdzić wtyczkę.",),
            private="Czujnik przestał odpowiadać.",
        ),
        "channel_down": Texts(
            title="{channel}: awaria",
            message=(
                ("Od {since} wiadomości nie docierają.", "Wiadomości nie docierają."),
                "Na razie używane są inne kanały.",
            ),
            speech=("Wiadomości nie docierają przez {channel}.",),
            private="Jeden ze sposobów powiadamiania nie działa.",
        ),
        "channel_restored": Texts(
            title="{channel} znów działa",
            message=("Wiadomości znów docierają.",),
            speech=("{channel} znów działa.",),
            private="Wiadomości znów docierają.",
        ),
        "objective_missed": Texts(
            title="Cel nieosiągnięty: {objective}",
            message=(("Zmierzono {value}, cel to {goal}.", "Zmierzono {value}."),),
            speech=("Cel nieosiągnięty: {objective}.",),
            private="Jeden z celów nie został osiągnięty.",
        ),
        "maintenance_due": Texts(
            title="{appliance}: czas na konserwację",
            message=(("Do zrobienia: {task}.", "Pora na konserwację."),),
            speech=(
                (
                    "{appliance}: czas na konserwację. Do zrobienia: {task}.",
                    "{appliance}: czas na konserwację.",
                ),
            ),
            private="Urządzenie wymaga konserwacji.",
        ),
        "power_outage": Texts(
            title="Brak prądu",
            message=(
                ("Prądu nie ma od {since}.", "Nie ma prądu."),
                "Urządzenia stoją.",
            ),
            speech=("Nie ma prądu.",),
            private="Nie ma prądu.",
        ),
        "power_restored": Texts(
            title="Prąd wrócił",
            message=("Niektóre urządzenia trzeba może włączyć ponownie.",),
            speech=("Prąd wrócił. Niektóre urządzenia trzeba może włączyć ponownie.",),
            private="Prąd wrócił.",
        ),
        "digest": Texts(
            title="Co się wydarzyło",
            message=(
                "Wiadomości: {count}.",
                "Wciąż otwarte: {open}.",
                "Energia: {energy}.",
            ),
            speech=(
                (
                    "Wiadomości: {count}. Wciąż otwarte: {open}.",
                    "Czeka podsumowanie do przeczytania.",
                ),
            ),
            private="Czeka podsumowanie do przeczytania.",
        ),
        "test": Texts(
            title="Wiadomość testowa",
            message=(
                (
                    "Jeśli to czytasz, {channel} działa.",
                    "Jeśli to czytasz, wszystko działa.",
                ),
            ),
            speech=("To wiadomość testowa. Jeśli ją słyszysz, wszystko działa.",),
            private="To wiadomość testowa.",
        ),
        "verification_code": Texts(
            title="Twój kod: {code}",
            message=(
                (
                    "Wpisz go w Home Assistant. Kod traci ważność po {duration}.",
                    "Wpisz go w Home Assistant.",
                ),
                "Jeśli to nie Ty, zignoruj tę wiadomość.",
            ),
            speech=("Twój kod to {code}.",),
            private="Wysłano do Ciebie kod.",
        ),
        **DESK,
    },
)
