"""Starts Home Assistant so that nothing outside this machine can reach it.

Usage: PYTHON -P demo/confined.py ARGUMENTS OF HASS

The web server has a setting for that. Multicast DNS has none: Home Assistant opens it
on all interfaces as soon as anything uses its HTTP client, and a push does. So every
socket that is to be bound is bound to loopback. It must not change anything else.
"""

from __future__ import annotations

import socket
import sys
from typing import Any

from homeassistant.__main__ import main

_LOOPBACK = {socket.AF_INET: "127.0.0.1", socket.AF_INET6: "::1"}


class _ConfinedSocket(socket.socket):
    """A socket that listens on loopback, wherever it was told to listen."""

    def bind(self, address: Any, /) -> None:
        loopback = _LOOPBACK.get(self.family)
        super().bind(address if loopback is None else (loopback, address[1]))


if __name__ == "__main__":
    # all of Python's networking makes its sockets by this name
    socket.socket = _ConfinedSocket  # type: ignore[misc]
    sys.exit(main())
