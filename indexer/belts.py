"""The belts that keep a process off the network, as far as every process can put them on and try them itself.

The belt for every system is a Python audit hook; it sees Python's own sockets alone. The kernel's filter is put on by
copilot/sealing.py and inherited by whatever a sealed process starts. Whether one holds is found out by trying.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from dataclasses import dataclass

LOCAL_FAMILIES = (1, 16)
"""AF_UNIX, AF_NETLINK (Linux numbers). Netlink carries notices of this machine's kernel and reaches no other machine.
"""
HOOK = "Python audit hook"
FILTER = "seccomp filter"

_INET = (2, 1, 0)
"""AF_INET, SOCK_STREAM, default protocol: the beginning of every TCP connection."""


@dataclass(frozen=True, slots=True)
class Belt:
    """One measure and whether it holds; `reason` says why not."""

    name: str
    holds: bool
    reason: str = ""


def fasten() -> Belt:
    """Put the audit hook on this process, for good."""
    sys.addaudithook(_refuse_internet)
    return Belt(HOOK, True)


def _refuse_internet(event: str, arguments: tuple[object, ...]) -> None:
    # "socket.__new__" carries (socket, family, type, protocol); a duplicate of an open descriptor has family -1 and is
    # judged by the kernel, which refused to make the original.
    if event == "socket.__new__" and arguments[1] not in (*LOCAL_FAMILIES, -1):
        raise PermissionError(errno.EPERM, "This process is sealed: it opens no network connection")
    if event == "socket.getaddrinfo":
        raise PermissionError(errno.EPERM, "This process is sealed: it looks up no names")


def tried() -> tuple[Belt, ...]:
    """Which belts refuse when this process asks for a socket of the internet; none is connected anywhere."""
    return _tried_hook(), _tried_filter()


def _tried_hook() -> Belt:
    try:
        sys.audit("socket.__new__", None, *_INET)
    except PermissionError:
        return Belt(HOOK, True)
    return Belt(HOOK, False, "it was not put on")


def _tried_filter() -> Belt:
    if not sys.platform.startswith("linux"):
        return Belt(FILTER, False, "only Linux has it; here a firewall rule per program does this")
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(*_INET)
    if descriptor < 0:
        return Belt(
            FILTER, ctypes.get_errno() == errno.EPERM, "" if ctypes.get_errno() == errno.EPERM else "no network"
        )
    os.close(descriptor)
    return Belt(FILTER, False, "the kernel lets it open a socket")
