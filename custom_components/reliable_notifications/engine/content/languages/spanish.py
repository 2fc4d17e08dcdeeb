"""Spanish: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.spanish import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

SPANISH = Language(
    code="es",
    decimal_comma=True,
    plurals=Plurals.ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "d"},
    spoken={
        Unit.SECOND: ("segundo", "segundos"),
        Unit.MINUTE: ("minuto", "minutos"),
        Unit.HOUR: ("hora", "horas"),
        Unit.DAY: ("día", "días"),
    },
    kilowatt_hours="kilovatios hora",
    said={
        "kWh": "kilovatios hora",
        "kW": "kilovatios",
        "W": "vatios",
        "°C": "grados",
        "%": "por ciento",
        "€": "euros",
        "$": "dólares",
        "&": "y",
        "+": "más",
        "<=": "como máximo",
        ">=": "como mínimo",
        "<": "menos de",
        ">": "más de",
        "=": "igual a",
    },
    days=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    categories={
        "appliance": "Aparatos",
        "safety": "Seguridad",
        "system": "Este sistema",
        "maintenance": "Mantenimiento",
        "repair": "Reparaciones",
        "reward": "Recompensas",
        "digest": "Resúmenes",
        "test": "Pruebas",
        "general": "Otros mensajes",
    },
    priorities={
        Priority.URGENT: "Urgente",
        Priority.HIGH: "Importante",
        Priority.MEDIUM: "Aviso",
        Priority.LOW: "Para tu información",
    },
    objectives={
        "delivery_success_rate": "Entrega",
        "average_latency": "Tiempo medio",
        "uptime": "Disponibilidad",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "En 15 minutos",
        Button.EMPTIED: "Vaciado",
        Button.REPLY: "Responder",
        Button.MORE: "Más",
        Button.UNTIL_TOMORROW: "Mañana",
        Button.UNTIL_EMPTIED: "Hasta vaciarlo",
        Button.COMPLAIN: "¿Qué estaba mal?",
        Button.WRONG_PERSON: "Persona equivocada",
        Button.TOO_LATE: "Demasiado tarde",
        Button.TOO_LOUD: "Demasiado alto",
    },
    sayings={
        Saying.TOGETHER: "{number} mensajes",
        Saying.AND_MORE: "y {number} más",
        Saying.NEW_MESSAGE: "Mensaje nuevo",
        Saying.PRIVATE: "Hay un mensaje nuevo para ti.",
        Saying.WHY: "Recibes este correo porque {home} te tiene como destinatario.",
        Saying.UNSUBSCRIBE: (
            "Para no recibir más, cambia tus preferencias en Home Assistant"
            " o pregunta a quien lo gestiona."
        ),
        Saying.SENT_AT: "Enviado {time}",
        Saying.OPEN: "Abrir Home Assistant",
    },
    labels={
        Label.APPLIANCE: "Aparato",
        Label.STARTED: "Inicio",
        Label.ENDED: "Fin",
        Label.EXPECTED: "Fin previsto",
        Label.DURATION: "Duración",
        Label.ENERGY: "Energía",
        Label.COST: "Coste",
        Label.IDLE: "Esperando desde hace",
        Label.CHANNEL: "Canal",
        Label.SINCE: "Desde",
        Label.OBJECTIVE: "Objetivo",
        Label.VALUE: "Medido",
        Label.GOAL: "Meta",
        Label.TASK: "Tarea",
        Label.REPAIR: "Reparación",
        Label.DEVICE: "Aparato",
        Label.CUSTOMER: "Cliente",
        Label.TECHNICIAN: "Técnico",
        Label.AMOUNT: "Importe",
        Label.REASON: "Motivo",
        Label.NOTE: "Nota",
        Label.REWARD: "Recompensa",
        Label.POINTS: "Puntos",
        Label.COUNT: "Número",
        Label.OPEN: "Pendiente",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} en marcha",
            message=(("Empezó a las {started}.", "El programa ha empezado."),),
            speech=("{appliance} ha empezado.",),
            private="Un aparato ha empezado.",
        ),
        "cycle_finished": Texts(
            title="{appliance} ha terminado",
            message=(
                (
                    "Duró {duration} y consumió {energy}.",
                    "Duró {duration}.",
                    "Consumió {energy}.",
                ),
                (
                    (
                        "Terminó hacia las {ended_about}; el sensor no respondía"
                        " entonces."
                    ),
                    "Terminó a las {ended}.",
                ),
            ),
            speech=(
                (
                    "{appliance} ha terminado después de {duration}.",
                    "{appliance} ha terminado.",
                ),
            ),
            private="Un aparato ha terminado.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} sigue en marcha",
            message=("El fin se anunció demasiado pronto; sigue el mismo programa.",),
            speech=("{appliance} sigue en marcha. Me he adelantado.",),
            private="Un aparato sigue en marcha.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance} se ha interrumpido",
            message=(
                (
                    "Se paró a las {ended}, antes de terminar.",
                    "Se paró antes de terminar.",
                ),
                (
                    "Duró {duration} y consumió {energy}.",
                    "Duró {duration}.",
                    "Consumió {energy}.",
                ),
            ),
            speech=(
                ("{appliance} se ha parado antes de terminar. Ve a mirar, por favor."),
            ),
            private="Un aparato se ha parado antes de terminar.",
        ),
        "almost_done": Texts(
            title="{appliance} está a punto de terminar",
            message=(
                ("Terminará probablemente a las {expected}.", "Faltan unos minutos."),
            ),
            speech=("{appliance} está a punto de terminar.",),
            private="Un aparato está a punto de terminar.",
        ),
        "short_run": Texts(
            title="{appliance} funcionó muy poco tiempo",
            message=("Fue demasiado corto para un programa.",),
            speech=("{appliance} funcionó muy poco tiempo.",),
            private="Un aparato funcionó muy poco tiempo.",
        ),
        "overrunning": Texts(
            title="{appliance} tarda más de lo habitual",
            message=("Debía terminar a las {expected}.", "Lleva en marcha {duration}."),
            speech=("{appliance} tarda más de lo habitual.",),
            private="Un aparato tarda más de lo habitual.",
        ),
        "unload_reminder": Texts(
            title="{appliance}: falta vaciar",
            message=(("Terminó hace {idle}.", "El programa ha terminado."),),
            speech=(
                (
                    "Falta vaciar {appliance}. Terminó hace {idle}.",
                    "Falta vaciar {appliance}.",
                ),
            ),
            private="Falta vaciar un aparato.",
        ),
        "appliance_left_on": Texts(
            title="{appliance} sigue en marcha",
            message=(("Lleva en marcha {duration}.", "Nadie lo ha apagado."),),
            speech=(
                (
                    "{appliance} lleva en marcha {duration}.",
                    "{appliance} sigue en marcha.",
                ),
            ),
            private="Un aparato sigue en marcha.",
        ),
        "sensor_stale": Texts(
            title="{appliance}: sin datos",
            message=(
                (
                    "El sensor no dice nada nuevo desde {since}.",
                    "El sensor no dice nada nuevo.",
                ),
                "Puede que no se note cuándo termina.",
            ),
            speech=("Ya no veo {appliance}. Revisa el enchufe, por favor.",),
            private="Un sensor ha dejado de responder.",
        ),
        "channel_down": Texts(
            title="{channel} no funciona",
            message=(
                ("No llega ningún mensaje desde {since}.", "No llega ningún mensaje."),
                "Mientras tanto se usan los otros canales.",
            ),
            speech=("Los mensajes no llegan por {channel}.",),
            private="Una forma de avisarte no funciona.",
        ),
        "channel_restored": Texts(
            title="{channel} vuelve a funcionar",
            message=("Los mensajes llegan otra vez.",),
            speech=("{channel} vuelve a funcionar.",),
            private="Los mensajes llegan otra vez.",
        ),
        "objective_missed": Texts(
            title="Objetivo no cumplido: {objective}",
            message=(("Medido {value}, la meta es {goal}.", "Medido {value}."),),
            speech=("No se ha cumplido el objetivo {objective}.",),
            private="No se ha cumplido un objetivo.",
        ),
        "maintenance_due": Texts(
            title="{appliance} necesita mantenimiento",
            message=(("Toca: {task}.", "Toca el mantenimiento."),),
            speech=(
                (
                    "{appliance} necesita mantenimiento: {task}.",
                    "{appliance} necesita mantenimiento.",
                ),
            ),
            private="Un aparato necesita mantenimiento.",
        ),
        "power_outage": Texts(
            title="Corte de luz",
            message=(
                ("No hay luz desde {since}.", "No hay luz."),
                "Los aparatos están parados.",
            ),
            speech=("Se ha ido la luz.",),
            private="Se ha ido la luz.",
        ),
        "power_restored": Texts(
            title="Ha vuelto la luz",
            message=("Puede que haya que volver a encender aparatos.",),
            speech=(
                "Ha vuelto la luz. Puede que haya que volver a encender aparatos.",
            ),
            private="Ha vuelto la luz.",
        ),
        "digest": Texts(
            title="Lo que ha pasado",
            message=("Mensajes: {count}.", "Pendientes: {open}.", "Energía: {energy}."),
            speech=(
                (
                    "Mensajes: {count}. Pendientes: {open}.",
                    "Tienes un resumen para leer.",
                ),
            ),
            private="Tienes un resumen para leer.",
        ),
        "test": Texts(
            title="Mensaje de prueba",
            message=(
                (
                    "Si puedes leer esto, {channel} funciona.",
                    "Si puedes leer esto, funciona.",
                ),
            ),
            speech=("Esto es un mensaje de prueba. Si lo oyes, funciona.",),
            private="Esto es un mensaje de prueba.",
        ),
        "verification_code": Texts(
            title="Tu código: {code}",
            message=(
                (
                    "Escríbelo en Home Assistant antes de {duration}.",
                    "Escríbelo en Home Assistant.",
                ),
                "Si no lo has pedido, ignora este mensaje.",
            ),
            speech=("Tu código es {code}.",),
            private="Se te ha enviado un código.",
        ),
        **DESK,
    },
)
