"""`python -m ui`: the desktop window's start. Until the window is here it says so and points at the command line."""

from __future__ import annotations

import sys


def main() -> int:
    sys.stderr.write("The desktop window is not built yet. Use the command line: nearside --help\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
