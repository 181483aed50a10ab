"""JSON, YAML, TOML, INI and XML: shown and searched as the file stands, so that a citation's line is the editor's line.

Decision: markup is not turned into prose. Keys are words people search for ("timeout", "endpoint"), a value without its
key means little, and line numbers are what a reader of such a file needs. Top-level keys become headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.content import Content, FormatResult, Limits
from indexer.document import SectionKind
from indexer.encodings import looks_like_text
from indexer.lines import Mark, lined_result, read_lines

FORMAT_ID = "structured"
EXTENSIONS = (
    *(".json", ".jsonl", ".ndjson", ".geojson", ".json5", ".ipynb", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf"),
    *(".xml", ".xsd", ".xsl", ".xslt", ".rss", ".atom", ".opml", ".plist", ".kml", ".gpx", ".svg", ".dita", ".docbook"),
    *(".desktop", ".reg", ".env", ".ics", ".vcf", ".bib", ".ris"),
)
MEDIA_TYPES = ("application/json", "application/yaml", "application/toml", "application/xml", "text/xml")

_YAML_KEY = re.compile(r"^([A-Za-z_][\w .\-]{0,80}):(?:\s|$)", re.MULTILINE)
_JSON_KEY = re.compile(r'^(?: {1,4}|\t)"([^"\n]{1,80})"\s*:\s*[\[{]', re.MULTILINE)
_INI_SECTION = re.compile(r"^\[{1,2}([^\[\]\n]{1,120})\]{1,2}[ \t]*(?:#.*)?$", re.MULTILINE)
_INI_ENDINGS = (".toml", ".ini", ".cfg", ".conf", ".desktop", ".reg")


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if not looks_like_text(head):
        return False
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<?xml") or name.lower().endswith(EXTENSIONS)


def extract(content: Content, limits: Limits) -> FormatResult:
    text = read_lines(content, limits)
    return lined_result(content, text, _marks(text, content.name.lower()))


def _marks(text: str, name: str) -> Iterator[Mark]:
    """The top-level keys of formats where a line tells them; XML and JSON lines have none and stay one section."""
    pattern = None
    if name.endswith((".yaml", ".yml")):
        pattern = _YAML_KEY
    elif name.endswith(".json"):
        pattern = _JSON_KEY
    elif name.endswith(_INI_ENDINGS):
        pattern = _INI_SECTION
    yield Mark(0, (), SectionKind.CODE)
    if pattern is not None:
        for match in pattern.finditer(text):
            yield Mark(match.start(), (match.group(1).strip(),), SectionKind.CODE)
