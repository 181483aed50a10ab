"""Sealing a process: from here on it, and every child it starts, can open no internet socket.

Two belts. A Python audit hook refuses at once and names the culprit, but sees only Python's own sockets. On Linux a
seccomp filter in the kernel refuses the system call itself, whatever language asks, and children inherit it. Other
systems have the first belt here and a firewall rule per executable from the installer.

Decision: families are refused by a list of what is allowed (local sockets and the kernel's own notices), not of what is
forbidden, so that a family nobody thought of stays shut; io_uring goes too, because it opens sockets without the call
that the filter watches. There is no way back: a filter can't be lifted, which is the point. Whoever must reach the
network (the gateway's spawner) is started before.
"""

from __future__ import annotations

import errno
import sys

from indexer.belts import FILTER, LOCAL_FAMILIES, Belt, fasten

HIGHEST_FAMILY = 64
"""Families above are unknown to today's kernels and are refused as one range."""

_belts: tuple[Belt, ...] = ()


def seal() -> tuple[Belt, ...]:
    """Seal this process for good. A second call changes nothing. Returns which belts hold."""
    global _belts
    if not _belts:
        _belts = (fasten(), _kernel_filter())
    return _belts


def belts() -> tuple[Belt, ...]:
    """What `seal` achieved in this process; empty while it was not called."""
    return _belts


def _kernel_filter() -> Belt:
    if not sys.platform.startswith("linux"):
        return Belt(FILTER, False, "only Linux has it; here a firewall rule per program does this")
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError) as error:
        return Belt(FILTER, False, f"the library libseccomp2 is missing ({type(error).__name__})")
    try:
        rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ALLOW)
        refuse = pyseccomp.ERRNO(errno.EPERM)
        for family in range(HIGHEST_FAMILY):
            if family not in LOCAL_FAMILIES:
                rules.add_rule(refuse, "socket", pyseccomp.Arg(0, pyseccomp.EQ, family))
        rules.add_rule(refuse, "socket", pyseccomp.Arg(0, pyseccomp.GE, HIGHEST_FAMILY))
        rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "io_uring_setup")
        rules.set_attr(pyseccomp.Attr.CTL_TSYNC, 1)  # every thread that runs already, too
        rules.load()
    except (OSError, RuntimeError, ValueError) as error:
        return Belt(FILTER, False, f"the kernel refused it ({type(error).__name__})")
    return Belt(FILTER, True)
