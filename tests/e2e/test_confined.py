"""Nothing that the demo starts can be reached from outside this machine."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
import struct
import sys

import pytest

from .home import Home
from .stage import Stage

TCP_LISTENS, UDP_BOUND = "0A", "07"


@pytest.mark.ha_2025_6
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_all_open_ports_are_on_loopback(stage: Stage, home: Home) -> None:
    # a push makes Home Assistant open what it opens for its HTTP client
    stage.run(home.send(message="Open what there is", title="Ports", priority="high"))
    stage.run(home.phone.wait_for(lambda push: push.title == "Ports", 15))
    pid = home.process.pid
    assert pid is not None
    addresses = _listening(pid)
    assert addresses, "no open port at all: the test does not see them"
    assert {address for address in addresses if not address.is_loopback} == set()


def _listening(pid: int) -> set[IPv4Address | IPv6Address]:
    """The addresses on which a process waits for others."""
    own = {_inode(each) for each in Path(f"/proc/{pid}/fd").iterdir()}
    found = set()
    for table, state in {
        "tcp": TCP_LISTENS,
        "tcp6": TCP_LISTENS,
        "udp": UDP_BOUND,
        "udp6": UDP_BOUND,
    }.items():
        path = Path(f"/proc/{pid}/net/{table}")
        if not path.exists():  # a machine without IPv6
            continue
        for line in path.read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == state and fields[9] in own:
                found.add(_address(fields[1].partition(":")[0]))
    return found


def _inode(descriptor: Path) -> str:
    try:
        target = str(descriptor.readlink())
    except OSError:  # closed in the meantime
        return ""
    return target.removeprefix("socket:[").removesuffix("]")


def _address(text: str) -> IPv4Address | IPv6Address:
    """The kernel writes addresses as words in the machine's byte order."""
    words = [int(text[at : at + 8], 16) for at in range(0, len(text), 8)]
    return ip_address(struct.pack(f"={len(words)}I", *words))
