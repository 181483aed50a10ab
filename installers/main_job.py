"""`make run`: the main job on this computer, by the same commands that a person would type.

Fetches the default packs, indexes a folder, answers questions about it. Nothing here that the command line can't do.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

NEARSIDE = (sys.executable, "-m", "copilot.cli")
BUNDLED = Path("docs/sample-folder")
QUESTIONS = (
    "How long is the warranty on the HS-22 heads?",
    "每月加班不得超过多少小时？",
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, default=BUNDLED)
    options.add_argument("--question", action="append", default=[])
    chosen = options.parse_args()
    if sys.platform == "win32" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        print("The desktop window is not built yet; here is the main job in the terminal.\n")
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
    steps += [("ask", question, "--in", str(chosen.folder)) for question in questions]
    for step in steps:
        print(f"\n$ nearside {' '.join(quoted(word) for word in step)}", flush=True)
        code = subprocess.run((*NEARSIDE, *step), env=environment, check=False).returncode
        if code:
            return code
    nearside = Path(sys.executable).with_name("nearside")
    print(f"\nYour turn: {nearside} ask 'your question'      {nearside} index add FOLDER      {nearside} --help")
    if "NEARSIDE_KEY_FILE" not in os.environ and "NEARSIDE_KEY_FILE" in environment:
        print(f"In this terminal first: export NEARSIDE_KEY_FILE={environment['NEARSIDE_KEY_FILE']}")
    return 0


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
