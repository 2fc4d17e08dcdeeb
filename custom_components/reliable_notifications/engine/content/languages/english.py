"""English: the words. Must not hold rules."""

from __future__ import annotations

from ...vocabulary import Priority
from .desk.english import DESK
from .table import Button, Label, Language, Plurals, Saying, Texts, Unit

ENGLISH = Language(
    code="en",
    decimal_comma=False,
    plurals=Plurals.ONE_OTHER,
    written={Unit.SECOND: "s", Unit.MINUTE: "min", Unit.HOUR: "h", Unit.DAY: "d"},
    spoken={
        Unit.SECOND: ("second", "seconds"),
        Unit.MINUTE: ("minute", "minutes"),
        Unit.HOUR: ("hour", "hours"),
        Unit.DAY: ("day", "days"),
    },
    kilowatt_hours="kilowatt-hours",
    said={
        "kWh": "kilowatt-hours",
        "kW": "kilowatts",
        "W": "watts",
        "°C": "degrees",
        "%": "percent",
        "€": "euros",
        "$": "dollars",
        "&": "and",
        "+": "plus",
        "<=": "at most",
        ">=": "at least",
        "<": "under",
        ">": "over",
        "=": "equals",
    },
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    categories={
        "appliance": "Appliances",
        "safety": "Safety",
        "system": "This system",
        "maintenance": "Maintenance",
        "repair": "Repairs",
        "reward": "Rewards",
        "digest": "Digests",
        "test": "Tests",
        "general": "Other messages",
    },
    priorities={
        Priority.URGENT: "Urgent",
        Priority.HIGH: "Important",
        Priority.MEDIUM: "Notice",
        Priority.LOW: "For information",
    },
    objectives={
        "delivery_success_rate": "Delivery success",
        "average_latency": "Average latency",
        "uptime": "Uptime",
    },
    buttons={
        Button.ACKNOWLEDGE: "OK",
        Button.SNOOZE: "In 15 minutes",
        Button.EMPTIED: "Emptied",
        Button.REPLY: "Reply",
        Button.MORE: "More",
        Button.UNTIL_TOMORROW: "Tomorrow",
        Button.UNTIL_EMPTIED: "Until emptied",
        Button.COMPLAIN: "What was wrong?",
        Button.WRONG_PERSON: "Wrong person",
        Button.TOO_LATE: "Too late",
        Button.TOO_LOUD: "Too loud",
    },
    sayings={
        Saying.TOGETHER: "{number} messages",
        Saying.AND_MORE: "and {number} more",
        Saying.NEW_MESSAGE: "New message",
        Saying.PRIVATE: "There is a new message for you.",
        Saying.WHY: "You get this e-mail because {home} has you as a recipient.",
        Saying.UNSUBSCRIBE: (
            "To get no more of them, change your preferences in Home"
            " Assistant, or ask the person who looks after it."
        ),
        Saying.SENT_AT: "Sent {time}",
        Saying.OPEN: "Open Home Assistant",
    },
    labels={
        Label.APPLIANCE: "Appliance",
        Label.STARTED: "Started",
        Label.ENDED: "Ended",
        Label.EXPECTED: "Expected end",
        Label.DURATION: "Duration",
        Label.ENERGY: "Energy",
        Label.COST: "Cost",
        Label.IDLE: "Waiting for",
        Label.CHANNEL: "Channel",
        Label.SINCE: "Since",
        Label.OBJECTIVE: "Objective",
        Label.VALUE: "Measured",
        Label.GOAL: "Goal",
        Label.TASK: "Task",
        Label.REPAIR: "Repair",
        Label.DEVICE: "Device",
        Label.CUSTOMER: "Customer",
        Label.TECHNICIAN: "Technician",
        Label.AMOUNT: "Amount",
        Label.REASON: "Reason",
        Label.NOTE: "Note",
        Label.REWARD: "Reward",
        Label.POINTS: "Points",
        Label.COUNT: "Number",
        Label.OPEN: "Still open",
    },
    events={
        "cycle_started": Texts(
            title="{appliance} started",
            message=(("Started at {started}.", "It has started."),),
            speech=("{appliance} has started.",),
            private="An appliance has started.",
        ),
        "cycle_finished": Texts(
            title="{appliance} finished",
            message=(
                (
                    "Ran {duration} and used {energy}.",
                    "Ran {duration}.",
                    "Used {energy}.",
                ),
                (
                    "Ended at about {ended_about}; the sensor was silent then.",
                    "Ended at {ended}.",
                ),
            ),
            speech=(
                (
                    "{appliance} has finished after {duration}.",
                    "{appliance} has finished.",
                ),
            ),
            private="An appliance has finished.",
        ),
        "cycle_reopened": Texts(
            title="{appliance} is still running",
            message=(
                ("It was announced as finished too early; the same cycle goes on."),
            ),
            speech=("{appliance} is still running. I spoke too soon.",),
            private="An appliance is still running after all.",
        ),
        "cycle_interrupted": Texts(
            title="{appliance} was interrupted",
            message=(
                (
                    "It stopped at {ended}, before its end.",
                    "It stopped before its end.",
                ),
                (
                    "Ran {duration} and used {energy}.",
                    "Ran {duration}.",
                    "Used {energy}.",
                ),
            ),
            speech=("{appliance} stopped before its end. Please have a look.",),
            private="An appliance stopped before its end.",
        ),
        "almost_done": Texts(
            title="{appliance} is almost done",
            message=(
                (
                    "It will probably end at {expected}.",
                    "It will end in a few minutes.",
                ),
            ),
            speech=("{appliance} is almost done.",),
            private="An appliance is almost done.",
        ),
        "short_run": Texts(
            title="{appliance} ran only briefly",
            message=("That was too short for a cycle.",),
            speech=("{appliance} ran only briefly.",),
            private="An appliance ran only briefly.",
        ),
        "overrunning": Texts(
            title="{appliance} is taking longer than usual",
            message=(
                "It should have ended at {expected}.",
                "It has been running for {duration}.",
            ),
            speech=("{appliance} is taking longer than usual.",),
            private="An appliance is taking longer than usual.",
        ),
        "unload_reminder": Texts(
            title="{appliance} wants to be emptied",
            message=(("It finished {idle} ago.", "It has finished."),),
            speech=(
                (
                    "Please empty {appliance}. It finished {idle} ago.",
                    "Please empty {appliance}.",
                ),
            ),
            private="An appliance wants to be emptied.",
        ),
        "appliance_left_on": Texts(
            title="{appliance} was left on",
            message=(("It has been on for {duration}.", "It is still on."),),
            speech=(
                ("{appliance} has been on for {duration}.", "{appliance} is still on."),
            ),
            private="An appliance was left on.",
        ),
        "sensor_stale": Texts(
            title="{appliance} cannot be watched",
            message=(
                (
                    "Its sensor has told nothing new since {since}.",
                    "Its sensor tells nothing new.",
                ),
                "Its finish may go unnoticed.",
            ),
            speech=("I cannot see {appliance} any more. Please check its plug.",),
            private="A sensor has fallen silent.",
        ),
        "channel_down": Texts(
            title="{channel} is down",
            message=(
                (
                    "No message has got through since {since}.",
                    "No message gets through.",
                ),
                "The other channels are used meanwhile.",
            ),
            speech=("Messages do not get through by {channel}.",),
            private="One way of reaching you does not work.",
        ),
        "channel_restored": Texts(
            title="{channel} works again",
            message=("Messages get through again.",),
            speech=("{channel} works again.",),
            private="Messages get through again.",
        ),
        "objective_missed": Texts(
            title="Objective missed: {objective}",
            message=(("Measured {value}, the goal is {goal}.", "Measured {value}."),),
            speech=("The objective {objective} was missed.",),
            private="An objective was missed.",
        ),
        "maintenance_due": Texts(
            title="{appliance} needs maintenance",
            message=(("It is time for: {task}.", "It is time for its maintenance."),),
            speech=(
                (
                    "{appliance} needs maintenance: {task}.",
                    "{appliance} needs maintenance.",
                ),
            ),
            private="An appliance needs maintenance.",
        ),
        "power_outage": Texts(
            title="Power failure",
            message=(
                ("There has been no power since {since}.", "There is no power."),
                "Appliances stand still.",
            ),
            speech=("There is a power failure.",),
            private="There is a power failure.",
        ),
        "power_restored": Texts(
            title="The power is back",
            message=("Appliances may have to be started again.",),
            speech=("The power is back. Appliances may have to be started again.",),
            private="The power is back.",
        ),
        "digest": Texts(
            title="What happened",
            message=("Messages: {count}.", "Still open: {open}.", "Energy: {energy}."),
            speech=(
                (
                    "Messages: {count}. Still open: {open}.",
                    "You have a summary to read.",
                ),
            ),
            private="You have a summary to read.",
        ),
        "test": Texts(
            title="Test message",
            message=(
                (
                    "If you can read this, {channel} works.",
                    "If you can read this, it works.",
                ),
            ),
            speech=("This is a test message. If you can hear it, it works.",),
            private="This is a test message.",
        ),
        "verification_code": Texts(
            title="Your code: {code}",
            message=(
                (
                    "Enter it in Home Assistant within {duration}.",
                    "Enter it in Home Assistant.",
                ),
                "If you did not ask for it, ignore this message.",
            ),
            speech=("Your code is {code}.",),
            private="A code was sent to you.",
        ),
        **DESK,
    },
)
