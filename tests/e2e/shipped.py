"""Puts the files that a user may copy into a config folder, as their headers say."""

from __future__ import annotations

from pathlib import Path
import shutil

from demo.process import ROOT

BLUEPRINT = Path("blueprints", "automation", "reliable_notifications")
OWN_WORDS = "The kettle says in its own words: done."
TWIN = "my-notifications"

_PACKAGES = """homeassistant:
  packages: !include_dir_named packages
"""
_MORE = f"""
lovelace:
  dashboards:
    {TWIN}:
      mode: yaml
      title: My notifications
      icon: mdi:bell-check
      show_in_sidebar: true
      filename: reliable_notifications.yaml

automation:
  - id: own_words
    alias: Own words
    use_blueprint:
      path: reliable_notifications/announce_finish.yaml
      input:
        cycle: event.kettle_cycle
        message: "{OWN_WORDS}"
"""


def add_shipped_files(folder: Path) -> None:
    """Copy dashboard, package and blueprint, and have the configuration use them."""
    shutil.copy(ROOT / "dashboards" / "reliable_notifications.yaml", folder)
    (folder / "packages").mkdir()
    shutil.copy(ROOT / "packages" / "reliable_notifications.yaml", folder / "packages")
    shutil.copytree(ROOT / BLUEPRINT, folder / BLUEPRINT)
    configuration = folder / "configuration.yaml"
    text = configuration.read_text(encoding="utf-8")
    assert text.count("homeassistant:\n") == 1
    text = text.replace("homeassistant:\n", _PACKAGES) + _MORE
    configuration.write_text(text, encoding="utf-8")
