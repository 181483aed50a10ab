"""The first steps, over the window and never in front of it: which folders, which device will answer, what may leave.

Three short cards. Each can be skipped, all of them at once, too; everything here is on a page of its own later.
"""

from __future__ import annotations

from pathlib import Path, PurePath

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from copilot.calls import AddFolders, GetFolders, GetModels, MeasureDevice, ReloadSettings
from copilot.failures import Failure
from copilot.reports import FolderReport, FolderReports, Measured, ModelsReport
from indexer.reporter import Progress
from ui import wording
from ui.desk import Desk
from ui.fetching import PackFetch
from ui.messages import said
from ui.tokens import FIRST_RUN_WIDTH, GRID
from ui.widgets.keyboard import stops_in
from ui.widgets.parts import card, push, row, set_tip, text_label
from ui.widgets.progress_line import ProgressLine
from ui.widgets.trouble import Trouble

PLACES = (
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
)


class FirstRun(QFrame):
    """Covers the window's inside. Adding folders goes on behind it when it has gone."""

    ended = Signal()

    def __init__(self, desk: Desk, inside: QWidget) -> None:
        """`inside` is what is covered."""
        super().__init__(inside)
        self.setObjectName("firstRun")
        self.setAutoFillBackground(True)
        self._desk = desk
        self._steps = QStackedWidget()
        self._folders = FoldersStep(desk)
        self._device = DeviceStep(desk)
        for step in (self._folders, self._device, _boundary_step()):
            self._steps.addWidget(step)
        self._count = text_label("", "muted")
        self._skip = push(self.tr("Skip all"), "quiet")
        self._back = push(self.tr("Back"))
        self._next = push("", "primary")
        self._lay_out()
        self._skip.clicked.connect(self._end)
        self._back.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(self._advance)
        QShortcut(QKeySequence("Esc"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(
            self._end
        )
        inside.installEventFilter(self)
        self.setGeometry(inside.rect())
        self._turn(0)

    @property
    def step(self) -> int:
        return self._steps.currentIndex()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 Qt's name
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 Qt's name
        """Tab stays in here, from top to bottom: what is covered can't be seen."""
        stops = sorted(
            stops_in(self), key=lambda stop: (stop.mapTo(self, QPoint()).y(), stop.mapTo(self, QPoint()).x())
        )
        focused = self.focusWidget()
        if not stops or focused is None:
            return False
        at = stops.index(focused) if focused in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 Qt's name
        """Enter presses the button that has the keyboard, as in a dialog."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _advance(self) -> None:
        if self.step == 0:
            self._folders.add()
        if self.step == self._steps.count() - 1:
            self._end()
        else:
            self._turn(1)

    def _turn(self, by: int) -> None:
        self._steps.setCurrentIndex(self.step + by)
        last = self.step == self._steps.count() - 1
        self._count.setText(self.tr("Step {number} of {total}").format(number=self.step + 1, total=self._steps.count()))
        self._back.setVisible(self.step > 0)
        self._next.setText(self.tr("Start") if last else self.tr("Next"))
        self._next.setFocus()
        if self.step == 1:
            self._device.begin()

    def _end(self) -> None:
        self.hide()
        self._device.leave()
        self.ended.emit()
        self.deleteLater()

    def _lay_out(self) -> None:
        frame, column = card()
        frame.setFixedWidth(self._desk.theme.pixels(FIRST_RUN_WIDTH))
        column.setContentsMargins(GRID * 8, GRID * 7, GRID * 8, GRID * 6)
        column.setSpacing(GRID * 5)
        column.addWidget(self._steps)
        column.addLayout(row(self._count, self._skip, None, self._back, self._next))
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(2)


class FoldersStep(QWidget):
    """The folders that are in the library already, the usual places, and any other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._boxes: list[tuple[QCheckBox, str]] = []
        self._taken: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID * 3)
        self._column.addWidget(text_label(self.tr("Which folders may Nearside read?"), "heading"))
        about = self.tr("It reads them on this computer, keeps what it reads encrypted, and follows changes.")
        self._column.addWidget(text_label(about, "muted", wraps=True))
        self._known = QVBoxLayout()
        self._known.setSpacing(GRID)
        self._column.addLayout(self._known)
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID * 2)
        self._column.addLayout(self._list)
        more = push(self.tr("Another folder"))
        more.clicked.connect(self._choose)
        self._column.addLayout(row(more, None))
        self._column.addStretch(1)
        home = str(Path.home())
        for place in PLACES:
            path = QStandardPaths.writableLocation(place)
            if path and path != home and Path(path).is_dir():
                self.offer(path, chosen=place is PLACES[0])

        desk.link.perform(GetFolders(), done=self._show_known, failed=lambda _: None, owner=self)

    def _show_known(self, reports: FolderReports) -> None:
        """What the library reads already, each with its state; a place in one of them need not be offered."""
        self._taken = tuple(folder.path for folder in reports.folders)
        if self._taken:
            self._known.addWidget(text_label(self.tr("Already in your library"), "muted"))
        for folder in reports.folders:
            name = text_label(wording.folder_title(folder.path))
            set_tip(name, folder.path)
            mark = text_label("✓", "muted" if folder.missing else "good")
            self._known.addLayout(row(mark, name, text_label(self._state_of(folder), "muted"), None))
        if self._taken:
            self._known.addSpacing(GRID * 2)
        for box, path in self._boxes:
            if self._holds(path):
                box.setChecked(False)
                box.hide()

    def _state_of(self, folder: FolderReport) -> str:
        if folder.missing:
            return self.tr("not there now")
        if folder.pending:
            return self.tr("being read, {files} so far").format(files=wording.files(folder.indexed))
        return self.tr("{files}, up to date").format(files=wording.files(folder.files))

    def _holds(self, path: str) -> bool:
        return any(PurePath(path).is_relative_to(taken) for taken in self._taken)

    def offer(self, path: str, *, chosen: bool) -> None:
        """One more line with a box."""
        if any(path == known for _, known in self._boxes) or self._holds(path):
            return
        box = QCheckBox(_from_home(path).replace("&", "&&"))
        box.setChecked(chosen)
        self._list.addWidget(box)
        self._boxes.append((box, path))

    def chosen(self) -> tuple[str, ...]:
        return tuple(path for box, path in self._boxes if box.isChecked())

    def add(self) -> None:
        """Take the chosen ones into the library; the Library page shows how far it is."""
        if paths := self.chosen():
            self._desk.link.perform(AddFolders(paths), failed=self._desk.link.failed.emit)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.offer(path, chosen=True))
        dialog.open()


def _from_home(path: str) -> str:
    """As people write it: `~/Documents`."""
    folder, home = Path(path), Path.home()
    return str(Path("~", *folder.relative_to(home).parts)) if folder.is_relative_to(home) else path


class DeviceStep(QWidget):
    """Which device answers, measured here; and the model pack, if it has to be fetched first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._fetch = PackFetch(desk.outside)
        self._wanted: list[str] = []
        self._measured = False
        self._said = text_label("", "strong", wraps=True)
        self._speed = text_label("", "muted", wraps=True)
        self._trouble = Trouble()
        self._progress = ProgressLine()
        self._get = push("")
        self._get.clicked.connect(self._start_fetch)
        self._get.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 3)
        column.addWidget(text_label(self.tr("Answers come from this computer"), "heading"))
        about = self.tr("The model runs on the best device that works here. Nothing is sent anywhere for it.")
        column.addWidget(text_label(about, "muted", wraps=True))
        for widget in (self._said, self._speed, self._progress, self._trouble):
            column.addWidget(widget)
        column.addLayout(row(self._get, None))
        column.addStretch(1)
        self._fetch.progressed.connect(self._show_progress)
        self._fetch.ended.connect(self._fetched)

    def begin(self) -> None:
        self._desk.link.perform(GetModels(), done=self._show, failed=self._trouble.say, owner=self)

    def leave(self) -> None:
        """The first steps are over: a fetch under way goes on by itself."""

    def _show(self, report: ModelsReport) -> None:
        role = next((role for role in report.roles if role.role == "generator"), None)
        if role is not None and role.device:
            self._said.setText(
                self.tr("{device} answers here: {name}").format(
                    device=wording.device(role.device), name=role.device_name or role.pack_name
                )
            )
            self._get.hide()
            self._measure(role.device)
            return
        missing = [pack for pack in report.packs if pack.default and pack.state != "here"]
        self._said.setText(self.tr("The model that answers is not on this computer yet."))
        if missing and self._fetch.possible:
            size = wording.size(sum(pack.size for pack in missing))
            self._wanted = [pack.id for pack in missing]
            self._get.setText(self.tr("Fetch it now ({size})").format(size=size))
            self._get.show()

    def _measure(self, device: str) -> None:
        if self._measured:
            return
        self._measured = True
        self._speed.setText(self.tr("Measuring its speed. You need not wait."))
        self._desk.link.perform(
            MeasureDevice(device), done=self._show_speed, failed=lambda _: self._speed.setText(""), owner=self
        )

    def _show_speed(self, measured: Measured) -> None:
        if measured.tokens_per_second is None or measured.first_token_seconds is None:
            self._speed.setText(said(measured.failure)[0] if measured.failure is not None else measured.reason)
            return
        self._speed.setText(
            self.tr("Measured just now: first word after {first}, then {speed} tokens per second.").format(
                first=wording.seconds(measured.first_token_seconds),
                speed=wording.number(measured.tokens_per_second, 1),
            )
        )

    def _start_fetch(self) -> None:
        """Fetch what is missing, one after the other."""
        self._get.setEnabled(False)
        self._trouble.hide()
        self._fetch.start(self._wanted.pop(0))

    def _show_progress(self, event: object) -> None:
        if isinstance(event, Progress):
            self._progress.show_progress(event)

    def _fetched(self, _: str, failure: Failure | None) -> None:
        self._progress.clear()
        self._get.setEnabled(True)
        if failure is not None:
            self._trouble.say(failure)
        elif self._wanted:
            self._start_fetch()
            return
        self._desk.link.perform(
            ReloadSettings(), done=lambda _: self.begin(), failed=lambda _: self.begin(), owner=self
        )


def _boundary_step() -> QWidget:
    step = QWidget()
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID * 3)
    translate = QCoreApplication.translate
    column.addWidget(text_label(translate("FirstRun", "Nothing leaves without you"), "heading"))
    for words in (
        translate("FirstRun", "Questions are answered here, from your files, with the places they come from."),
        translate(
            "FirstRun",
            "When your files don't hold the answer, Nearside may offer to ask a provider that you have chosen. You see "
            "every byte first, names and numbers replaced, and decide.",
        ),
        translate(
            "FirstRun", "Every folder is local only until you open it. What left, and when, is on the Privacy page."
        ),
    ):
        column.addWidget(text_label(words, "", wraps=True))
    column.addStretch(1)
    return step
