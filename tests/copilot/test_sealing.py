"""A sealed process, and what it starts, opens no internet socket. Each case runs in a process of its own: there is no
way back.
"""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="seccomp is Linux's")


def sealed(code: str) -> str:
    """What `code` prints when it runs in a process that sealed itself first."""
    whole = "from copilot.sealing import seal\nbelts = seal()\n" + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", whole], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


TRY_IN_C = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
print([(libc.socket(family, 1, 0) >= 0, ctypes.get_errno()) for family in ({families})])
"""


def test_python_sockets_are_refused_and_local_ones_are_not() -> None:
    said = sealed(
        """
        import socket
        refused = []
        for family in (socket.AF_INET, socket.AF_INET6):
            try:
                socket.socket(family)
            except PermissionError:
                refused.append(family.name)
        ours, theirs = socket.socketpair()
        ours.sendall(b"still talking")
        print(refused, theirs.recv(20))
        """
    )
    assert said == "['AF_INET', 'AF_INET6'] b'still talking'"


def test_names_are_not_looked_up() -> None:
    said = sealed(
        """
        import socket
        try:
            socket.getaddrinfo("localhost", 80)
        except PermissionError:
            print("refused")
        """
    )
    assert said == "refused"


@LINUX
def test_other_languages_are_refused_by_the_kernel() -> None:
    assert sealed("print([belt.holds for belt in belts])") == "[True, True]"
    inet_inet6_packet_vsock = TRY_IN_C.format(families="2, 10, 17, 40, 77")
    assert sealed(inet_inet6_packet_vsock) == str([(False, 1)] * 5)
    assert sealed(TRY_IN_C.format(families="1,")) == "[(True, 0)]"


@LINUX
def test_children_and_running_threads_are_sealed_too() -> None:
    in_child = TRY_IN_C.format(families="2,")
    assert (
        sealed(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {in_child!r}], check=True)")
        == "[(False, 1)]"
    )
    whole = f"""
import threading
go = threading.Event()
def late():
    go.wait()
    exec({in_child!r}, {{}})
thread = threading.Thread(target=late); thread.start()
from copilot.sealing import seal
seal()
go.set(); thread.join()
"""
    done = subprocess.run(
        [sys.executable, "-c", whole], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[(False, 1)]"


def test_sealing_twice_changes_nothing() -> None:
    assert sealed("print(seal() == belts)") == "True"
