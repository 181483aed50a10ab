"""`make run`: the window where there is a display, else the main job in the terminal by the same commands that a person
would type.

Fetches the default packs and indexes a folder first; in the terminal it then answers questions about it. With
NEARSIDE_NO_WINDOW=1 it stays in the terminal. Nothing here that the command line and the window can't do.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

NEARSIDE = (sys.executable, "-m", "copilot.cli")
WINDOW = (sys.executable, "-m", "ui")
BUNDLED = Path("docs/sample-folder")
QUESTIONS = (
    "How long is the warranty on the HS-22 heads?",
    "每月加班不得超过多少小时？",
    "What was the total of the hotel in Basel?",
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, default=BUNDLED)
    options.add_argument("--question", action="append", default=[])
    chosen = options.parse_args()
    environment = with_a_key(dict(os.environ))
    if not chosen.folder.exists():
        print(
            f"There is no folder at {chosen.folder}. Try: make run FOLDER=/path/to/your/files Q='your question'",
            file=sys.stderr,
        )
        return 2
    bundled = chosen.folder.resolve() == BUNDLED.resolve()
    questions = chosen.question or (QUESTIONS if bundled else ())
    steps = [("models", "fetch"), ("index", "add", str(chosen.folder))]
    if wants_window():
        return with_window(steps, chosen.question, environment, bundled=bundled)
    steps += [("ask", question, "--in", str(chosen.folder)) for question in questions]
    if code := taken(steps, environment):
        return code
    nearside = Path(sys.executable).with_name("nearside")
    print(f"\nYour turn: {nearside} ask 'your question'      {nearside} index add FOLDER      {nearside} --help")
    if "NEARSIDE_KEY_FILE" not in os.environ and "NEARSIDE_KEY_FILE" in environment:
        print(f"In this terminal first: export NEARSIDE_KEY_FILE={environment['NEARSIDE_KEY_FILE']}")
    return 0


def taken(steps: list[tuple[str, ...]], environment: dict[str, str]) -> int:
    """Run `nearside` once for each; the code of the first that fails, else 0."""
    for step in steps:
        print(f"\n$ nearside {' '.join(quoted(word) for word in step)}", flush=True)
        code = subprocess.run((*NEARSIDE, *step), env=environment, check=False).returncode
        if code:
            return code
    return 0


def wants_window() -> bool:
    """Whether there is a display, and nobody said that it shall not be used."""
    from copilot.paths import has_display

    return has_display() and not os.environ.get("NEARSIDE_NO_WINDOW")


def with_window(
    steps: list[tuple[str, ...]], questions: list[str], environment: dict[str, str], *, bundled: bool
) -> int:
    """The window, with the packs fetched. The bundled folder is taken in the first time only: it may be unwanted."""
    from copilot.paths import find_paths

    if bundled and find_paths().library.exists():
        steps = steps[:1]
    if code := taken(steps, environment):
        return code
    words = ("ask", questions[0]) if questions else ()
    print(
        "\nOpening the window. Closed, it stays in the tray; quit from there, or with Ctrl+C here.",
        flush=True,
    )
    code = subprocess.run((*WINDOW, *words), env=environment, check=False).returncode
    if code < 0:
        print(
            "The window could not be shown here. Install what Qt needs with: sh installers/debian_packages.sh run\n"
            "or stay in the terminal with: NEARSIDE_NO_WINDOW=1 make run",
            file=sys.stderr,
        )
        return 1
    return code


def with_a_key(environment: dict[str, str]) -> dict[str, str]:
    """Where there is no secure keyring, a key file of this user's own, and a line that says so."""
    from copilot.keys import KEY_FILE_VARIABLE, keyring_state
    from copilot.paths import find_paths

    if environment.get(KEY_FILE_VARIABLE) or keyring_state().name is not None:
        return environment
    file = find_paths().config / "library.key"
    print(f"No secure keyring here: the library's key is kept in {file}, readable by you alone.")
    return environment | {KEY_FILE_VARIABLE: str(file)}


def quoted(word: str) -> str:
    return f"'{word}'" if " " in word or "?" in word else word


if __name__ == "__main__":
    raise SystemExit(main())
