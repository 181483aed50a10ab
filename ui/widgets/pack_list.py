"""Model packs as rows: what each is for, how large, under which licence, where it runs, what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from copilot.reports import PackRow
from ui import wording
from ui.messages import said
from ui.tokens import GRID
from ui.widgets.parts import clear, line, push, row, set_role, text_label


class PackList(QWidget):
    """Says what is wished; `show_state` tells a row's news."""

    fetch_wished = Signal(str)
    check_wished = Signal(str)
    remove_wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID * 6)
        self._grid.setVerticalSpacing(GRID * 2)
        self._grid.setColumnStretch(0, 1)
        self._states: dict[str, QWidget] = {}

    def show_packs(self, packs: tuple[PackRow, ...], *, fetchable: bool, busy: str) -> None:
        """`fetchable` False hides what would need the network; `busy` is the pack that is on its way."""
        clear(self._grid)
        for number, pack in enumerate(packs):
            self._grid.addWidget(line(), number * 3, 0, 1, 2)
            self._add(number * 3 + 1, pack, fetchable, busy)
        self._grid.addWidget(line(), len(packs) * 3, 0, 1, 2)

    def _add(self, at: int, pack: PackRow, fetchable: bool, busy: str) -> None:
        head = row(text_label(pack.name or pack.id, "strong"))
        if pack.default:
            head.addWidget(text_label(self.tr("recommended"), "badge"))
        head.addStretch(1)
        self._grid.addLayout(head, at, 0)
        facts = text_label(self._facts(pack), "muted", wraps=True)
        if pack.state == "damaged":
            reason = said(pack.failure)[0] if pack.failure is not None else pack.reason
            facts.setText(self.tr("Damaged: {reason}").format(reason=reason))
            set_role(facts, "warning")
        self._grid.addWidget(facts, at + 1, 0)
        buttons = QWidget()
        buttons.setLayout(self._buttons(pack, fetchable, busy))
        self._grid.addWidget(buttons, at, 1, 2, 1)

    def _facts(self, pack: PackRow) -> str:
        facts = [wording.role_of_pack(pack.role)]
        if pack.size:
            facts.append(wording.size(pack.size))
        facts += [fact for fact in (wording.weights(pack.quantization), ", ".join(pack.devices), pack.licence) if fact]
        return " · ".join(facts)

    def _buttons(self, pack: PackRow, fetchable: bool, busy: str) -> QHBoxLayout:
        name = pack.name or pack.id
        made = []
        if pack.state == "here":
            check = push(self.tr("Check"), "quiet", name=self.tr("Check {pack}").format(pack=name))
            check.clicked.connect(lambda: self.check_wished.emit(pack.id))
            made.append(check)
        if pack.state in ("fetchable", "damaged") and fetchable:
            fetch = push(self.tr("Fetch"), name=self.tr("Fetch {pack}").format(pack=name))
            if pack.state == "damaged":
                fetch.setText(self.tr("Fetch again"))
            fetch.setEnabled(not busy)
            fetch.clicked.connect(lambda: self.fetch_wished.emit(pack.id))
            made.append(fetch)
        if pack.state != "fetchable":
            remove = push(self.tr("Remove"), "quiet", name=self.tr("Remove {pack}").format(pack=name))
            remove.clicked.connect(lambda: self.remove_wished.emit(pack.id))
            made.append(remove)
        return row(None, *made, spacing=GRID)
