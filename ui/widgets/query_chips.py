"""Filters of a search as chips: each opens a menu and writes its part of the query, so that what is typed and what is
clicked are the same thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.tokens import GRID
from ui.widgets.parts import push, row, set_role

PARTS = {
    "type": re.compile(r'(?:^|\s)type:("[^"]*"|\S+)'),
    "in": re.compile(r'(?:^|\s)in:("[^"]*"|\S+)'),
    "after": re.compile(r"(?:^|\s)after:(\S+)"),
}


def part_of(query: str, key: str) -> str:
    """The value of a filter in a typed line, without its quotation marks; empty without one."""
    found = PARTS[key].search(query)
    return found[1].strip('"') if found else ""


def with_part(query: str, key: str, value: str) -> str:
    """The line with this filter set, or without it where `value` is empty."""
    bare = PARTS[key].sub("", query).strip()
    if not value:
        return bare
    quoted = f'"{value}"' if re.search(r"\s", value) else value
    return f"{bare} {key}:{quoted}".strip()


@dataclass(frozen=True, slots=True)
class _Offer:
    value: str
    words: str


class QueryChips(QWidget):
    """`written` gives the whole new line."""

    written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._offers: dict[str, tuple[_Offer, ...]] = {"type": self._types(), "in": (), "after": self._dates()}
        self._none = {
            "type": self.tr("Any kind"),
            "in": self.tr("All folders"),
            "after": self.tr("Any time"),
        }
        self._named = {
            "type": self.tr("Kind: {value}"),
            "in": self.tr("Folder: {value}"),
            "after": self.tr("Time: {value}"),
        }
        self._chips = {key: self._chip(key) for key in self._offers}
        self.setLayout(row(*self._chips.values(), None, spacing=GRID * 2))
        self.show_query("")

    def set_folders(self, names: tuple[str, ...]) -> None:
        self._offers["in"] = tuple(_Offer(name, name) for name in names)

    def show_query(self, query: str) -> None:
        """Let the chips say what the line says."""
        self._query = query
        for key, chip in self._chips.items():
            value = part_of(query, key)
            known = next((offer.words for offer in self._offers[key] if offer.value == value), "")
            since = self.tr("Since {date}").format(date=value) if key == "after" else value
            words = known or since if value else self._none[key]
            chip.setText(f"{words} ▾")
            chip.setAccessibleName(self._named[key].format(value=words))
            set_role(chip, "true" if value else "false", "chosen")

    def _chip(self, key: str) -> QPushButton:
        chip = push(self._none[key], "chip")
        menu = QMenu(chip)
        menu.aboutToShow.connect(lambda: self._fill(key, menu))
        chip.setMenu(menu)
        return chip

    def _fill(self, key: str, menu: QMenu) -> None:
        menu.clear()
        menu.addAction(self._none[key], lambda: self._write(key, ""))
        menu.addSeparator()
        for offer in self._offers[key]:
            menu.addAction(offer.words, partial(self._write, key, offer.value))

    def _write(self, key: str, value: str) -> None:
        self.written.emit(with_part(self._query, key, value))

    def _types(self) -> tuple[_Offer, ...]:
        return (
            _Offer("pdf", self.tr("PDF")),
            _Offer("doc", self.tr("Documents")),
            _Offer("sheet", self.tr("Spreadsheets")),
            _Offer("slides", self.tr("Presentations")),
            _Offer("mail", self.tr("Mail")),
            _Offer("image", self.tr("Pictures")),
            _Offer("html", self.tr("Web pages")),
            _Offer("md", self.tr("Markdown")),
            _Offer("text", self.tr("Plain text")),
            _Offer("code", self.tr("Code")),
        )

    def _dates(self) -> tuple[_Offer, ...]:
        first = QDate.currentDate().toString("yyyy-01-01")
        return (
            _Offer("today", self.tr("Today")),
            _Offer("7d", self.tr("Past week")),
            _Offer("30d", self.tr("Past month")),
            _Offer("1y", self.tr("Past year")),
            _Offer(first, self.tr("This year")),
        )
