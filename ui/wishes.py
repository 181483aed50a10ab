"""What one part of the window asks of another: signals, so that no page knows a page. The main window listens.

Decision: one object of signals instead of references between pages: a page can be shown alone in a test, and what
crosses between pages can be read on one screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from indexer.query import Filter


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: what a citation, a hit or a row of the library points at.

    `start` and `end` are characters of the document's text, equal where the whole file is meant.
    """

    path: str
    start: int = 0
    end: int = 0
    page: int | None = None
    quote: str = ""
    title: str = ""
    around: str = ""
    """The passage that the quote is from, where it is a part of one."""


@dataclass(frozen=True, slots=True)
class AskWish:
    """A question for the chat page. `send` False only writes it into the field."""

    text: str
    scope: Filter = field(default_factory=Filter)
    context: str = ""
    """Text that the person selected elsewhere: shown above the question, part of it."""
    send: bool = True


@dataclass(frozen=True, slots=True)
class ShortcutNews:
    """Which global shortcuts can't be had: (setting, taken or impossible); and why none can, where none can."""

    refused: tuple[tuple[str, str], ...] = ()
    reasons: tuple[str, ...] = ()


class Wishes(QObject):
    """One for the whole window."""

    shortcuts = ShortcutNews()
    """As they were last settled: kept for a page that is built later."""
    shortcuts_settled = Signal()

    page = Signal(str)
    """Show the page with this id: chat, search, library, privacy, models, settings."""
    place = Signal(object)
    """Show a Place in the preview."""
    preview_closed = Signal()
    """The preview has gone: no place is shown any more."""
    ask = Signal(object)
    """An AskWish."""
    search = Signal(str)
    conversation = Signal(str)
    """Open the saved conversation with this id; empty starts a new one."""
    conversation_shown = Signal(str)
    """The chat page shows this conversation now; empty for one that is not saved yet."""
    conversations_changed = Signal()
    """The list under the navigation is to be read again."""
    settings_changed = Signal(str)
    """A setting has a new value: its name."""
    notice = Signal(str)
    """One quiet sentence at the foot of the window, gone after some seconds."""
