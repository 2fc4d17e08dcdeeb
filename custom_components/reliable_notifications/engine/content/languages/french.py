"""French: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.french import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

FRENCH = Language(
    code="fr",
    decimal_comma=True,
    plurals=Plurals.ZERO_ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "j"},
    spoken={
        Unit.SECOND: ("seconde", "secondes"),
        Unit.MINUTE: ("minute", "minutes"),
        Unit.HOUR: ("heure", "heures"),
        Unit.DAY: ("jour", "jours"),
    },
    kilowatt_hours="kilowattheures",
    said={
        "kWh": "kilowattheures",
        "kW": "kilowatts",
        "W": "watts",
        "°C": "degrés",
        "%": "pour cent",
        "€": "euros",
        "$": "dollars",
        "&": "et",
        "+": "plus",
        "<=": "au plus",
        ">=": "au moins",
        "<": "moins de",
        ">": "plus de",
        "=": "égal à",
    },
    days=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    categories={
        "appliance": "Appareils",
        "safety": "Sécurité",
        "system": "Ce système",
        "maintenance": "Entretien",
        "repair": "Réparations",
        "reward": "Récompenses",
        "digest": "Résumés",
        "test": "Tests",
        "general": "Autres messages",
    },
    priorities={
        Priority.URGENT: "Urgent",
        Priority.HIGH: "Important",
        Priority.MEDIUM: "Information",
        Priority.LOW: "Pour information",
    },
    objectives={
        "delivery_success_rate": "Messages remis",
        "average_latency": "Délai moyen",
        "uptime": "Disponibilité",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "Dans 15 minutes",
        Button.EMPTIED: "Vidé",
        Button.REPLY: "Répondre",
        Button.MORE: "Plus",
        Button.UNTIL_TOMORROW: "Demain",
        Button.UNTIL_EMPTIED: "Jusqu'au vidage",
        Button.COMPLAIN: "Qu'est-ce qui n'allait pas ?",
        Button.WRONG_PERSON: "Mauvaise personne",
        Button.TOO_LATE: "Trop tard",
        Button.TOO_LOUD: "Trop fort",
    },
    sayings={
        Saying.TOGETHER: "{number} messages",
        Saying.AND_MORE: "et {number} de plus",
        Saying.NEW_MESSAGE: "Nouveau message",
        Saying.PRIVATE: "Il y a un nouveau message pour vous.",
        Saying.WHY: (
            "Vous recevez cet e-mail parce que {home} vous a comme destinataire."
        ),
        Saying.UNSUBSCRIBE: (
            "Pour ne plus en recevoir, modifiez vos préférences dans Home"
            " Assistant ou demandez à la personne qui s'en occupe."
        ),
        Saying.SENT_AT: "Envoyé {time}",
        Saying.OPEN: "Ouvrir Home Assistant",
    },
    labels={
        Label.APPLIANCE: "Appareil",
        Label.STARTED: "Début",
        Label.ENDED: "Fin",
        Label.EXPECTED: "Fin prévue",
        Label.DURATION: "Durée",
        Label.ENERGY: "Énergie",
        Label.COST: "Coût",
        Label.IDLE: "En attente depuis",
        Label.CHANNEL: "Canal",
        Label.SINCE: "Depuis",
        Label.OBJECTIVE: "Objectif",
        Label.VALUE: "Mesuré",
        Label.GOAL: "Valeur cible",
        Label.TASK: "Tâche",
        Label.REPAIR: "Réparation",
        Label.DEVICE: "Appareil",
        Label.CUSTOMER: "Client",
        Label.TECHNICIAN: "Technicien",
        Label.AMOUNT: "Montant",
        Label.REASON: "Motif",
        Label.NOTE: "Remarque",
        Label.REWARD: "Récompense",
        Label.POINTS: "Points",
        Label.COUNT: "Nombre",
        Label.OPEN: "Encore en cours",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} : programme lancé",
            message=(("Début à {started}.", "Le programme a commencé."),),
            speech=("{appliance} a démarré.",),
            private="Un appareil a démarré.",
        ),
        "cycle_finished": Texts(
            title="{appliance} a terminé",
            message=(
                (
                    "Durée : {duration}, consommation : {energy}.",
                    "Durée : {duration}.",
                    "Consommation : {energy}.",
                ),
                (
                    "Fin vers {ended_about} ; le capteur ne répondait pas alors.",
                    "Fin à {ended}.",
                ),
            ),
            speech=(
                ("{appliance} a terminé après {duration}.", "{appliance} a terminé."),
            ),
            private="Un appareil a terminé.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} tourne encore",
            message=("La fin a été annoncée trop tôt ; le même programme continue.",),
            speech=("{appliance} tourne encore. J'ai parlé trop vite.",),
            private="Un appareil tourne encore.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance} : programme interrompu",
            message=(
                ("Arrêt à {ended}, avant la fin.", "Arrêt avant la fin."),
                (
                    "Durée : {duration}, consommation : {energy}.",
                    "Durée : {duration}.",
                    "Consommation : {energy}.",
                ),
            ),
            speech=(
                ("{appliance} s'est arrêté avant la fin. Allez voir, s'il vous plaît."),
            ),
            private="Un appareil s'est arrêté avant la fin.",
        ),
        "almost_done": Texts(
            title="{appliance} a presque terminé",
            message=(("Fin probable à {expected}.", "Encore quelques minutes."),),
            speech=("{appliance} a presque terminé.",),
            private="Un appareil a presque terminé.",
        ),
        "short_run": Texts(
            title="{appliance} n'a tourné qu'un instant",
            message=("C'était trop court pour un programme.",),
            speech=("{appliance} n'a tourné qu'un instant.",),
            private="Un appareil n'a tourné qu'un instant.",
        ),
        "overrunning": Texts(
            title="{appliance} prend plus de temps que d'habitude",
            message=(
                "La fin était prévue à {expected}.",
                "En marche depuis {duration}.",
            ),
            speech=("{appliance} prend plus de temps que d'habitude.",),
            private="Un appareil prend plus de temps que d'habitude.",
        ),
        "unload_reminder": Texts(
            title="{appliance} : il faut vider",
            message=(("Terminé depuis {idle}.", "Le programme est terminé."),),
            speech=(
                (
                    "Pensez à vider {appliance}. Terminé depuis {idle}.",
                    "Pensez à vider {appliance}.",
                ),
            ),
            private="Un appareil attend d'être vidé.",
        ),
        "appliance_left_on": Texts(
            title="{appliance} : toujours en marche",
            message=(
                ("En marche depuis {duration}.", "L'appareil n'a pas été éteint."),
            ),
            speech=(
                (
                    "{appliance} est en marche depuis {duration}.",
                    "{appliance} est toujours en marche.",
                ),
            ),
            private="Un appareil est toujours en marche.",
        ),
        "sensor_stale": Texts(
            title="{appliance} n'est plus visible",
            message=(
                (
                    "Le capteur ne dit rien de nouveau depuis {since}.",
                    "Le capteur ne dit rien de nouveau.",
                ),
                "La fin pourrait passer inaperçue.",
            ),
            speech=("Je ne vois plus {appliance}. Vérifiez la prise.",),
            private="Un capteur ne répond plus.",
        ),
        "channel_down": Texts(
            title="{channel} est en panne",
            message=(
                ("Aucun message ne passe depuis {since}.", "Aucun message ne passe."),
                "Les autres canaux prennent le relais.",
            ),
            speech=("Les messages ne passent plus par {channel}.",),
            private="Un moyen de vous joindre ne fonctionne plus.",
        ),
        "channel_restored": Texts(
            title="{channel} fonctionne à nouveau",
            message=("Les messages passent à nouveau.",),
            speech=("{channel} fonctionne à nouveau.",),
            private="Les messages passent à nouveau.",
        ),
        "objective_missed": Texts(
            title="Objectif manqué : {objective}",
            message=(("Mesuré : {value}, objectif : {goal}.", "Mesuré : {value}."),),
            speech=("L'objectif {objective} a été manqué.",),
            private="Un objectif a été manqué.",
        ),
        "maintenance_due": Texts(
            title="{appliance} : entretien à faire",
            message=(("À faire : {task}.", "Il est temps de faire l'entretien."),),
            speech=(
                (
                    "{appliance} a besoin d'entretien : {task}.",
                    "{appliance} a besoin d'entretien.",
                ),
            ),
            private="Un appareil a besoin d'entretien.",
        ),
        "power_outage": Texts(
            title="Coupure de courant",
            message=(
                ("Le courant est coupé depuis {since}.", "Le courant est coupé."),
                "Les appareils sont à l'arrêt.",
            ),
            speech=("Il y a une coupure de courant.",),
            private="Il y a une coupure de courant.",
        ),
        "power_restored": Texts(
            title="Le courant est revenu",
            message=("Il faut peut-être relancer des appareils.",),
            speech=(
                "Le courant est revenu. Il faut peut-être relancer des appareils.",
            ),
            private="Le courant est revenu.",
        ),
        "digest": Texts(
            title="Ce qui s'est passé",
            message=(
                "Messages : {count}.",
                "Encore en cours : {open}.",
                "Énergie : {energy}.",
            ),
            speech=(
                (
                    "Messages : {count}. Encore en cours : {open}.",
                    "Vous avez un résumé à lire.",
                ),
            ),
            private="Vous avez un résumé à lire.",
        ),
        "test": Texts(
            title="Message de test",
            message=(
                (
                    "Si vous lisez ceci, {channel} fonctionne.",
                    "Si vous lisez ceci, tout fonctionne.",
                ),
            ),
            speech=(
                ("Ceci est un message de test. Si vous l'entendez, tout fonctionne."),
            ),
            private="Ceci est un message de test.",
        ),
        "verification_code": Texts(
            title="Votre code : {code}",
            message=(
                (
                    "Saisissez-le dans Home Assistant sous {duration}.",
                    "Saisissez-le dans Home Assistant.",
                ),
                "Si vous ne l'avez pas demandé, ignorez ce message.",
            ),
            speech=("Votre code est {code}.",),
            private="Un code vous a été envoyé.",
        ),
        **DESK,
    },
)
