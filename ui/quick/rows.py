"""What the bar's list shows for a line that was typed, as plain rows. Pure: who asks the engine is bar.py."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from copilot.calls import Found
from copilot.reports import FileRows
from ui import wording
from ui.highlighting import Mark, looked_for, marks, snippet
from ui.quick import calculation
from ui.wishes import Place

FEW_FILES, MANY_FILES = 3, 8
FEW_PASSAGES = 3
SNIPPET = 110


class RowKind(enum.StrEnum):
    HEADER = "header"
    FILE = "file"
    PASSAGE = "passage"
    ASK = "ask"
    COMMAND = "command"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Row:
    """`text` with `marks` on the left, `detail` on the right. `place` for files and passages, `value` for the rest."""

    kind: RowKind
    text: str
    detail: str = ""
    marks: tuple[Mark, ...] = ()
    place: Place | None = None
    value: str = ""

    @property
    def chosen_first(self) -> bool:
        """Whether Enter takes this row when nothing was chosen with the arrows."""
        return self.kind is RowKind.ASK


@dataclass(frozen=True, slots=True)
class Command:
    """A line behind `>`: its id and its words."""

    id: str
    title: str


class Prefix(enum.StrEnum):
    NONE = ""
    COMMAND = ">"
    CALCULATE = "="
    ASK = "?"
    FILE = "/"


def split(line: str) -> tuple[Prefix, str]:
    """The prefix and what stands behind it."""
    stripped = line.strip()
    first = {"？": "?", "＝": "=", "》": ">", "、": "/"}.get(stripped[:1], stripped[:1])
    if first and first in tuple(Prefix):
        return Prefix(first), stripped[1:].strip()
    return Prefix.NONE, stripped


def rows(
    line: str, files: FileRows | None, found: Found | None, commands: Iterable[Command], selected: bool = False
) -> tuple[Row, ...]:
    """Everything the list shows. `files` and `found` are None until they are here."""
    prefix, rest = split(line)
    match prefix:
        case Prefix.COMMAND:
            return tuple(
                Row(RowKind.COMMAND, command.title, value=command.id)
                for command in commands
                if all(part in command.title.lower() for part in rest.lower().split())
            )
        case Prefix.CALCULATE:
            value = calculation.calculate(rest)
            hint = QCoreApplication.translate("Quick", "Enter copies it")
            return (
                (Row(RowKind.RESULT, calculation.shown(value), hint, value=calculation.shown(value)),) if value else ()
            )
        case Prefix.ASK:
            return (_ask(rest),) if rest else ()
        case Prefix.FILE:
            return _files(rest, files, MANY_FILES) if rest else ()
    if not rest:
        return ()
    return (*_files(rest, files, FEW_FILES), *_passages(rest, found), _ask(rest))


def _ask(question: str) -> Row:
    words = QCoreApplication.translate("Quick", "Ask: {question}").format(question=question)
    return Row(RowKind.ASK, words, QCoreApplication.translate("Quick", "Enter"), value=question)


def _files(line: str, files: FileRows | None, most: int) -> tuple[Row, ...]:
    if files is None or not files.files:
        return ()
    words = looked_for(line)
    head = Row(RowKind.HEADER, QCoreApplication.translate("Quick", "Files"))
    return (
        head,
        *(
            Row(
                RowKind.FILE,
                wording.file_name(file.path),
                wording.folder_name(file.path),
                marks(wording.file_name(file.path), words),
                Place(file.path, title=file.title),
            )
            for file in files.files[:most]
        ),
    )


def _passages(line: str, found: Found | None) -> tuple[Row, ...]:
    if found is None or not found.hits:
        return ()
    words = looked_for(line)
    head = Row(RowKind.HEADER, QCoreApplication.translate("Quick", "In your files"))
    passages = []
    for hit in found.hits[:FEW_PASSAGES]:
        text, inside = snippet(hit.chunk.text, words, SNIPPET)
        where = ", ".join(part for part in (wording.file_name(hit.path), wording.place_of(hit.chunk, hit.path)) if part)
        span = hit.chunk.span
        place = Place(hit.path, span.start, span.end, hit.chunk.page, hit.chunk.text, hit.title)
        passages.append(Row(RowKind.PASSAGE, text, where, inside, place))
    return (head, *passages)
