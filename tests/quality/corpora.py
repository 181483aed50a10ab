"""Real documents to measure on: Debian's documentation packages, fetched, unpacked and laid out as plain folders.

Used by `make quality` only, never by `make test`: fetching needs a network and a Debian `apt-get`. What a quality set
asks is told beside it (retrieval/, answers/).

Decision: English and Chinese pages lie in two libraries. Most pages are translations of each other, and in one library
an English question would be "wrong" whenever its Chinese twin came first.
"""

from __future__ import annotations

import shutil
import subprocess
import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from lxml import etree

LANGUAGES = ("en", "zh")

_LIBREOFFICE = (
    ("swriter/guide", 1),
    ("scalc/guide", 1),
    ("shared/guide", 1),
    ("simpress/guide", 1),
    ("sdraw/guide", 1),
    ("swriter/01", 4),
    ("scalc/01", 6),
    ("schart/01", 4),
    ("sdatabase", 4),
)
_WHOLE_BOOKS = ("developers-reference.html",)
"""One file with all the others' text: every question would have two right answers."""
_MALLARD = "{http://projectmallard.org/1.0/}"


@dataclass(frozen=True, slots=True)
class Part:
    """Files of one package that go to one folder of one corpus. A `.page` (Mallard) is rendered to HTML on the way.

    `one_in` thins out large manuals by their files' names; what a question asks for (`wanted`) always stays.
    """

    package: str
    source: str
    pattern: str
    target: str
    one_in: int = 1


def _parts(language: str) -> tuple[Part, ...]:
    english = language == "en"
    tag, suffix = ("en", "") if english else ("zh-cn", "-zh-cn")
    office = "usr/share/libreoffice/help/" + ("en-US/text" if english else "zh-CN/text")
    handbook = "usr/share/doc/debian-handbook/html/" + ("en-US" if english else "zh-CN")
    parts = [
        Part(
            "libreoffice-help-" + ("en-us" if english else tag),
            f"{office}/{room}",
            "*.html",
            f"libreoffice/{room}",
            thin,
        )
        for room, thin in _LIBREOFFICE
    ]
    parts += [
        Part(f"debian-reference-{tag}", "usr/share/debian-reference", "ch*.html", "debian-reference"),
        Part(
            f"debian-faq{suffix}",
            "usr/share/doc/debian/FAQ" + suffix.replace("-", "/", 1),
            f"*.{tag}.html",
            "debian-faq",
        ),
        Part(f"maint-guide{suffix}", f"usr/share/doc/maint-guide{suffix}/html", f"*.{tag}.html", "maint-guide"),
        Part("gnome-user-docs", f"usr/share/help/{'C' if english else 'zh_CN'}/gnome-help", "*.page", "gnome"),
        Part("debian-handbook", handbook, "*.html", "debian-handbook", 2),
    ]
    if english:
        gnucash = "usr/share/doc/gnucash-docs/gnucash"
        parts += [
            Part("gimp-help-en", "usr/share/gimp/2.0/help/en", "*.html", "gimp", 6),
            Part("developers-reference", "usr/share/developers-reference", "*.html", "developers-reference"),
            Part("gnucash-docs", f"{gnucash}-guide-en", "*.html", "gnucash/guide", 4),
            Part("gnucash-docs", f"{gnucash}-help-en", "*.html", "gnucash/help", 4),
        ]
    else:
        parts.append(Part("gimp-help-zh-cn", "usr/share/gimp/2.0/help/zh_CN", "*.html", "gimp", 8))
    return tuple(parts)


def corpus(language: str, cache: Path, wanted: Collection[str] = ()) -> Path:
    """The folder with the corpus of `language` (`en` or `zh`), fetched and laid out on the first call.

    `wanted`: paths below it that must be there, whatever the manual they are from is thinned out to.
    """
    folder = cache / "corpora" / language
    done = cache / "corpora" / f"{language}.complete"
    if done.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    for part in _parts(language):
        _lay_out(part, unpacked(part.package, cache) / part.source, folder / part.target, wanted)
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
        _download(package, downloads)
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)  # dpkg-deb makes the last folder only
    subprocess.run(
        ["dpkg-deb", "-x", str(next(downloads.glob(f"{package}_*.deb"))), str(part)],
        check=True,
    )
    part.rename(folder)
    return folder


def _download(package: str, folder: Path) -> None:
    """Fetch a package's file. Needs no root, and no lists of packages on the computer: new containers have none."""
    command = ["apt-get", "-o", "APT::Sandbox::User=", "download", package]
    if subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0:
        return
    lists, cache = folder / "apt" / "lists", folder / "apt" / "cache"
    for own in (lists, cache):
        (own / "partial").mkdir(parents=True, exist_ok=True)
    places = ["-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}"]
    for verb in (["update", "-qq"], ["download", package]):
        subprocess.run([*command[:3], *places, *verb], cwd=folder, check=True)


def _lay_out(part: Part, source: Path, target: Path, wanted: Collection[str]) -> None:
    files = sorted(path for path in source.glob(part.pattern) if path.is_file() and path.name not in _WHOLE_BOOKS)
    if not files:
        raise FileNotFoundError(f"{part.package} has no {part.pattern} in {part.source}")
    target.mkdir(parents=True, exist_ok=True)
    for path in files:
        name = f"{path.stem}.html"
        if zlib.crc32(name.encode()) % part.one_in and f"{part.target}/{name}" not in wanted:
            continue
        if path.suffix == ".page":
            (target / name).write_text(_mallard_to_html(path), encoding="utf-8")
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
