"""`python -m ui [WORDS]`: the desktop window, or a word to the one that is open. The order of its start is app.py's.

Without words it shows the window. `--quick` shows the quick bar, with `--region` it reads a part of the screen first;
`--page PAGE` shows a page, `--hidden` starts in the tray, `ask TEXT` writes a question into the field, a file or folder
is shown, a `nearside:` link asks or shows.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from copilot.paths import activation_token, find_paths
from ui.instance import Summons, summon, take_lock


def main() -> int:
    words, hidden = _read(sys.argv[1:])
    paths = find_paths()
    lock = take_lock(paths)
    if lock is None:
        if summon(paths, words.activated_by(activation_token())):
            return 0
        sys.stderr.write("Nearside runs already but does not answer. End it and start it again.\n")
        return 8
    from ui.app import run  # widgets are loaded only by the start that shows them

    return run(paths, words, hidden=hidden)


def _read(arguments: list[str]) -> tuple[Summons, bool]:
    parser = argparse.ArgumentParser(prog="nearside-desktop", description="A private copilot for your files.")
    parser.add_argument("--quick", action="store_true", help="show the quick bar")
    parser.add_argument("--region", action="store_true", help="with --quick: read text from a part of the screen")
    parser.add_argument("--page", default="", help="show a page: chat, search, library, privacy, models, settings")
    parser.add_argument("--hidden", action="store_true", help="start in the tray")
    parser.add_argument("words", nargs="*", help="ask TEXT, a file, or a nearside: link")
    chosen = parser.parse_args(arguments)
    if chosen.quick and chosen.region:
        return Summons("region"), True
    if chosen.quick:
        return Summons("quick", " ".join(chosen.words)), True
    if chosen.page:
        return Summons("page", chosen.page), False
    return _meant(chosen.words), chosen.hidden


def _meant(words: list[str]) -> Summons:
    match words:
        case []:
            return Summons("raise")
        case ["ask", *question]:
            return Summons("ask", " ".join(question)[:16_384])
        case [one] if one.startswith("nearside:"):
            return linked(one)
        case [one] if Path(one).exists():
            return Summons("file", str(Path(one).absolute()))
        case _:
            return Summons("ask", " ".join(words)[:16_384])


def linked(link: str) -> Summons:
    """What a `nearside:` link shows. A web page can hold one, so it can write into a field but never send.

    `nearside:ask?text=…`, `nearside:page/library`, `nearside:quick`.
    """
    parts = urlsplit(link)
    verb, _, rest = parts.path.strip("/").partition("/")
    text = parse_qs(parts.query).get("text", [""])[0]
    match verb:
        case "ask" | "quick":
            return Summons(verb, text[:16_384])
        case "page":
            return Summons("page", unquote(rest)[:64])
        case _:
            return Summons("raise")


if __name__ == "__main__":
    raise SystemExit(main())
