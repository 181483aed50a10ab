"""Collects what the window says and makes the files in which it says it in other languages.

`python -m installers.translations` brings ui/i18n/*.ts up to date with the code (nearside_en.ts holds plurals alone)
and makes the *.qm that the window reads. What is not translated yet stays marked `unfinished`; a test names it.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ui" / "i18n"
LANGUAGES = {"en": ("-pluralonly", "-target-language", "en_US"), "zh_CN": ("-target-language", "zh_CN")}
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that the window says: `translations` are as many as the language has plural forms, else one."""

    context: str
    source: str
    translations: tuple[str, ...]
    finished: bool
    vanished: bool


def sources() -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "ui").rglob("*.py"))


def collect(language: str, file: Path) -> None:
    """Bring one .ts up to date with the code; what is said no more goes."""
    options = ("-locations", "none", "-no-obsolete", "-source-language", "en_US", *LANGUAGES[language])
    _run("pyside6-lupdate", *sources(), *options, "-ts", str(file))


def release(source: Path, compiled: Path) -> None:
    _run("pyside6-lrelease", str(source), "-qm", str(compiled))


def phrases(file: Path) -> tuple[Phrase, ...]:
    """Everything in a .ts."""
    found = []
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = translation.findall("numerusform") or [translation]
            found.append(
                Phrase(
                    context.findtext("name", ""),
                    message.findtext("source", ""),
                    tuple(form.text or "" for form in forms),
                    translation.get("type") != "unfinished",
                    translation.get("type") in ("vanished", "obsolete"),
                )
            )
    return tuple(found)


def _run(tool: str, *words: str) -> None:
    done = subprocess.run([str(BIN / tool), *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{tool}: {done.stderr.strip()}")


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    left = 0
    for language in LANGUAGES:
        file = FOLDER / f"nearside_{language}.ts"
        collect(language, file)
        release(file, file.with_suffix(".qm"))
        unfinished = [phrase for phrase in phrases(file) if not phrase.finished]
        left += len(unfinished)
        for phrase in unfinished:
            print(f"{language} {phrase.context}: {phrase.source!r} is not translated")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
