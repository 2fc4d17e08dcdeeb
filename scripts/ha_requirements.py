"""What Home Assistant would install at run time for some integrations.

Usage: python scripts/ha_requirements.py FOLDER_OF_THE_HOMEASSISTANT_PACKAGE DOMAIN...

Home Assistant installs the requirements of dependencies and of some
after_dependencies, of its default integrations and of every base platform. The
lock files contain them all, so that nothing is downloaded while a test runs.

Reads source files only: it must not import Home Assistant, since it runs before
there is an environment to import it from.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path
import sys

# after_dependencies that the default set-up pulls in although nobody asked for them
FOLLOWED_AFTER_DEPENDENCIES = {"camera", "recorder", "stream"}


def _set_literal(source: Path, name: str) -> set[str]:
    """Return the strings in a module-level set without running the module."""
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name
            for target in node.targets
        ):
            return {
                part.value
                for part in ast.walk(node.value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    raise SystemExit(
        f"{source.name} has no {name}: this Home Assistant needs a look by hand"
    )


def _base_platforms(package: Path) -> set[str]:
    """Return the entity platforms: 2026.x sets all of them up at start."""
    source = package / "generated" / "entity_platforms.py"
    if not source.exists():  # 2025.6 has no such list, and no such habit
        return set()
    tree = ast.parse(source.read_text(encoding="utf-8"))
    return {
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def run_time_requirements(package: Path, domains: list[str]) -> list[str]:
    """Return the requirement lines for these domains and all that they pull in."""
    bootstrap = package / "bootstrap.py"
    waiting = [
        *domains,
        *_set_literal(bootstrap, "CORE_INTEGRATIONS"),
        *_set_literal(bootstrap, "DEFAULT_INTEGRATIONS"),
        *_base_platforms(package),
        "frontend",
    ]
    seen: set[str] = set()
    wanted: set[str] = set()
    while waiting:
        domain = waiting.pop()
        path = package / "components" / domain / "manifest.json"
        if domain in seen or not path.exists():
            continue
        seen.add(domain)
        manifest = json.loads(path.read_text(encoding="utf-8"))
        wanted.update(manifest.get("requirements", ()))
        waiting += manifest.get("dependencies", ())
        waiting += FOLLOWED_AFTER_DEPENDENCIES.intersection(
            manifest.get("after_dependencies", ())
        )
    return sorted(wanted, key=str.lower)


if __name__ == "__main__":
    print(*run_time_requirements(Path(sys.argv[1]), sys.argv[2:]), sep="\n")
