"""What a screen reader is told that the keyboard does not go to: news of one sentence, and an answer as it is written.

Decision: announcements instead of alerts. Qt hands announcements on to the systems' screen readers as text (UI
Automation, AT-SPI, NSAccessibility); of an alert only the event arrives, on Linux not even that.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QListView, QWidget

from ui import markdown

REST_MS = 1_200
"""Between two announcements of one answer: sentences gather meanwhile."""
MOST_CHARACTERS = 1_500
"""Of an answer that are read out by themselves; the rest is there to be read."""
_SENTENCE_END = re.compile(r"[.!?\u2026][\"')\]\u201d\u2019]*(?=\s)|[\u3002\uff01\uff1f]|\n")
_MARK = re.compile(r"[ \u00a0]*\[\d{1,2}\]")


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have it said in the name of `widget`: after what is being said now, or at once when it is urgent."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def tell_row(view: QListView) -> None:
    """Say which row of a list the keyboard has come to, once the list itself has been named. Qt says it when another
    row is gone to, not when the list is entered.
    """

    def tell() -> None:
        if view.hasFocus() and view.currentIndex().isValid():
            event = QAccessibleEvent(view, QAccessible.Event.Focus)
            event.setChild(view.currentIndex().row())
            QAccessible.updateAccessibility(event)

    if QAccessible.isActive():
        QTimer.singleShot(0, view, tell)


def in_words(text: str) -> str:
    """Markdown as it is said: without its signs and without the numbers of citations."""
    return " ".join(_MARK.sub("", markdown.plain(text)).split())


class Reading(QObject):
    """One answer, told in whole sentences while it grows, a few times a minute; then that it is finished."""

    def __init__(self, widget: QWidget) -> None:
        """`widget` is what speaks."""
        super().__init__(widget)
        self._widget = widget
        self._text = ""
        self._told = 0
        self._said: list[str] = []
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell)

    def grow(self, piece: str) -> None:
        self._text += piece
        if not self._rest.isActive() and QAccessible.isActive():
            self._rest.start()

    def finish(self, text: str, end: str) -> None:
        """`text` is the answer as it stands now: what has not been told of it, then `end`. One that reads otherwise
        than what was told is told anew.
        """
        self._rest.stop()
        if not QAccessible.isActive():
            return
        left = _after(in_words(text[: 3 * MOST_CHARACTERS]), " ".join(self._said))
        room = MOST_CHARACTERS - sum(map(len, self._said))
        if len(left) > room:
            left = left[: max(0, room)].rpartition(" ")[0] + "\u2026"
        announce(self._widget, " ".join(part for part in (left.strip(), end) if part))

    def _tell(self) -> None:
        """The sentences that are whole by now."""
        new = self._text[self._told :]
        ends = [found.end() for found in _SENTENCE_END.finditer(new)]
        if not ends or sum(map(len, self._said)) >= MOST_CHARACTERS:
            return
        words = in_words(new[: ends[-1]])
        self._told += ends[-1]
        if words:
            self._said.append(words)
            announce(self._widget, words)


def _after(whole: str, told: str) -> str:
    """What of `whole` has not been told; all of it where it reads otherwise. Signs and spaces don't count: a list is
    numbered otherwise when its items come one by one."""
    letters = [letter for letter in told if letter.isalnum()]
    places = [place for place, letter in enumerate(whole) if letter.isalnum()]
    if [whole[place] for place in places[: len(letters)]] != letters:
        return whole
    rest = whole[places[len(letters) - 1] + 1 :] if letters else whole
    return rest.lstrip(".,;:!?\u2026\u3002\uff01\uff1f\"')\u201d\u2019 ")


def finished_words(passages: str) -> str:
    """That an answer is complete, and what it stands on."""
    done = QCoreApplication.translate("Announcing", "Answer finished.")
    return f"{done} {passages}." if passages else done
