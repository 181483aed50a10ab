"""Real documents to measure on: Debian's documentation packages, fetched, unpacked and laid out as plain folders.

Used by `make quality` only, never by `make test`: fetching needs a network and a Debian `apt-get`. What a quality set
asks is told beside it (retrieval/, answers/).

Decision: English and Chinese pages lie in two libraries. Most pages are translations of each other, and in one library
an English question would be "wrong" whenever its Chinese twin came first.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from lxml import etree

LANGUAGES = ("en", "zh")

_LIBREOFFICE = (
    "swriter/guide",
    "swriter/01",
    "scalc/guide",
    "scalc/01",
    "shared/guide",
    "simpress/guide",
    "sdraw/guide",
    "schart/01",
    "sdatabase",
)
_WHOLE_BOOKS = ("developers-reference.html",)
"""One file with all the others' text: every question would have two right answers."""
_MALLARD = "{http://projectmallard.org/1.0/}"


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one package that go to one folder of one corpus. A `.page` (Mallard) is rendered to HTML on the way."""

    package: str
    source: str
    pattern: str
    target: str


def _parts(language: str) -> tuple[Part, ...]:
    english = language == "en"
    tag = "en" if english else "zh-cn"
    office = f"usr/share/libreoffice/help/{'en-US' if english else 'zh-CN'}/text"
    suffix = "" if english else "-zh-cn"
    parts = [
        *(
            Part(
                f"libreoffice-help-{'en-us' if english else 'zh-cn'}",
                f"{office}/{room}",
                "*.html",
                f"libreoffice/{room}",
            )
            for room in _LIBREOFFICE
        ),
        Part(
            f"debian-reference-{tag}",
            "usr/share/debian-reference",
            "ch*.html",
            "debian-reference",
        ),
        Part(
            f"debian-faq{suffix}",
            f"usr/share/doc/debian/FAQ{'' if english else '/zh-cn'}",
            f"*.{tag}.html",
            "debian-faq",
        ),
        Part(
            f"maint-guide{suffix}",
            f"usr/share/doc/maint-guide{suffix}/html",
            f"*.{tag}.html",
            "maint-guide",
        ),
        Part(
            f"gimp-help-{tag}",
            f"usr/share/gimp/2.0/help/{'en' if english else 'zh_CN'}",
            "*.html",
            "gimp",
        ),
        Part(
            "gnome-user-docs",
            f"usr/share/help/{'C' if english else 'zh_CN'}/gnome-help",
            "*.page",
            "gnome",
        ),
        Part(
            "debian-handbook",
            f"usr/share/doc/debian-handbook/html/{'en-US' if english else 'zh-CN'}",
            "*.html",
            "debian-handbook",
        ),
    ]
    if english:
        parts += [
            Part(
                "developers-reference",
                "usr/share/developers-reference",
                "*.html",
                "developers-reference",
            ),
            Part(
                "gnucash-docs",
                "usr/share/doc/gnucash-docs/gnucash-guide-en",
                "*.html",
                "gnucash/guide",
            ),
            Part(
                "gnucash-docs",
                "usr/share/doc/gnucash-docs/gnucash-help-en",
                "*.html",
                "gnucash/help",
            ),
        ]
    return tuple(parts)


def corpus(language: str, cache: Path) -> Path:
    """The folder with the corpus of `language` (`en` or `zh`), fetched and laid out on the first call."""
    folder = cache / "corpora" / language
    done = cache / "corpora" / f"{language}.complete"
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for part in _parts(language):
        _lay_out(part, unpacked(part.package, cache) / part.source, folder / part.target)
    done.touch()
    return folder


def unpacked(package: str, cache: Path) -> Path:
    """The folder with the package's files, from `apt-get download` unless it lies there already."""
    folder = cache / "x" / package
    if folder.exists():
        return folder
    downloads = cache / "deb"
    downloads.mkdir(parents=True, exist_ok=True)
    if not any(downloads.glob(f"{package}_*.deb")):
        subprocess.run(["apt-get", "download", package], cwd=downloads, check=True)
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    subprocess.run(
        ["dpkg-deb", "-x", str(next(downloads.glob(f"{package}_*.deb"))), str(part)],
        check=True,
    )
    part.rename(folder)
    return folder


def _lay_out(part: Part, source: Path, target: Path) -> None:
    files = sorted(path for path in source.glob(part.pattern) if path.is_file() and path.name not in _WHOLE_BOOKS)
    if not files:
        raise FileNotFoundError(f"{part.package} has no {part.pattern} in {part.source}")
    target.mkdir(parents=True, exist_ok=True)
    for path in files:
        if path.suffix == ".page":
            (target / f"{path.stem}.html").write_text(_mallard_to_html(path), encoding="utf-8")
        else:
            shutil.copyfile(path, target / path.name)


def _mallard_to_html(path: Path) -> str:
    """Titles as headings, paragraphs, list items and table cells; the rest of Mallard's mark-up is dropped."""
    root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, load_dtd=False)).getroot()
    title = _text(root.find(f"{_MALLARD}title"))
    lines = "\n".join(_blocks(root, 1))
    head = f'<head><meta charset="utf-8"><title>{escape(title)}</title></head>'
    return f"<!DOCTYPE html>\n<html>{head}\n<body>\n{lines}\n</body></html>\n"


def _blocks(element: etree._Element, level: int) -> Iterator[str]:
    wrap: dict[str, Callable[[str], str]] = {
        "title": lambda text: f"<h{min(level, 6)}>{text}</h{min(level, 6)}>",
        "p": lambda text: f"<p>{text}</p>",
        "desc": lambda text: f"<p>{text}</p>",
    }
    for child in element.iterchildren("{*}*"):  # neither comments nor processing instructions
        name = etree.QName(child).localname
        if name in ("credit", "revision", "link", "include", "license", "comment"):
            continue
        if name in wrap:
            yield wrap[name](escape(_text(child)))
        else:
            yield from _blocks(child, level + 1 if name == "section" else level)


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(str(piece) for piece in element.itertext()).split())


def main() -> None:
    parser = argparse.ArgumentParser(description="Fetch and lay out the corpora that quality is measured on.")
    parser.add_argument("cache", type=Path)
    arguments = parser.parse_args()
    for language in LANGUAGES:
        folder = corpus(language, arguments.cache)
        print(f"{language}: {sum(1 for path in folder.rglob('*.html'))} files in {folder}")


if __name__ == "__main__":
    main()
