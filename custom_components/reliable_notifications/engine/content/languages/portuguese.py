"""Portuguese: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.portuguese import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

PORTUGUESE = Language(
    code="pt",
    decimal_comma=True,
    plurals=Plurals.ZERO_ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "d"},
    spoken={
        Unit.SECOND: ("segundo", "segundos"),
        Unit.MINUTE: ("minuto", "minutos"),
        Unit.HOUR: ("hora", "horas"),
        Unit.DAY: ("dia", "dias"),
    },
    kilowatt_hours="quilowatts-hora",
    said={
        "kWh": "quilowatts-hora",
        "kW": "quilowatts",
        "W": "watts",
        "°C": "graus",
        "%": "por cento",
        "€": "euros",
        "$": "dólares",
        "&": "e",
        "+": "mais",
        "<=": "no máximo",
        ">=": "no mínimo",
        "<": "menos de",
        ">": "mais de",
        "=": "igual a",
    },
    days=("seg", "ter", "qua", "qui", "sex", "sáb", "dom"),
    categories={
        "appliance": "Aparelhos",
        "safety": "Segurança",
        "system": "Este sistema",
        "maintenance": "Manutenção",
        "repair": "Reparações",
        "reward": "Recompensas",
        "digest": "Resumos",
        "test": "Testes",
        "general": "Outras mensagens",
    },
    priorities={
        Priority.URGENT: "Urgente",
        Priority.HIGH: "Importante",
        Priority.MEDIUM: "Aviso",
        Priority.LOW: "Para informação",
    },
    objectives={
        "delivery_success_rate": "Entrega",
        "average_latency": "Tempo médio",
        "uptime": "Disponibilidade",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "Daqui a 15 minutos",
        Button.EMPTIED: "Esvaziado",
        Button.REPLY: "Responder",
        Button.MORE: "Mais",
        Button.UNTIL_TOMORROW: "Amanhã",
        Button.UNTIL_EMPTIED: "Até ser esvaziado",
        Button.COMPLAIN: "O que estava errado?",
        Button.WRONG_PERSON: "Pessoa errada",
        Button.TOO_LATE: "Tarde demais",
        Button.TOO_LOUD: "Alto demais",
    },
    sayings={
        Saying.TOGETHER: "{number} mensagens",
        Saying.AND_MORE: "e mais {number}",
        Saying.NEW_MESSAGE: "Nova mensagem",
        Saying.PRIVATE: "Há uma nova mensagem para si.",
        Saying.WHY: (
            "Recebe este e-mail porque {home} o tem na lista de destinatários."
        ),
        Saying.UNSUBSCRIBE: (
            "Para não receber mais, altere as suas preferências no Home"
            " Assistant ou fale com quem o gere."
        ),
        Saying.SENT_AT: "Enviado {time}",
        Saying.OPEN: "Abrir o Home Assistant",
    },
    labels={
        Label.APPLIANCE: "Aparelho",
        Label.STARTED: "Início",
        Label.ENDED: "Fim",
        Label.EXPECTED: "Fim previsto",
        Label.DURATION: "Duração",
        Label.ENERGY: "Energia",
        Label.COST: "Custo",
        Label.IDLE: "À espera há",
        Label.CHANNEL: "Canal",
        Label.SINCE: "Desde",
        Label.OBJECTIVE: "Objetivo",
        Label.VALUE: "Medido",
        Label.GOAL: "Meta",
        Label.TASK: "Tarefa",
        Label.REPAIR: "Reparação",
        Label.DEVICE: "Aparelho",
        Label.CUSTOMER: "Cliente",
        Label.TECHNICIAN: "Técnico",
        Label.AMOUNT: "Valor",
        Label.REASON: "Motivo",
        Label.NOTE: "Nota",
        Label.REWARD: "Recompensa",
        Label.POINTS: "Pontos",
        Label.COUNT: "Número",
        Label.OPEN: "Em aberto",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} em funcionamento",
            message=(("Início às {started}.", "O programa começou."),),
            speech=("{appliance} começou.",),
            private="Um aparelho começou.",
        ),
        "cycle_finished": Texts(
            title="{appliance} terminou",
            message=(
                (
                    "Demorou {duration} e gastou {energy}.",
                    "Demorou {duration}.",
                    "Gastou {energy}.",
                ),
                (
                    (
                        "Fim por volta das {ended_about}; o sensor não respondia nessa"
                        " altura."
                    ),
                    "Fim às {ended}.",
                ),
            ),
            speech=(
                ("{appliance} terminou ao fim de {duration}.", "{appliance} terminou."),
            ),
            private="Um aparelho terminou.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} ainda está a trabalhar",
            message=("O fim foi anunciado cedo demais; o mesmo programa continua.",),
            speech=("{appliance} ainda está a trabalhar. Falei cedo demais.",),
            private="Um aparelho ainda está a trabalhar.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance}: programa interrompido",
            message=(
                ("Parou às {ended}, antes do fim.", "Parou antes do fim."),
                (
                    "Demorou {duration} e gastou {energy}.",
                    "Demorou {duration}.",
                    "Gastou {energy}.",
                ),
            ),
            speech=("{appliance} parou antes do fim. Vá ver, por favor.",),
            private="Um aparelho parou antes do fim.",
        ),
        "almost_done": Texts(
            title="{appliance} está quase a terminar",
            message=(("Deve terminar às {expected}.", "Faltam poucos minutos."),),
            speech=("{appliance} está quase a terminar.",),
            private="Um aparelho está quase a terminar.",
        ),
        "short_run": Texts(
            title="{appliance} trabalhou pouco tempo",
            message=("Foi demasiado curto para um programa.",),
            speech=("{appliance} trabalhou pouco tempo.",),
            private="Um aparelho trabalhou pouco tempo.",
        ),
        "overrunning": Texts(
            title="{appliance} demora mais do que o habitual",
            message=(
                "Devia ter terminado às {expected}.",
                "Está a trabalhar há {duration}.",
            ),
            speech=("{appliance} demora mais do que o habitual.",),
            private="Um aparelho demora mais do que o habitual.",
        ),
        "unload_reminder": Texts(
            title="{appliance}: falta esvaziar",
            message=(("Terminou há {idle}.", "O programa terminou."),),
            speech=(
                (
                    "Falta esvaziar {appliance}. Terminou há {idle}.",
                    "Falta esvaziar {appliance}.",
                ),
            ),
            private="Falta esvaziar um aparelho.",
        ),
        "appliance_left_on": Texts(
            title="{appliance} continua em funcionamento",
            message=(("Em funcionamento há {duration}.", "Ninguém desligou."),),
            speech=(
                (
                    "{appliance} está em funcionamento há {duration}.",
                    "{appliance} continua em funcionamento.",
                ),
            ),
            private="Um aparelho continua em funcionamento.",
        ),
        "sensor_stale": Texts(
            title="{appliance}: sem dados",
            message=(
                (
                    "O sensor não diz nada de novo desde {since}.",
                    "O sensor não diz nada de novo.",
                ),
                "O fim pode passar despercebido.",
            ),
            speech=("Deixei de ver {appliance}. Verifique a tomada, por favor.",),
            private="Um sensor deixou de responder.",
        ),
        "channel_down": Texts(
            title="{channel} não funciona",
            message=(
                ("Nenhuma mensagem passa desde {since}.", "Nenhuma mensagem passa."),
                "Entretanto usam-se os outros canais.",
            ),
            speech=("As mensagens não passam por {channel}.",),
            private="Uma forma de o avisar não funciona.",
        ),
        "channel_restored": Texts(
            title="{channel} voltou a funcionar",
            message=("As mensagens voltaram a passar.",),
            speech=("{channel} voltou a funcionar.",),
            private="As mensagens voltaram a passar.",
        ),
        "objective_missed": Texts(
            title="Objetivo falhado: {objective}",
            message=(("Medido {value}, a meta é {goal}.", "Medido {value}."),),
            speech=("O objetivo {objective} foi falhado.",),
            private="Um objetivo foi falhado.",
        ),
        "maintenance_due": Texts(
            title="{appliance} precisa de manutenção",
            message=(("Está na hora de: {task}.", "Está na hora da manutenção."),),
            speech=(
                (
                    "{appliance} precisa de manutenção: {task}.",
                    "{appliance} precisa de manutenção.",
                ),
            ),
            private="Um aparelho precisa de manutenção.",
        ),
        "power_outage": Texts(
            title="Falha de energia",
            message=(
                ("Falta a luz desde {since}.", "Falta a luz."),
                "Os aparelhos estão parados.",
            ),
            speech=("Falta a luz.",),
            private="Falta a luz.",
        ),
        "power_restored": Texts(
            title="A luz voltou",
            message=("Pode ser preciso ligar aparelhos de novo.",),
            speech=("A luz voltou. Pode ser preciso ligar aparelhos de novo.",),
            private="A luz voltou.",
        ),
        "digest": Texts(
            title="O que aconteceu",
            message=("Mensagens: {count}.", "Em aberto: {open}.", "Energia: {energy}."),
            speech=(
                ("Mensagens: {count}. Em aberto: {open}.", "Tem um resumo para ler."),
            ),
            private="Tem um resumo para ler.",
        ),
        "test": Texts(
            title="Mensagem de teste",
            message=(
                (
                    "Se consegue ler isto, {channel} funciona.",
                    "Se consegue ler isto, funciona.",
                ),
            ),
            speech=("Esta é uma mensagem de teste. Se a ouve, funciona.",),
            private="Esta é uma mensagem de teste.",
        ),
        "verification_code": Texts(
            title="O seu código: {code}",
            message=(
                (
                    "Introduza-o no Home Assistant dentro de {duration}.",
                    "Introduza-o no Home Assistant.",
                ),
                "Se não o pediu, ignore esta mensagem.",
            ),
            speech=("O seu código é {code}.",),
            private="Foi-lhe enviado um código.",
        ),
        **DESK,
    },
)
