"""What stands behind `>` in the bar: pages, and the few things worth doing from anywhere."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from copilot.calls import RunIndex, SetPause
from ui.desk import Desk
from ui.quick.rows import Command
from ui.registry import entries

READ_SCREEN = "screen"
"""The one command that is the bar's own affair."""


def commands(desk: Desk) -> tuple[Command, ...]:
    paused = desk.pulse is not None and desk.pulse.latest is not None and desk.pulse.latest.paused
    pause = (
        Command("resume", QCoreApplication.translate("Quick", "Go on with indexing"))
        if paused
        else Command("pause", QCoreApplication.translate("Quick", "Pause indexing"))
    )
    pages = tuple(
        Command(f"page:{entry.page_id}", QCoreApplication.translate("Quick", "Open {page}").format(page=entry.title))
        for entry in entries()
    )
    return (
        Command("new", QCoreApplication.translate("Quick", "New question")),
        Command(READ_SCREEN, QCoreApplication.translate("Quick", "Read text from the screen")),
        *pages,
        pause,
        Command("index", QCoreApplication.translate("Quick", "Look for changed files now")),
        Command("quit", QCoreApplication.translate("Quick", "Quit Nearside")),
    )


def perform(desk: Desk, command: str) -> bool:
    """Do it; True when the window has something to show."""
    match command.partition(":"):
        case ("page", _, page):
            desk.wishes.page.emit(page)
            return True
        case ("new", _, _):
            desk.wishes.conversation.emit("")
            return True
        case ("pause" | "resume", _, _):
            desk.link.perform(SetPause(command == "pause"), failed=lambda _: None)
        case ("index", _, _):
            desk.link.perform(RunIndex(), failed=desk.link.failed.emit)
        case ("quit", _, _):
            QApplication.quit()
    return False
