"""The worker's side of extraction: a process that turns paths into extractions until its input ends.

It keeps itself within bounds where the system allows: address space, processor time, no written files, no life after
the parent. The limits that count are the parent's (isolation.py); these here hold between two of its looks.

Each message is MessagePack behind its length in four bytes, never pickle; what libraries print goes nowhere.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, BinaryIO, NoReturn

import msgspec

from indexer import belts
from indexer.content import Limits
from indexer.document import Extracted, FileState, SourceFile

OUT_OF_MEMORY = (FileState.TOO_LARGE, "Reading the file takes more memory than is allowed for one file.")
TOO_MUCH_TEXT = (FileState.TOO_LARGE, "The file holds more text than is allowed for one file.")
_LENGTH = struct.Struct("!I")


class Greeting(msgspec.Struct, frozen=True):
    """The first message to a worker."""

    parent: int
    limits: Limits
    pages: bool = False
    """This one draws pages and extracts nothing: it need not load what extraction needs."""
    belts: bool = False
    """This one tries whether it can reach the network, says so, and ends."""


class TooMuch(Exception):
    """A message longer than agreed."""


def answer_bytes(limits: Limits) -> int:
    """The largest answer of a worker that keeps its limits: text, its chunks, their words and their places."""
    return min(limits.output_chars * 24 + (64 << 20), 0xFFFFFFFF)


def write_message(stream: BinaryIO | IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)) + message if len(message) < 65536 else _LENGTH.pack(len(message)))
    if len(message) >= 65536:
        stream.write(message)
    stream.flush()


def read_message(stream: BinaryIO | IO[bytes], limit: int) -> bytes:
    """One message. Raises EOFError when the other side is gone, TooMuch above `limit` bytes."""
    prefix = stream.read(_LENGTH.size)
    if len(prefix) < _LENGTH.size:
        raise EOFError
    length = int(_LENGTH.unpack(prefix)[0])
    if length > limit:
        raise TooMuch
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return message


def run_worker() -> NoReturn:
    """Answer paths from standard input with extractions on standard output, or requests for pages with pictures of
    them, until the input ends. Never returns."""
    requests, answers = _claim_pipes()
    belts.fasten()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    greeting = msgspec.msgpack.decode(read_message(requests, 1 << 16), type=Greeting)
    _die_with(greeting.parent)
    _lower_priority()
    if greeting.belts:
        write_message(answers, msgspec.msgpack.encode(belts.tried()))
        os._exit(0)
    if greeting.pages:
        _draw_pages(requests, answers, greeting.limits)
    from indexer.extraction import extract, warm_up

    warm_up()
    gc.freeze()
    # Extraction makes many objects and few cycles: the collector's default rhythm costs a tenth of the time.
    gc.set_threshold(50_000, 20, 50)
    cap_cpu = _cap_resources(greeting.limits)
    encoder = msgspec.msgpack.Encoder()
    write_message(answers, b"\xc0")
    while True:
        try:
            path = msgspec.msgpack.decode(read_message(requests, 1 << 20), type=str)
        except EOFError:
            os._exit(0)
        cap_cpu()
        try:
            answer = encoder.encode(extract(path, greeting.limits))
        except MemoryError:
            answer = encoder.encode((Extracted(SourceFile(path, 0, 0), *OUT_OF_MEMORY),))
        if len(answer) > answer_bytes(greeting.limits):
            answer = encoder.encode((Extracted(SourceFile(path, 0, 0), *TOO_MUCH_TEXT),))
        write_message(answers, answer)


def _draw_pages(requests: BinaryIO, answers: BinaryIO, limits: Limits) -> NoReturn:
    from indexer.pages import PageAnswer, PageRequest, draw

    cap_cpu = _cap_resources(limits)
    write_message(answers, b"\xc0")
    while True:
        try:
            request = msgspec.msgpack.decode(read_message(requests, 1 << 20), type=PageRequest)
        except EOFError:
            os._exit(0)
        cap_cpu()
        try:
            answer = draw(request, limits)
        except MemoryError:
            answer = PageAnswer(None, OUT_OF_MEMORY[1])
        write_message(answers, msgspec.msgpack.encode(answer))


def _claim_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, out of reach of libraries that print: files 0, 1 and 2 lead nowhere from here on."""
    requests, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    if sys.platform == "win32":
        import msvcrt

        for number in (requests, answers):
            msvcrt.setmode(number, os.O_BINARY)
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _die_with(parent: int) -> None:
    """See to it that this process ends when the parent does, even killed, and even in the middle of a file."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)  # it was gone before we asked
    else:
        threading.Thread(target=_wait_for, args=(parent,), daemon=True).start()


def _wait_for(parent: int) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        psutil.Process(parent).wait()
    os._exit(1)


def _lower_priority() -> None:
    if sys.platform == "win32":
        import psutil

        with contextlib.suppress(psutil.Error):
            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        with contextlib.suppress(OSError):
            os.nice(5)


def _address_space() -> int:
    """Bytes this process has mapped."""
    try:
        with open("/proc/self/statm", encoding="ascii") as sizes:
            return int(sizes.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import psutil  # a tenth of a worker's start, so only where nothing simpler does

        return int(psutil.Process().memory_info().vms)


def _cap_resources(limits: Limits) -> Callable[[], None]:
    """Cap address space and written files for good; the returned function caps processor time for the file to come."""
    if sys.platform == "win32":
        return lambda: None
    import resource

    caps = (
        (resource.RLIMIT_AS, _address_space() + limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, cap in caps:
        with contextlib.suppress(ValueError, OSError):  # not every system knows or allows every cap
            resource.setrlimit(kind, (cap, resource.getrlimit(kind)[1]))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]

    def cap_cpu() -> None:
        # Later than the parent's own verdict, so that this one only speaks when nobody watches any more.
        seconds = int(time.process_time() + limits.cpu_seconds * 1.5) + 2
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))

    return cap_cpu
