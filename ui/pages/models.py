"""Model packs and devices: what does which job where and why, how fast each device is here, and packs coming and going.

Loading and measuring are the engine's; packs are fetched outside the window (ui/fetching.py), checked and removed on a
thread of its own.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QMessageBox, QWidget

from copilot.calls import GetModels, MeasureDevice, ReloadSettings
from copilot.failures import Failure
from copilot.models.pack import verify
from copilot.models.shelf import Shelf
from copilot.reports import Measured, ModelsReport, RoleRow
from indexer.errors import NearsideError
from indexer.reporter import Progress
from ui import background, preferences, wording
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.engine_words import about_device, about_pack
from ui.fetching import PackFetch
from ui.messages import said
from ui.tokens import GRID
from ui.widgets.device_bars import DeviceBars
from ui.widgets.pack_list import PackList
from ui.widgets.page_frame import PageFrame
from ui.widgets.parts import clear, line, push, row, set_role, text_label
from ui.widgets.progress_line import ProgressLine
from ui.widgets.trouble import Trouble

PAGE_ID = "models"
ORDER = 50

ROLES = ("generator", "embedder")
"""What nobody can do without stands first."""


def title() -> str:
    return QCoreApplication.translate("Models", "Models")


def build(desk: Desk) -> QWidget:
    return ModelsPage(desk)


class _Carrier(QObject):
    """Progress from a worker's thread. It has no parent, so that it outlives the page while the work runs."""

    progressed = Signal(object)

    def report(self, event: object) -> None:
        self.progressed.emit(event)

    def check(self) -> None:
        return None


class ModelsPage(PageFrame):
    def __init__(self, desk: Desk, fetch: PackFetch | None = None) -> None:
        """`fetch` is what another page has shown so far."""
        about = QCoreApplication.translate(
            "Models", "What reads and answers here. Once it is on this computer it needs no network."
        )
        super().__init__(desk, title(), about)
        self._desk = desk
        self._report = ModelsReport((), (), ())
        self._waiting: list[str] = []
        self._measuring: Ticket | None = None
        self._fetch = fetch or PackFetch(desk.outside)
        self._carrier = _Carrier()
        self._trouble = Trouble()
        self._in_use = QWidget()
        self._roles = QGridLayout(self._in_use)
        self._roles.setContentsMargins(0, 0, 0, 0)
        self._bars = DeviceBars(desk.theme)
        self._measure = push(self.tr("Measure speed here"))
        self._measure_note = text_label("", "muted", wraps=True)
        self._packs = PackList()
        self._progress = ProgressLine()
        self._stop = push(self.tr("Stop"), "quiet")
        self._add = push(self.tr("Add a pack from a file"))
        self._news = text_label("", "muted", wraps=True)
        self._lay_out()
        self._connect()

    def shown(self) -> None:
        """The page came to the front."""
        self._trouble.hide()
        self._look()

    def again(self) -> ModelsPage:
        """The same page, with a fetch that is under way, in the words that the window speaks now."""
        self._fetch.progressed.disconnect()
        self._fetch.ended.disconnect()
        return ModelsPage(self._desk, self._fetch)

    def _look(self) -> None:
        self._desk.link.perform(GetModels(), done=self._fill, failed=self._trouble.say, owner=self)

    # --- what is shown

    def _fill(self, report: ModelsReport) -> None:
        self._report = report
        self._bars.show_devices(report.devices)
        self._show_roles(tuple(sorted(report.roles, key=lambda role: (role.role not in ROLES, role.role != ROLES[0]))))
        self._show_packs()

    def _show_packs(self) -> None:
        self._packs.show_packs(self._report.packs, fetchable=self._may_fetch(), busy=self._fetch.pack)
        self._stop.setVisible(bool(self._fetch.pack))

    def _may_fetch(self) -> bool:
        try:
            return self._fetch.possible and bool(preferences.in_force(self._desk).settings.pack_sources)
        except NearsideError:
            return False

    def _show_roles(self, roles: tuple[RoleRow, ...]) -> None:
        clear(self._roles)
        for number, role in enumerate(roles):
            self._roles.addWidget(line(), number * 2, 0, 1, 3)
            self._roles.addWidget(text_label(wording.role_of_pack(role.role), "muted"), number * 2 + 1, 0)
            self._roles.addWidget(text_label(role.pack_name or "\u2013"), number * 2 + 1, 1)
            self._roles.addWidget(text_label(_where(role), "muted", wraps=True), number * 2 + 1, 2)
        self._roles.addWidget(line(), len(roles) * 2, 0, 1, 3)

    # --- measuring

    def _measure_all(self) -> None:
        """Begin, or stop what was begun."""
        if self._measuring is not None:
            self._measuring.drop()
            self._waiting = []
        else:
            self._bars.clear()
            self._waiting = [device.device for device in self._report.devices if device.available]
        self._measure_next()

    def _measure_next(self) -> None:
        self._measuring = None
        device = self._waiting.pop(0) if self._waiting else ""
        self._bars.show_busy(device)
        self._measure.setText(self.tr("Stop measuring") if device else self.tr("Measure speed here"))
        note = self.tr("Each device loads the model that answers and writes. This takes about a minute.")
        self._measure_note.setText(note if device else "")
        if device:
            self._measuring = self._desk.link.perform(
                MeasureDevice(device), done=self._measured, failed=partial(self._not_measured, device), owner=self
            )

    def _measured(self, measured: Measured) -> None:
        self._bars.show_measured(measured)
        self._measure_next()

    def _not_measured(self, device: str, failure: Failure) -> None:
        self._bars.show_measured(Measured(device, None, None, None, None, failure=failure))
        self._measure_next()

    # --- packs

    def _start_fetch(self, pack: str) -> None:
        self._trouble.hide()
        self._say("")
        self._fetch.start(pack)
        self._show_packs()
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed has gone

    def _fetched(self, pack: str, failure: Failure | None) -> None:
        self._progress.clear()
        if failure is not None:
            self._trouble.say(self._named(failure))
        self._changed()

    def _changed(self) -> None:
        """Packs came or went: the engine looks at the shelf again."""
        self._progress.clear()
        self._desk.link.perform(
            ReloadSettings(), done=lambda _: self._look(), failed=lambda _: self._look(), owner=self
        )

    def _check(self, pack: str) -> None:
        shelf, carrier = Shelf(self._desk.paths.packs), self._carrier
        self._say("")
        whole = self.tr("{pack} is whole.").format(pack=self._name_of(pack))
        background.run(
            lambda: verify(shelf.get(pack), deep=True, reporter=carrier),
            lambda _: self._checked(whole),
            self._pack_failed,
            owner=self,
        )

    def _checked(self, says: str) -> None:
        self._progress.clear()
        self._say(says, "good")

    def _pack_failed(self, failure: Failure) -> None:
        self._progress.clear()
        self._trouble.say(self._named(failure))

    def _named(self, failure: Failure) -> Failure:
        """With the pack's name where the engine says its id."""
        facts = tuple((name, self._name_of(value) if name == "pack" else value) for name, value in failure.facts)
        return msgspec.structs.replace(failure, facts=facts)

    def _remove(self, pack: str) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("Remove a model pack"))
        box.setText(self.tr("Remove {pack} from this computer?").format(pack=self._name_of(pack)))
        box.setInformativeText(self.tr("It can be fetched again as long as the catalogue has it."))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.buttonClicked.connect(lambda button: self._remove_now(pack) if button is remove else None)
        box.open()

    def _remove_now(self, pack: str) -> None:
        shelf = Shelf(self._desk.paths.packs)
        background.run(lambda: shelf.remove(pack), lambda _: self._changed(), self._pack_failed, owner=self)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a model pack"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Model packs (*.zip *.tar)"))
        dialog.fileSelected.connect(self.add_pack)
        dialog.open()

    def add_pack(self, path: str) -> None:
        """Take in a pack from a file or folder; every file is checked by its hash."""
        shelf, carrier = Shelf(self._desk.paths.packs), self._carrier
        self._trouble.hide()
        background.run(lambda: shelf.add(Path(path), carrier), lambda _: self._changed(), self._pack_failed, owner=self)

    def _name_of(self, pack: str) -> str:
        return next((row.name for row in self._report.packs if row.id == pack and row.name), pack)

    def _say(self, says: str, role: str = "muted") -> None:
        self._news.setText(says)
        set_role(self._news, role)

    def _show_progress(self, event: object) -> None:
        if isinstance(event, Progress):
            self._progress.show_progress(event)

    # --- making

    def _lay_out(self) -> None:
        self._roles.setHorizontalSpacing(GRID * 6)
        self._roles.setVerticalSpacing(GRID * 2)
        self._roles.setColumnStretch(2, 1)
        self.column.addWidget(self._trouble)
        self.column.addWidget(text_label(self.tr("In use"), "subheading"))
        self.column.addWidget(self._in_use)
        self.column.addSpacing(GRID * 4)
        self.column.addWidget(text_label(self.tr("Devices"), "subheading"))
        self.column.addWidget(self._bars)
        measure = row(self._measure, self._measure_note)
        measure.setStretch(1, 1)
        self.column.addLayout(measure)
        self.column.addSpacing(GRID * 4)
        self.column.addWidget(text_label(self.tr("Model packs"), "subheading"))
        self.column.addWidget(self._packs)
        self.column.addWidget(self._progress)
        below = row(self._add, self._stop, self._news)
        below.setStretch(2, 1)
        self.column.addLayout(below)
        self.column.addStretch(1)
        self._stop.hide()

    def _connect(self) -> None:
        self._measure.clicked.connect(self._measure_all)
        self._packs.fetch_wished.connect(self._start_fetch)
        self._packs.check_wished.connect(self._check)
        self._packs.remove_wished.connect(self._remove)
        self._add.clicked.connect(self._choose_file)
        self._stop.clicked.connect(self._fetch.stop)
        self._fetch.progressed.connect(self._show_progress)
        self._fetch.ended.connect(self._fetched)
        self._carrier.progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)


def _where(role: RoleRow) -> str:
    """Where it runs, and why not on a better device."""
    sentences = []
    if role.device:
        place = wording.device(role.device)
        named = f"{place}, {role.device_name}" if role.device_name else place
        memory = QCoreApplication.translate("Models", "{device}, in memory now.")
        sentences.append((memory if role.loaded else "{device}.").format(device=named))
    elif role.failure is not None:
        sentences.append(said(role.failure)[0])
    elif role.reason:
        sentences.append(about_pack(role.reason))
    for refusal in role.refusals:
        words = QCoreApplication.translate("Models", "Not on {device}: {reason}.")
        sentences.append(words.format(device=refusal.device, reason=about_device(refusal.reason).rstrip(".")))
    return wording.sentences(*sentences)
