"""The ledger with what can be done with it: search, verify, export, and reading back what was sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from copilot.calls import GetLedger, GetSent, VerifyLedger
from copilot.failures import Failure
from copilot.privacy.entries import LedgerEntry
from copilot.reports import LedgerCheck, LedgerPage, SentBody
from ui import background, ledger_words, wording
from ui.desk import Desk
from ui.engine_words import about_ledger
from ui.sent_text import Part, pieces
from ui.tokens import GRID
from ui.widgets.ledger_table import LedgerTable
from ui.widgets.parts import push, row, set_role, text_label
from ui.widgets.trouble import Trouble

HEIGHT, BODY_HEIGHT = 380, 180
AT_ONCE = 500


class LedgerView(QWidget):
    """Reads the newest entries when told to `refresh`, older ones when asked."""

    changed = Signal(tuple)
    """All entries that are here now, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entries: tuple[LedgerEntry, ...] = ()
        self._total = 0
        self._shown = AT_ONCE
        self._chosen: LedgerEntry | None = None
        self._exporting = ""
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search the record"))
        self._search.setAccessibleName(self.tr("Search the record"))
        self._search.setClearButtonEnabled(True)
        self._verify = push(self.tr("Verify"))
        self._export = push(self.tr("Export"))
        self._news = text_label("", "muted", wraps=True)
        self._trouble = Trouble()
        self._table = LedgerTable(desk.theme)
        self._older = push(self.tr("Show older entries"), "quiet")
        self._facts = text_label("", "muted", wraps=True)
        self._read = push(self.tr("Read what was sent"))
        self._body = QPlainTextEdit()
        self._lay_out()
        self._connect()

    @property
    def looked_for(self) -> str:
        return self._search.text()

    def look_for(self, text: str) -> None:
        self._search.setText(text)

    def refresh(self) -> None:
        self._desk.link.perform(GetLedger(AT_ONCE), done=self._begin, failed=self._trouble.say, owner=self)

    # --- entries

    def _begin(self, page: LedgerPage) -> None:
        self._trouble.hide()
        self._entries = ()
        self._shown = AT_ONCE
        self._take(page)

    def _take(self, page: LedgerPage) -> None:
        wanted = len(self._entries) < self._shown or bool(self._search.text())
        self._entries = (*self._entries, *page.entries)
        self._total = page.total
        if wanted:
            self._show()
        else:
            self._older.show()
        self.changed.emit(self._entries)

    def _show(self) -> None:
        """What the person asked for: thousands that are here for the month's sum alone would be laid out for nobody."""
        text = self._search.text()
        looked_at = self._entries if text else self._entries[: self._shown]
        self._older.setVisible(not self.complete or len(looked_at) < len(self._entries))
        found = tuple(written for written in looked_at if not text or ledger_words.matches(written, text))
        self._table.show_entries(found)
        self._table.setVisible(bool(found))
        if not self._entries:
            self._say(self.tr("Nothing has left this computer, and nothing was offered."))
        elif not found:
            self._say(self.tr("No entry is like that."))
        else:
            self._say("")

    @property
    def complete(self) -> bool:
        """Whether every entry is here."""
        return len(self._entries) >= self._total

    def load_older(self) -> None:
        if self._entries:
            call = GetLedger(AT_ONCE, self._entries[-1].number)
            self._desk.link.perform(call, done=self._take, failed=self._trouble.say, owner=self)

    def _show_older(self) -> None:
        self._shown += AT_ONCE
        if len(self._entries) >= self._shown or self.complete:
            self._show()
        else:
            self.load_older()

    # --- one entry

    def _look_at(self, written: LedgerEntry | None) -> None:
        self._chosen = written
        self._body.hide()
        self._facts.setVisible(written is not None)
        self._read.setVisible(written is not None and bool(written.entry.digest))
        if written is None:
            return
        entry = written.entry
        facts = [
            self.tr("Entry {number}").format(number=wording.number(written.number)),
            wording.moment(written.at),
            *(fact for fact in (entry.host, entry.model, wording.sending(entry.send)) if fact),
        ]
        if entry.prompt_tokens:
            words = self.tr("{count} tokens in the question")
            facts.append(words.format(count=wording.number(entry.prompt_tokens)))
        if entry.digest:
            facts.append(self.tr("SHA-256 {digest}").format(digest=entry.digest))
        self._facts.setText(self.tr(", ").join(facts))

    def _read_back(self) -> None:
        if self._chosen is not None:
            call = GetSent(self._chosen.entry.digest)
            self._desk.link.perform(call, done=self._show_body, failed=self._trouble.say, owner=self)

    def _show_body(self, sent: SentBody) -> None:
        if sent.body is None:
            text = self.tr("It is not kept any more. The setting “Keep what was sent” says for how long it is.")
        else:
            text = "\n\n".join(piece.text for piece in pieces(sent.body) if piece.part is not Part.ELSE)
        self._body.setPlainText(text)
        self._body.show()

    # --- the whole

    def _start_verify(self) -> None:
        self._say(self.tr("Looking at every entry."))
        self._desk.link.perform(VerifyLedger(), done=self._verified, failed=self._trouble.say, owner=self)

    def _verified(self, check: LedgerCheck) -> None:
        if check.sound:
            self._say(self.tr("%Ln entries, none changed, none missing.", "", check.entries), "good")
        else:
            self._say(
                wording.sentences(*(about_ledger(problem.says, problem.number) for problem in check.problems[:3])),
                "error",
            )

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Export the record"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Table (*.csv)"), self.tr("JSON (*.json)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("nearside-record.csv")
        dialog.fileSelected.connect(self.export)
        dialog.open()

    def export(self, path: str) -> None:
        """Write every entry, not only those that are shown."""
        self._exporting = path
        self._gather((), 0)

    def _gather(self, entries: tuple[LedgerEntry, ...], before: int) -> None:
        """Page after page until there is none."""

        def take(page: LedgerPage) -> None:
            if page.entries:
                self._gather((*entries, *page.entries), page.entries[-1].number)
            else:
                self._write(entries)

        if before == 1:
            self._write(entries)
            return
        self._desk.link.perform(GetLedger(AT_ONCE, before), done=take, failed=self._trouble.say, owner=self)

    def _write(self, entries: tuple[LedgerEntry, ...]) -> None:
        path = Path(self._exporting)
        data = ledger_words.as_json(entries) if path.suffix.lower() == ".json" else ledger_words.as_csv(entries)
        says = self.tr("{count} entries are in {file}.").format(count=wording.number(len(entries)), file=path.name)
        background.run(lambda: path.write_bytes(data), lambda _: self._say(says, "good"), self._not_written, owner=self)

    def _not_written(self, _: Failure) -> None:
        self._trouble.tell(self.tr("The file could not be written there."), self.tr("Choose another folder."))

    def _say(self, says: str, role: str = "muted") -> None:
        self._news.setText(says)
        self._news.setVisible(bool(says))
        set_role(self._news, role)

    # --- making

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID * 3, 0, 0)
        column.setSpacing(GRID * 2)
        column.addLayout(row(self._search, self._verify, self._export))
        column.addWidget(self._news)
        column.addWidget(self._trouble)
        self._table.setMinimumHeight(self._desk.theme.pixels(HEIGHT))
        column.addWidget(self._table)
        column.addLayout(row(self._older, None))
        column.addWidget(self._facts)
        column.addLayout(row(self._read, None))
        self._body.setReadOnly(True)
        self._body.setTabChangesFocus(True)
        self._body.setProperty("kind", "exact")
        self._body.setFont(self._desk.theme.mono())
        self._body.setAccessibleName(self.tr("What was sent"))
        self._body.setFixedHeight(self._desk.theme.pixels(BODY_HEIGHT))
        column.addWidget(self._body)
        for hidden in (self._older, self._facts, self._read, self._body, self._news):
            hidden.hide()

    def _connect(self) -> None:
        self._search.textChanged.connect(lambda _: self._show())
        self._verify.clicked.connect(self._start_verify)
        self._export.clicked.connect(self._choose_file)
        self._older.clicked.connect(self._show_older)
        self._read.clicked.connect(self._read_back)
        self._table.chosen.connect(self._look_at)
