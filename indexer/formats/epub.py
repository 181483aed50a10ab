"""E-books (.epub): chapters in reading order, with the titles that the book's own table of contents gives them.

What a chapter's HTML means is told in hypertext.py.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from indexer.containers import ZIP_MAGIC, ZipParts, zip_parts
from indexer.content import Content, FormatResult, Limits, TextBuilder, damaged, title_from_name
from indexer.document import FileState
from indexer.encodings import decode
from indexer.errors import ExtractionFailed
from indexer.hypertext import add_hypertext, declared_charset

FORMAT_ID = "epub"
EXTENSIONS: tuple[str, ...] = (".epub",)
MEDIA_TYPES: tuple[str, ...] = ("application/epub+zip",)

_EMPTY_ELEMENT = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-zA-Z][\w:-]*)((?:\s[^<>]*?)?)/>"
)
"""`<title/>` is complete in XHTML, but to an HTML parser it swallows the rest of the page."""
_HEADING = re.compile(r"<h[1-6][\s>]", re.IGNORECASE)
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of veiling fonts: the text beside them is open."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if not head.startswith(ZIP_MAGIC):
        return False
    return head.find(b"mimetypeapplication/epub+zip", 0, 200) >= 0 or name.lower().endswith(EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    with zip_parts(content, limits) as parts:
        _refuse_encrypted(parts)
        package = _package(parts)
        book = parts.tree(package)
        folder = posixpath.dirname(package)
        chapter_titles = _contents(parts, book, folder)
        builder = TextBuilder(limits)
        for name in _spine(parts, book, folder):
            _add_chapter(parts, name, chapter_titles.get(name, ""), builder)
        title = " ".join((book.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "").split())
        language = (book.findtext(".//{http://purl.org/dc/elements/1.1/}language") or "").strip().lower()[:2]
        return builder.result(
            title or title_from_name(content.name),
            language=language if language.isalpha() and language != "un" else None,
            empty="The book holds no text, only pictures.",
        )


def _refuse_encrypted(parts: ZipParts) -> None:
    if "META-INF/encryption.xml" in parts:
        methods = parts.tree("META-INF/encryption.xml").iter("{*}EncryptionMethod")
        if any(method.get("Algorithm") not in _FONTS_ONLY for method in methods):
            raise ExtractionFailed(FileState.ENCRYPTED, "The book is locked by copy protection.")


def _package(parts: ZipParts) -> str:
    """The part that lists the book's chapters."""
    if "META-INF/container.xml" in parts:
        for entry in parts.tree("META-INF/container.xml").iter("{*}rootfile"):
            path = entry.get("full-path", "")
            if path in parts:
                return path
    raise damaged("its list of chapters is missing")


def _items(book: etree._Element, folder: str) -> Iterator[tuple[etree._Element, str]]:
    for item in book.iterfind("{*}manifest/{*}item"):
        yield item, posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _spine(parts: ZipParts, book: etree._Element, folder: str) -> Iterator[str]:
    """The chapters in reading order, without the book's own table of contents."""
    items = {item.get("id"): (item, name) for item, name in _items(book, folder)}
    missing = 0
    for entry in book.iterfind("{*}spine/{*}itemref"):
        item, name = items.get(entry.get("idref"), (None, ""))
        if item is None or name not in parts:
            missing += 1
        elif "html" in item.get("media-type", "html") and "nav" not in item.get("properties", "").split():
            yield name
    if missing:
        raise damaged("some of its chapters are missing")


def _contents(parts: ZipParts, book: etree._Element, folder: str) -> dict[str, str]:
    """Chapter file -> its title in the table of contents (EPUB 2: toc.ncx; EPUB 3: nav document)."""
    titles: dict[str, str] = {}
    for item, name in _items(book, folder):
        if name not in parts:
            continue
        if item.get("media-type") == "application/x-dtbncx+xml":
            entries = (
                (point.find("{*}content"), "src", " ".join(point.findtext("{*}navLabel/{*}text", "").split()))
                for point in parts.tree(name).iter("{*}navPoint")
            )
        elif "nav" in item.get("properties", "").split():
            entries = (
                (a, "href", " ".join("".join(map(str, a.itertext())).split())) for a in parts.tree(name).iter("{*}a")
            )
        else:
            continue
        for element, attribute, text in entries:
            target = unquote(element.get(attribute, "")).partition("#")[0] if element is not None else ""
            if target and text:
                titles.setdefault(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)), text)
    return titles


def _add_chapter(parts: ZipParts, name: str, title: str, builder: TextBuilder) -> None:
    data = parts.read(name)
    markup = _EMPTY_ELEMENT.sub(r"<\1\2></\1>", decode(data, declared_charset(data)).text)
    if title and not _HEADING.search(markup):
        builder.heading(1, title)
    add_hypertext(builder, markup)
