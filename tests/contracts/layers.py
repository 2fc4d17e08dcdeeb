"""The dependency rules of the design, and a seventh: imports in, breaches out.

1. `engine` imports only the standard library and itself, and of the standard library
   nothing that has a clock, dice, a voice or hands.
2. The stages of `engine` never import each other, only `vocabulary`.
3. `channels` and `adapters` import `engine`, never each other; the courier alone knows
   `channels.interface`. A channel is self-contained: it knows no other channel, only
   the parts that several are made of (`channels.parts`), which know no channel.
4. `flows` import engine tables and `channels`, never `adapters`.
5. Platforms import `runtime`, `entity` and the catalogues of metrics and of events,
   besides words and constants; nothing imports a platform.
6. Only `pipeline` and `runtime` know every part.
7. The folders of the shell know each other in one direction only, and none of them
   what is put together of them: the order is `SHELL`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
import sys

from .source_tree import Import, Module, Parts

# mirrors engine/ruff.toml, which a person may edit while in a hurry
IMPURE = {
    *("asyncio", "concurrent", "contextvars", "multiprocessing", "signal", "threading"),
    *("http", "smtplib", "socket", "subprocess", "urllib"),
    *(
        "io",
        "os",
        "pathlib",
        "pickle",
        "shelve",
        "shutil",
        "sqlite3",
        "sys",
        "tempfile",
    ),
    *("logging", "warnings"),
    *("random", "secrets"),
    *("time",),
}
CLOCK_CALLS = frozenset(
    {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
    | {"uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4", "open", "print", "input"}
)
PLATFORMS = {
    *("binary_sensor", "button", "event", "notify", "number", "select", "sensor"),
    *("switch", "time", "todo"),
}
# a platform's descriptions in files of their own; they may know what it may
DESCRIPTIONS = {
    "appliance_sensors": "sensor",
    "snooze_sensor": "sensor",
    "value_sensors": "sensor",
    "wish_selects": "select",
    "wish_switches": "switch",
}
# what a platform may know: the runtime and what it hands out, words, constants
PLATFORM_NEEDS: frozenset[Parts] = frozenset(
    {
        ("appliances", "appliance"),
        ("compat",),
        ("const",),
        ("engine", "metrics", "catalogue"),
        ("engine", "routing", "catalogue"),
        ("engine", "vocabulary"),
        ("entity",),
        ("runtime",),
        ("recipients", "wish_changes"),  # plain functions over what is stored
        ("recipients", "wish_choices"),
    }
)
KNOW_EVERYTHING = frozenset({("pipeline",), ("runtime",)})
# each may know those before it
SHELL = (
    *("appliances", "texts", "recipients", "reporting", "decisions"),
    *("answering", "upkeep"),
)
SHARED = frozenset({"engine", "const", "compat", "phone_numbers"})

type Rule = Callable[[Iterable[Import]], list[str]]


def _is_under(name: Parts, *prefixes: Parts) -> bool:
    return any(name[: len(prefix)] == prefix for prefix in prefixes)


def _breach(found: Import, why: str) -> str:
    importer, target = ".".join(found.importer), ".".join(found.target)
    return f"{found.where}: {importer} imports {target}: {why}"


def engine_is_pure(found: Iterable[Import]) -> list[str]:
    """Rule 1."""
    breaches = []
    for item in found:
        if item.importer[:1] != ("engine",):
            continue
        top = item.target[0] if item.target else ""
        if item.internal:
            if top != "engine":
                breaches.append(
                    _breach(item, "the engine knows nothing outside itself")
                )
        elif top == "_typeshed" and item.typing_only:
            continue  # the standard library's own types, there for checkers only
        elif top not in sys.stdlib_module_names:
            breaches.append(_breach(item, "not in the standard library"))
        elif top in IMPURE and not item.typing_only:
            breaches.append(_breach(item, "not for the engine (see engine/ruff.toml)"))
    return breaches


def impure_calls(engine_modules: Iterable[Module]) -> list[str]:
    """Rule 1 again: calls that look at a clock, roll dice or open files."""
    return [
        f"{module.path}:{node.lineno}: {ast.unparse(node.func)}() in the engine"
        for module in engine_modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and _last_two(ast.unparse(node.func)) in CLOCK_CALLS
    ]


def _last_two(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def stages_are_strangers(found: Iterable[Import]) -> list[str]:
    """Rule 2."""
    breaches = []
    for item in found:
        if not (item.internal and item.importer[:1] == item.target[:1] == ("engine",)):
            continue
        own = item.importer[1] if len(item.importer) > 1 else "vocabulary"
        if len(item.target) > 1 and item.target[1] not in (own, "vocabulary"):
            breaches.append(_breach(item, "stages meet in vocabulary only"))
    return breaches


def channels_and_adapters_are_strangers(found: Iterable[Import]) -> list[str]:
    """Rule 3."""
    breaches = []
    for item in found:
        if not item.internal or item.importer[:1] not in (("channels",), ("adapters",)):
            continue
        if item.target[:1] and item.target[0] in SHARED:
            continue
        if not _is_under(item.target, *_own_side(item.importer)):
            breaches.append(_breach(item, "channels and adapters know only the engine"))
    return breaches


def _own_side(importer: Parts) -> tuple[Parts, ...]:
    if importer[0] == "adapters":
        courier = importer == ("adapters", "courier")
        return (("adapters",), *([("channels", "interface")] if courier else []))
    if importer == ("channels",):  # the tuple that names them all
        return (("channels",),)
    if importer[:2] == ("channels", "parts"):
        return (("channels", "interface"), ("channels", "parts"))
    return (("channels", "interface"), ("channels", "parts"), importer)


def flows_are_forms(found: Iterable[Import]) -> list[str]:
    """Rule 4."""
    return [
        _breach(item, "flows are forms; behaviour is elsewhere")
        for item in found
        if item.internal
        and item.importer[:1] in (("flows",), ("config_flow",))
        and _is_under(item.target, ("adapters",), ("pipeline",))
    ]


def platforms_are_leaves(found: Iterable[Import]) -> list[str]:
    """Rule 5."""
    breaches = []
    for item in found:
        if not item.internal:
            continue
        if _is_under(item.target, *((name,) for name in PLATFORMS)):
            breaches.append(_breach(item, "nothing imports a platform"))
        elif (
            len(item.importer) == 1
            and item.importer[0] in PLATFORMS | DESCRIPTIONS.keys()
            and not _is_under(
                item.target, *PLATFORM_NEEDS, *((name,) for name in DESCRIPTIONS)
            )
        ):
            breaches.append(_breach(item, "a platform shows, it does not work"))
    return breaches


def few_know_every_part(found: Iterable[Import]) -> list[str]:
    """Rule 6: elsewhere, not both sides of delivery, and at most two stages."""
    sides: dict[Parts, set[str]] = {}
    stages: dict[Parts, set[str]] = {}
    for item in found:
        if not item.internal or not item.target or item.importer in KNOW_EVERYTHING:
            continue
        if item.importer[:1] == ("adapters",):
            continue  # rule 3 is narrower
        if item.target[0] in ("channels", "adapters"):
            sides.setdefault(item.importer, set()).add(item.target[0])
        if item.target[0] == "engine" and len(item.target) > 2:
            stages.setdefault(item.importer, set()).add(item.target[1])
    return [
        f"{'.'.join(name)} knows both channels and adapters"
        for name, known in sides.items()
        if len(known) > 1
    ] + [
        f"{'.'.join(name)} knows {len(known)} stages of the engine: {sorted(known)}"
        for name, known in stages.items()
        if len(known - {"vocabulary"}) > 2
    ]


def shell_has_one_direction(found: Iterable[Import]) -> list[str]:
    """Rule 7."""
    breaches = []
    for item in found:
        if (
            not item.internal
            or item.importer[:1] == ()
            or item.importer[0] not in SHELL
        ):
            continue
        later = SHELL[SHELL.index(item.importer[0]) + 1 :]
        if item.target[:1] and item.target[0] in later:
            breaches.append(_breach(item, f"the order is {', '.join(SHELL)}"))
        elif _is_under(item.target, ("pipeline",)) and not item.typing_only:
            breaches.append(_breach(item, "the pipeline is made of it"))
    return breaches


RULES: tuple[Rule, ...] = (
    engine_is_pure,
    stages_are_strangers,
    channels_and_adapters_are_strangers,
    flows_are_forms,
    platforms_are_leaves,
    few_know_every_part,
    shell_has_one_direction,
)
