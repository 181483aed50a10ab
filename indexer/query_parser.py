"""The reading of a query that a person typed: words, phrases and filters -> Query.

    type:pdf in:"My Contracts" after:2026-01-01 before:2026-07 name:budget "exact phrase" -draft notice period

No ranking and no store here; which words count is the affair of words.py.

Decision: only the five known keys directly followed by a colon and a value are filters. Anything else with a colon
("Re: offer", "http://x", "12:30", "in: the beginning") is what people paste and ask, and stays plain text; refusing it
would make every pasted subject line a syntax error. A known key with a value that can't be meant (`after:soon`) is an
error, since dropping a filter silently would show files that the person had just excluded.

Chinese keys and full-width signs are taken as their ASCII twins: input methods write them by themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from indexer.errors import EmptyQuery, QuerySyntax
from indexer.query import Filter, Query

_ASCII_TWINS = str.maketrans("：“”„＂－　，、", ':""""- ,,')
"""One character for one character: positions in the twin are positions in the text as typed."""

_KEYS = {
    "type": "type",
    "类型": "type",
    "類型": "type",
    "in": "in",
    "位于": "in",
    "位於": "in",
    "文件夹": "in",
    "資料夾": "in",
    "after": "after",
    "晚于": "after",
    "之后": "after",
    "之後": "after",
    "before": "before",
    "早于": "before",
    "之前": "before",
    "name": "name",
    "文件名": "name",
    "名称": "name",
    "檔名": "name",
}

_FAMILIES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("doc", "docs", "document", "文档", "文檔"),
        ("docx", "odt", "rtf", ".doc", ".docx", ".odt", ".rtf"),
    ),
    (
        ("sheet", "sheets", "spreadsheet", "table", "表格", "电子表格"),
        (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv"),
    ),
    (
        ("slides", "slide", "presentation", "幻灯片", "演示", "簡報"),
        ("pptx", "odp", ".pptx", ".odp", ".ppt"),
    ),
    (("mail", "mails", "email", "邮件", "郵件"), ("mail", ".eml", ".mbox", ".msg")),
    (
        ("image", "images", "picture", "photo", "图片", "圖片"),
        (
            "image",
            ".png",
            ".jpg",
            ".jpeg",
            ".tif",
            ".tiff",
            ".bmp",
            ".gif",
            ".webp",
            ".heic",
        ),
    ),
    (("code", "source", "代码", "程式碼"), ("code",)),
    (("text", "txt", "文本"), (".txt", ".text", ".log")),
    (("html", "htm", "web", "网页", "網頁"), ("html", ".html", ".htm", ".xhtml")),
    (("md", "markdown"), (".md", ".markdown")),
    (("yaml", "yml"), (".yaml", ".yml")),
    (("jpg", "jpeg"), (".jpg", ".jpeg")),
)
_TYPES = {alias: formats for aliases, formats in _FAMILIES for alias in aliases}
_ENDING = re.compile(r"\.?([a-z0-9]{1,5})\Z")
_TYPE_ADVICE = "Use an ending such as type:pdf, or one of: doc, sheet, slides, mail, image, code, text."

_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?\Z")
_CHINESE_DATE = re.compile(r"\d{4}年")
_DAYS_AGO = re.compile(r"(\d{1,5})([dwmy天周週])\Z")
_UNIT_DAYS = {"d": 1, "天": 1, "w": 7, "周": 7, "週": 7, "m": 30, "y": 365}
_DATE_NAMES = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}
_DATE_ADVICE = "Write 2026, 2026-03, 2026-03-31, today, yesterday, or a stretch back from today such as 7d."

_KEY = re.compile(r"([^\W\d_]+):(?=\S)")
_BARE = re.compile(r"\S+")
_BARE_VALUE = re.compile(r'[^\s"]+')


@dataclass(slots=True)
class _Reading:
    """What was read so far; `twin` is `text` with ASCII signs, character for character."""

    text: str
    twin: str
    today: date
    words: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    after: date | None = None
    before: date | None = None


def parse(text: str, top_k: int = 10, today: date | None = None) -> Query:
    """Read one line. `today` (default: the local date) is what `today` and `7d` count from.

    Days begin at local midnight. `after:D` begins with the first moment of D, `before:D` ends before it; a year or a
    month stands for its first day. A phrase limits what is found and is part of `Query.text` too, so that it ranks.
    Raises EmptyQuery, and QuerySyntax with the position of the part that can't be read.
    """
    reading = _Reading(text, text.translate(_ASCII_TWINS), today or datetime.now().astimezone().date())
    position = 0
    while position < len(text):
        position = position + 1 if reading.twin[position].isspace() else _read_part(reading, position)
    _check_dates(reading)
    query = Query(" ".join(reading.words), top_k, _as_filter(reading))
    if not query.text and query.filter in (
        Filter(),
        Filter(excluded=query.filter.excluded),
    ):
        raise EmptyQuery
    return query


def _as_filter(reading: _Reading) -> Filter:
    return Filter(
        formats=tuple(dict.fromkeys(reading.formats)),
        folders=tuple(dict.fromkeys(reading.folders)),
        names=tuple(dict.fromkeys(reading.names)),
        phrases=tuple(dict.fromkeys(reading.phrases)),
        excluded=tuple(dict.fromkeys(reading.excluded)),
        after_ns=_midnight_ns(reading.after),
        before_ns=_midnight_ns(reading.before),
    )


def _read_part(reading: _Reading, start: int) -> int:
    """Read what begins at `start`, which is no white space; return where the next part may begin."""
    twin = reading.twin
    if twin[start] == '"':
        phrase, end = _quoted(reading, start)
        if phrase:
            reading.phrases.append(phrase)
            reading.words.append(phrase)
        return end
    if twin[start] == "-" and start + 1 < len(twin) and (twin[start + 1] == '"' or twin[start + 1].isalnum()):
        return _read_excluded(reading, start)
    key = _KEY.match(twin, start)
    if key and key[1].lower() in _KEYS:
        return _read_filter(reading, _KEYS[key[1].lower()], start, key.end())
    match = _BARE.match(twin, start)
    assert match is not None  # not white space: at least one character
    word = reading.text[start : match.end()]
    reading.words.append(word)
    return start + len(word)


def _quoted(reading: _Reading, start: int) -> tuple[str, int]:
    """The text between the quotation marks that open at `start`, and the position after them."""
    end = reading.twin.find('"', start + 1)
    if end < 0:
        raise QuerySyntax(
            f"The quotation mark at character {start + 1} is never closed.",
            start,
            "Close it, or leave it out to search for the words in any order.",
        )
    return " ".join(reading.text[start + 1 : end].split()), end + 1


def _value(reading: _Reading, start: int) -> tuple[str, int]:
    """A filter's value, quoted or up to the next white space."""
    if reading.twin[start] == '"':
        return _quoted(reading, start)
    match = _BARE_VALUE.match(reading.twin, start)
    assert match is not None  # _KEY and _read_excluded looked ahead
    return reading.text[start : match.end()], match.end()


def _read_excluded(reading: _Reading, start: int) -> int:
    key = _KEY.match(reading.twin, start + 1)
    if key and key[1].lower() in _KEYS:
        raise QuerySyntax(
            f"A filter can't be turned around by the minus sign at character {start + 1}.",
            start,
            'The minus sign excludes words and phrases only: -draft or -"first draft".',
        )
    value, end = _value(reading, start + 1)
    if value:
        reading.excluded.append(value)
    return end


def _read_filter(reading: _Reading, key: str, start: int, value_start: int) -> int:
    value, end = _value(reading, value_start)
    if not value:
        raise QuerySyntax(
            f"The filter at character {start + 1} has no value.",
            start,
            "Write the value after the colon: in:Contracts.",
        )
    if key == "in":
        reading.folders.append(value)
    elif key == "name":
        reading.names.append(value)
    elif key == "type":
        reading.formats.extend(_formats(value, value_start))
    elif key == "after":
        day = _day(value, value_start, reading.today)
        reading.after = day if reading.after is None else max(day, reading.after)
    else:
        day = _day(value, value_start, reading.today)
        reading.before = day if reading.before is None else min(day, reading.before)
    return end


def _formats(value: str, position: int) -> tuple[str, ...]:
    """`pdf,slides` -> format ids and endings."""
    found: list[str] = []
    for name in value.translate(_ASCII_TWINS).lower().split(","):
        ending = _ENDING.match(name)
        if name in _TYPES:
            found.extend(_TYPES[name])
        elif ending:
            found.extend((ending[1], "." + ending[1]))
        elif name:
            raise QuerySyntax(
                f"The type of file at character {position + 1} is not known.",
                position,
                _TYPE_ADVICE,
            )
    return tuple(found)


def _day(value: str, position: int, today: date) -> date:
    """The day that `value` names. Raises QuerySyntax."""
    text = value.lower()
    if _CHINESE_DATE.match(text):
        text = text.replace("年", "-").replace("月", "-").rstrip("日-")
    try:
        if match := _DATE.match(text):
            return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        if match := _DAYS_AGO.match(text):
            return today - timedelta(days=int(match[1]) * _UNIT_DAYS[match[2]])
        if text in _DATE_NAMES:
            return today - timedelta(days=_DATE_NAMES[text])
    except (ValueError, OverflowError):
        pass
    raise QuerySyntax(f"The date at character {position + 1} can't be read.", position, _DATE_ADVICE)


def _check_dates(reading: _Reading) -> None:
    if reading.after and reading.before and reading.after >= reading.before:
        raise QuerySyntax(
            f"Nothing can be both after {reading.after} and before {reading.before}.",
            0,
            "Give before: a later date than after:.",
        )


def _midnight_ns(day: date | None) -> int | None:
    """Local midnight at the beginning of `day` in nanoseconds since 1970."""
    if day is None:
        return None
    try:
        return int(datetime(day.year, day.month, day.day).astimezone().timestamp()) * 1_000_000_000
    except (
        OverflowError,
        OSError,
        ValueError,
    ):  # Windows knows no local time before 1970
        return (day - date(1970, 1, 1)).days * 86_400_000_000_000
