"""Makes a config folder with which Home Assistant starts onboarded, on loopback.

Usage: PYTHON -m demo.seed CONFIG_FOLDER PORT   (the Python of the Home Assistant
that will use the folder: the versions keep their HTTP settings in different ways).

It must not start anything, and must not touch a folder that is already seeded.
"""

from __future__ import annotations

import base64
import datetime as dt
from importlib import import_module
import json
from pathlib import Path
import secrets
import sys
import uuid

import bcrypt
from homeassistant.const import __version__
import jwt

from .login import PASSWORD, TOKENS, USERNAME

# a demo that is kept in a folder is looked at again within a month, or made anew
TOKEN_LIFE = 30 * 86400


def _put(folder: Path, key: str, version: int, data: object) -> None:
    """Write one of Home Assistant's own files, readable by nobody else."""
    path = folder / ".storage" / key
    content = {"version": version, "minor_version": 1, "key": key, "data": data}
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    path.chmod(0o600)


def _seed_http(folder: Path, port: int, now: str) -> None:
    """Bind the web server to loopback, in the way that this version trusts.

    2026.10 and newer treat `http:` in YAML as a trial of five minutes, then restart
    and listen everywhere; what lies in their storage as stable is kept.
    """
    try:
        http_config = import_module("homeassistant.components.http.config")
        version = http_config.STORAGE_VERSION
    except (ImportError, AttributeError):
        with (folder / "configuration.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\nhttp:\n  server_host: 127.0.0.1\n  server_port: {port}\n")
        return
    stable = http_config.HTTP_STORAGE_SCHEMA(
        {"server_host": ["127.0.0.1"], "server_port": port}
    )
    stable |= {"created_at": now, "error": None, "error_message": None}
    _put(
        folder,
        "http",
        version,
        {"stable": stable, "pending": None, "yaml_migration_done": True},
    )


def _seed_owner(folder: Path, port: int, now: dt.datetime) -> None:
    """Create the owner, his person and an access token."""
    user, token_id, jwt_key = uuid.uuid4().hex, uuid.uuid4().hex, secrets.token_hex(64)
    hashed = base64.b64encode(
        bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(rounds=4))
    )
    login = {"username": USERNAME, "password": hashed.decode()}
    _put(folder, "auth_provider.homeassistant", 1, {"users": [login]})
    owner = {
        "id": user,
        "group_ids": ["system-admin"],
        "is_owner": True,
        "is_active": True,
        "name": "Demo",
        "system_generated": False,
        "local_only": False,
    }
    credential = {
        "id": uuid.uuid4().hex,
        "user_id": user,
        "auth_provider_type": "homeassistant",
        "auth_provider_id": None,
        "data": {"username": USERNAME},
    }
    refresh_token = {
        "id": token_id,
        "user_id": user,
        "client_id": None,
        "client_name": "demo",
        "client_icon": None,
        "token_type": "long_lived_access_token",
        "created_at": now.isoformat(),
        "access_token_expiration": float(TOKEN_LIFE),
        "token": secrets.token_hex(64),
        "jwt_key": jwt_key,
        "last_used_at": None,
        "last_used_ip": None,
        "expire_at": None,
        "credential_id": None,
        "version": __version__,
    }
    groups = [
        {"id": "system-admin", "name": "Administrators"},
        {"id": "system-users", "name": "Users"},
        {"id": "system-read-only", "name": "Read Only"},
    ]
    auth = {
        "users": [owner],
        "groups": groups,
        "credentials": [credential],
        "refresh_tokens": [refresh_token],
    }
    _put(folder, "auth", 1, auth)
    person = {"id": "demo", "name": "Demo", "user_id": user, "device_trackers": []}
    _put(folder, "person", 2, {"items": [person]})
    issued = int(now.timestamp())
    claims = {"iss": token_id, "iat": issued, "exp": issued + TOKEN_LIFE}
    access = jwt.encode(claims, jwt_key, algorithm="HS256")
    tokens = folder / TOKENS
    tokens.write_text(
        json.dumps({"access_token": access, "port": port}), encoding="utf-8"
    )
    tokens.chmod(0o600)


def seed(folder: Path, port: int) -> None:
    """Fill a folder that holds nothing but its configuration.yaml."""
    storage = folder / ".storage"
    storage.mkdir(parents=True)
    storage.chmod(0o700)
    now = dt.datetime.now(dt.UTC)
    _put(
        folder,
        "onboarding",
        4,
        {"done": ["user", "core_config", "analytics", "integration"]},
    )
    # discovery stays at home too (the second is the name that macOS has for it)
    _put(folder, "core.network", 1, {"configured_adapters": ["lo", "lo0"]})
    _seed_http(folder, port, now.isoformat())
    # last, because tokens.json is the sign that the folder is complete
    _seed_owner(folder, port, now)


if __name__ == "__main__":
    seed(Path(sys.argv[1]), int(sys.argv[2]))
