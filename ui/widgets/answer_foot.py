"""The line under an answer: what it stands on, who answered and how fast; why, copy, ask again. And what unfolds."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from copilot.conversation import Answer
from ui import markdown, reasons, wording
from ui.tokens import GRID
from ui.widgets.flow import Flow
from ui.widgets.parts import push, text_label

translate = QCoreApplication.translate


class AnswerFoot(QWidget):
    again = Signal()

    def __init__(self, answer: Answer, text: str) -> None:
        super().__init__()
        self._answer, self._text = answer, text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 2)
        passages = text_label(passages_words(answer), "strong-muted")
        passages.setVisible(bool(answer.citations) and answer.found)
        self._who = who = text_label(origin_words(answer), "badge" if answer.origin.provider else "muted")
        self._why = push(self.tr("Why this answer"), "link")
        self._why.setCheckable(True)
        self._copy = push(self.tr("Copy"), "link")
        self._copy.setMenu(self._copy_menu())
        self._again = push(self.tr("Ask again"), "link")
        self._again.clicked.connect(self.again)
        self._again.setVisible(not answer.origin.provider)
        parts = (passages, who, self._why, self._copy, self._again)
        column.addLayout(Flow(*parts, across=GRID * 3, down=GRID))
        self._route = text_label("", wraps=True)
        self._panel = _why_panel(answer, self._route)
        self._panel.hide()
        self._why.toggled.connect(self._panel.setVisible)
        column.addWidget(self._panel)

    def set_route(self, sentence: str) -> None:
        """Where the question went, in one sentence."""
        self._route.setText(sentence)

    def allow_again(self, allowed: bool) -> None:
        self._again.setEnabled(allowed)

    @property
    def route(self) -> str:
        return self._route.text()

    @property
    def who(self) -> str:
        """Who answered, as it stands there."""
        return self._who.text()

    @property
    def why(self) -> QPushButton:
        return self._why

    @property
    def panel(self) -> QFrame:
        return self._panel

    def _copy_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Copy as text")).triggered.connect(
            lambda: QGuiApplication.clipboard().setText(with_sources(markdown.plain(self._text), self._answer))
        )
        menu.addAction(self.tr("Copy as Markdown")).triggered.connect(
            lambda: QGuiApplication.clipboard().setText(with_sources(self._text, self._answer))
        )
        return menu


def with_sources(text: str, answer: Answer) -> str:
    """The text, and below it the files that its numbers mean."""
    if not answer.citations or not answer.found:
        return text
    lines = [f"[{citation.marker}] {wording.file_name(citation.path)}" for citation in answer.citations]
    return "\n".join((text, "", *lines))


def passages_words(answer: Answer) -> str:
    """3 passages from 2 files."""
    files = len({citation.path for citation in answer.citations})
    passages = wording.passages(len(answer.citations))
    return translate("AnswerFoot", "{passages} from {files}").format(passages=passages, files=wording.files(files))


def origin_words(answer: Answer) -> str:
    """Who answered, and for a provider what went there and where that is written down."""
    origin = answer.origin
    if not origin.provider and not answer.found:
        return translate("AnswerFoot", "Looked through your files on the {device} in {time}").format(
            device=short_device(origin.device), time=wording.seconds(answer.seconds.total)
        )
    if not origin.provider:
        return translate("AnswerFoot", "Answered on the {device} in {time}").format(
            device=short_device(origin.device), time=wording.seconds(answer.seconds.total)
        )
    words = translate("AnswerFoot", "From {provider} ({model})").format(
        provider=wording.provider(origin.provider), model=origin.model
    )
    if answer.sent_bytes:
        words += translate("AnswerFoot", ", sent {size}").format(size=wording.size(answer.sent_bytes))
    if answer.ledger_entry:
        words += translate("AnswerFoot", ", entry {number}").format(number=wording.number(answer.ledger_entry))
    return words


def short_device(device: str) -> str:
    """`NPU`, `GPU.0` and what else OpenVINO says, in two words."""
    kind, _, number = device.partition(".")
    return f"{kind} {number}".strip()


def _why_panel(answer: Answer, route: QLabel) -> QFrame:
    panel = QFrame()
    panel.setProperty("kind", "card")
    grid = QGridLayout(panel)
    grid.setContentsMargins(GRID * 4, GRID * 3, GRID * 4, GRID * 3)
    grid.setHorizontalSpacing(GRID * 5)
    grid.setVerticalSpacing(GRID + 2)
    grid.setColumnStretch(1, 1)
    rows = [(name, text_label(value, wraps=True)) for name, value in _why_rows(answer)]
    if not answer.origin.provider:
        rows.insert(1, (translate("AnswerFoot", "Route"), route))
    for at, (name, text) in enumerate(rows):
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(text_label(name, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, at, 1)
    return panel


def _why_rows(answer: Answer) -> list[tuple[str, str]]:
    origin, seconds, tokens = answer.origin, answer.seconds, answer.tokens
    rows = [(translate("AnswerFoot", "Reason"), reasons.why(answer))]
    if not origin.provider:
        share = wording.number(answer.confidence * 100)
        rows.append((translate("AnswerFoot", "Confidence"), translate("AnswerFoot", "{share} %").format(share=share)))
        rows.append((translate("AnswerFoot", "Device"), wording.device(origin.device)))
    else:
        rows.append((translate("AnswerFoot", "Sent to"), origin.host))
        rows.append((translate("AnswerFoot", "Sent"), wording.size(answer.sent_bytes) if answer.sent_bytes else ""))
    rows.append((translate("AnswerFoot", "Model"), origin.model))
    if origin.provider:
        times = translate("AnswerFoot", "first word {first}, altogether {total}")
    else:
        times = translate("AnswerFoot", "passages {found}, reading and writing {rest}, altogether {total}")
    times = times.format(
        found=wording.seconds(seconds.retrieve),
        first=wording.seconds(seconds.first_token),
        rest=wording.seconds(max(0.0, seconds.total - seconds.retrieve)),
        total=wording.seconds(seconds.total),
    )
    rows.append((translate("AnswerFoot", "Times"), times))
    counted = translate("AnswerFoot", "{read} read, {written} written").format(
        read=wording.number(tokens.prompt), written=wording.number(tokens.answer)
    )
    rows.append((translate("AnswerFoot", "Tokens"), counted))
    return [(name, value) for name, value in rows if value]
