"""Where the keyboard goes when what it was on goes: rows that are built anew, cards that are put away.

Decision: stops are found among children, not along nextInFocusChain(). That chain leads through widgets that Qt keeps
to itself, and a Python that has held one of these crashes later.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

WAITING = "waiting_for_order"


def hand_on(room: QWidget) -> None:
    """To be called before rows in `room` go. If the keyboard is on one, it waits for a turn of the loop and then goes
    to what has the same name, else to what stands in its place, else to what is nearest.
    """
    focused = QApplication.focusWidget()
    if focused is None or not room.isAncestorOf(focused):
        return
    stops = list(stops_in(room))
    at, kind, name = stops.index(focused) if focused in stops else 0, type(focused), _name(focused)
    focused.clearFocus()  # else it would run through the window while the rows go, and be read out at each stop

    def settle() -> None:
        if QApplication.focusWidget() is not None and room.window().focusWidget() is not None:
            return  # somebody has put it somewhere
        now = list(stops_in(room))
        same = [stop for stop in now if type(stop) is kind and _name(stop) == name]
        (same or now[at:] or now[-1:] or [nearest(room)])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    QTimer.singleShot(1, room, settle)  # new rows are shown by the loop, in its next turn


def in_order(room: QWidget) -> None:
    """Tab goes through what is in `room` where `room` stands: rows that were made later would come last of all. Done
    in the next turn of the loop, once for all that is made in this one.
    """
    if room.property(WAITING):
        return
    room.setProperty(WAITING, True)

    def settle() -> None:
        room.setProperty(WAITING, False)
        before = room
        for stop in list(_chain(room)):
            QWidget.setTabOrder(before, stop)
            before = stop

    QTimer.singleShot(1, room, settle)


def put_away(widget: QWidget) -> None:
    """Hide it; the keyboard goes to what is nearest, if it was in there."""
    focused = QApplication.focusWidget()
    held = focused is not None and widget.isAncestorOf(focused)
    widget.hide()
    if held:
        nearest(widget).setFocus(Qt.FocusReason.OtherFocusReason)


def nearest(widget: QWidget) -> QWidget:
    """The first stop of Tab in what surrounds a widget."""
    around = widget.parentWidget()
    while around is not None:
        for stop in stops_in(around):
            if stop is not widget and not widget.isAncestorOf(stop):
                return stop
        around = around.parentWidget()
    return widget


def stops_in(room: QWidget) -> Iterator[QWidget]:
    """What Tab would stop at in there, in the order in which it was made."""
    return (stop for stop in _chain(room) if stop.isEnabled() and stop.isVisibleTo(room))


def _chain(room: QWidget) -> Iterator[QWidget]:
    for stop in room.findChildren(QWidget):
        if (
            stop.focusPolicy() & Qt.FocusPolicy.TabFocus
            and stop.focusProxy() is None
            and stop.window() is room.window()
        ):
            yield stop


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or str(widget.property("text") or "")
