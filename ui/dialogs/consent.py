"""Before anything leaves: where it goes, every word and byte of it, what was replaced, what it costs, and a decision.

Nothing is ticked beforehand. The keyboard stands on "Don't send", and closing the dialog in any way is a no. The
buttons that send are alive only while the text on the screen is what the body's bytes say and the digest is theirs.
What may be offered at all is decided in the engine (copilot/farside.py).
"""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from copilot.calls import Offer, Revise
from copilot.conversation import Question
from copilot.failures import Failure
from copilot.privacy.consent import ConsentRequest, Decision, Swap, digest_of
from indexer.errors import NearsideError
from ui import preferences, wording
from ui.desk import Desk
from ui.engine_link import Ticket
from ui.tokens import GRID
from ui.widgets.announcing import announce
from ui.widgets.choice import Choice
from ui.widgets.consent_text import ConsentText
from ui.widgets.parts import clear, push, row, set_tip, text_label
from ui.widgets.trouble import Trouble

WIDTH = 860
SIDES = GRID * 8
NAMES_SHOWN = 3
RAW_HEIGHT = 150
FRAME = GRID * 12
"""What a desktop's title bar and edges take of the screen."""
LEAST_MIDDLE = GRID * 20
SPEAK_MS = 400
"""After the dialog came: a screen reader says its title first."""


class ConsentDialog(QDialog):
    """Open it with `open()`; it tells the decision once and closes."""

    decided = Signal(str)
    """once, conversation, no or never_folder; about `request` as it stands then."""
    changed = Signal(object)
    """ConsentRequest: the person had more or less replaced, or another way of sending: other bytes."""

    def __init__(
        self, desk: Desk, request: ConsentRequest, parent: QWidget | None = None, question: Question | None = None
    ) -> None:
        """With the `question` another way of sending can be chosen."""
        super().__init__(parent)
        self._desk = desk
        self._question = question
        self._lifted: list[str] = []
        self._added: list[str] = []
        self._ticket: Ticket | None = None
        self._said = False
        self._narrow = self.screen().availableGeometry().width() < desk.theme.pixels(WIDTH)
        self._columns = 2 if self._narrow else 4
        self.request = request
        self._title = text_label("", "heading", wraps=True)
        self._way = Choice(desk.theme, self.tr("What is sent"), quiet=True)
        self._about = text_label("", "muted", wraps=True)
        self._text = ConsentText(desk.theme)
        self._replace = push(self.tr("Replace what is selected"))
        hint = self.tr("Select text to have it replaced, choose a marked word to send it as it is.")
        self._hint = text_label(hint, "muted", wraps=True)
        self._kept = row(spacing=GRID)
        self._facts = QGridLayout()
        self._sources = text_label("", "muted")
        self._withheld = text_label("", "muted")
        self._trouble = Trouble()
        self._raw = QPlainTextEdit()
        self._scroll = QScrollArea()
        self._show_raw = push(self.tr("Show raw request"), "quiet")
        self._never = push(self.tr("Never from these folders"), "quiet")
        self._no = push(self.tr("Don't send"))
        self._conversation = push(self.tr("This conversation"))
        self._once = push(self.tr("Send once"), "primary")
        self._lay_out()
        self._connect()
        self._show()
        self.ensurePolished()
        self.resize(self.minimumWidth(), 1)
        self._fit()  # before it is shown: where it comes depends on how high it is

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 Qt's name
        """Where it would go and every word of it are read out, though the keyboard is on the button that refuses."""
        super().showEvent(event)
        self._fit()
        QTimer.singleShot(SPEAK_MS, self, lambda: announce(self, self.accessibleDescription()))

    # --- what is shown

    def _show(self) -> None:
        request = self.request
        provider = wording.provider(request.provider)
        self.setWindowTitle(self.tr("Send to {provider}").format(provider=provider))
        self._title.setText(self.tr("Send this to {provider}?").format(provider=provider))
        self._about.setText(
            self.tr("Nothing has left this computer. This is the whole text, exactly as it would be sent.")
        )
        self._text.show_request(request)
        self._raw.setPlainText(f"POST {request.url}\n\n{request.body.decode('utf-8', 'backslashreplace')}")
        self._show_way()
        self._show_facts()
        self._show_sources()
        self._show_kept()
        self._selection_changed()
        self._never.setVisible(bool(request.files))
        self._let_send(self.sound)
        facts = ". ".join(f"{about}: {fact}" for fact, about, _ in self._fact_words())
        self.setAccessibleDescription(f"{self._about.text()} {facts}. {self._text.toPlainText()}")
        if self.isVisible():
            self._fit()
            announce(self, self.accessibleDescription())

    @property
    def sound(self) -> bool:
        """Whether the digest is the body's, and the text on the screen is what the body says."""
        return digest_of(self.request.body) == self.request.digest and self._text.says(self.request)

    def _let_send(self, may: bool) -> None:
        self._once.setEnabled(may)
        self._conversation.setEnabled(may and bool(self.request.conversation_id))

    def _show_way(self) -> None:
        allowed = [self.request.send.value]
        if self._question is not None:
            with contextlib.suppress(NearsideError):
                allowed = list(preferences.in_force(self._desk).settings.sending_allowed)
        self._way.fill(tuple((way, wording.sending(way)) for way in allowed), self.request.send.value)
        self._way.setEnabled(len(allowed) > 1)
        self._way.setToolTip(wording.sending_about(self.request.send.value))

    def _show_facts(self) -> None:
        clear(self._facts)
        for column, (fact, about, role) in enumerate(self._fact_words()):
            label = text_label(fact, role, wraps=True)
            label.setAccessibleName(f"{about}: {fact}")
            at, below = column % self._columns, column // self._columns * 2
            self._facts.addWidget(label, below, at, Qt.AlignmentFlag.AlignBottom)
            self._facts.addWidget(text_label(about, "muted", wraps=True), below + 1, at, Qt.AlignmentFlag.AlignTop)
            self._facts.setColumnStretch(at, 1)

    def _fact_words(self) -> tuple[tuple[str, str, str], ...]:
        request = self.request
        count = sum(finding.count for finding in request.findings)
        kinds = self.tr(", ").join(wording.finding_kind(finding.kind) for finding in request.findings)
        whole = self.tr("no file leaves whole") if request.files else self.tr("no text of any file")
        return (
            (request.host, self.tr("to {model}").format(model=request.model), ""),
            (wording.size(request.byte_count), whole, ""),
            (
                self.tr("{count} replaced").format(count=wording.number(count)),
                kinds or self.tr("nothing private found"),
                "",
            ),
            self._cost_words(),
        )

    def _cost_words(self) -> tuple[str, str, str]:
        cost = self.request.cost
        if cost is None:
            return self.tr("price unknown"), self.tr("not in the price list"), ""
        amount = self.tr("about {money}").format(money=wording.money(cost.amount, cost.currency))
        if cost.budget_left is None:
            return amount, self.tr("no budget is set"), ""
        left = self.tr("of {left} left this month").format(left=wording.number(cost.budget_left, 2))
        return amount, left, "warning" if cost.warns else ""

    def _show_sources(self) -> None:
        names = [wording.file_name(path) for path in self.request.files]
        shown = self.tr(", ").join(names[:NAMES_SHOWN])
        more = len(names) - NAMES_SHOWN
        if more > 0:
            shown = self.tr("{names} and {count} more").format(names=shown, count=wording.number(more))
        self._sources.setText(self.tr("Passages from: {names}").format(names=shown))
        set_tip(self._sources, "\n".join(self.request.files))
        self._sources.setVisible(bool(names))
        held = [
            self.tr("{count} of {folder}").format(
                count=wording.number(one.count), folder=wording.folder_title(one.folder)
            )
            for one in self.request.withheld
        ]
        self._withheld.setText(self.tr("Passages kept here: {folders}").format(folders=self.tr(", ").join(held)))
        self._withheld.setVisible(bool(held))

    def _show_kept(self) -> None:
        """What the person lifted, each with the way back."""
        clear(self._kept)
        for word in self._lifted:
            chip = push(self.tr("{word}, sent as it is ✕").format(word=word), "chip")
            chip.setAccessibleName(self.tr("Replace {word} again").format(word=word))
            chip.clicked.connect(lambda _=False, word=word: self._revise(add=(word,)))
            self._kept.addWidget(chip)
        self._kept.addStretch(1)

    def _selection_changed(self) -> None:
        self._replace.setEnabled(bool(self._text.selected()))

    # --- other bytes

    def _revise(self, add: tuple[str, ...] = (), lift: tuple[str, ...] = ()) -> None:
        """Ask for the same with more or less replaced. Until it comes nothing can be sent."""
        self._lifted = [word for word in (*self._lifted, *lift) if word not in add]
        self._added = [word for word in (*self._added, *add) if word not in lift]
        self._ask(Revise(self.request.id, add, lift))

    def _choose_way(self) -> None:
        if self._question is None or self._way.value == self.request.send.value:
            return
        request = self.request
        added, lifted = tuple(self._added), tuple(self._lifted)
        self._ask(Offer(self._question, request.provider, self._way.value, request.conversation_id, added, lifted))

    def _ask(self, call: Revise | Offer) -> None:
        if self._ticket is not None:
            self._ticket.drop()
        self._trouble.hide()
        self._let_send(False)
        # Whatever dies now, the keyboard must not fall on a button that sends.
        self._no.setFocus(Qt.FocusReason.OtherFocusReason)
        self._about.setText(self.tr("Nothing has left this computer. The text is being made anew."))
        self._ticket = self._desk.link.perform(call, done=self._take, failed=self._refused, owner=self)

    def _take(self, request: ConsentRequest) -> None:
        self._ticket = None
        self.request = request
        self._show()
        self.changed.emit(request)

    def _refused(self, failure: Failure) -> None:
        """What was shown before still stands, and so does its digest."""
        self._ticket = None
        originals = {swap.original for swap in self.request.swaps}
        self._lifted = [word for word in self._lifted if word not in originals]
        self._show()
        self._trouble.say(failure)

    def _offer_to_lift(self, swap: Swap, at: QPoint) -> None:
        menu = QMenu(self)
        meaning = menu.addAction(
            self.tr("{placeholder} stands for {original}").format(placeholder=swap.placeholder, original=swap.original)
        )
        meaning.setEnabled(False)
        menu.addSeparator()
        lift = menu.addAction(self.tr("Send it as it is"), lambda: self._revise(lift=(swap.original,)))
        lift.setEnabled(swap.liftable)
        if not swap.liftable:
            lift.setText(self.tr("It stays replaced: its folder or your organization wants it so"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    # --- deciding

    def _decide(self, decision: Decision) -> None:
        sends = decision in (Decision.ONCE, Decision.CONVERSATION)
        if self._said or (sends and not (self.sound and self._ticket is None)):
            return
        self._said = True
        if self._ticket is not None:
            self._ticket.drop()
        self.decided.emit(decision.value)
        self.done(int(QDialog.DialogCode.Accepted if sends else QDialog.DialogCode.Rejected))

    def reject(self) -> None:
        """Esc, the window's cross: a no."""
        self._decide(Decision.NO)

    # --- making

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self.setModal(True)
        self.setMinimumWidth(min(theme.pixels(WIDTH), self.screen().availableGeometry().width() - SIDES))
        self.setObjectName("consent")
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDES, GRID * 7, SIDES, GRID * 6)
        column.setSpacing(GRID * 3)
        head = row(self._title, self._way)
        head.setStretch(0, 1)  # a title that may wrap takes all the room before it does
        column.addLayout(head)
        self._inside = self._middle()
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(self._scroll, 1)
        column.addSpacing(GRID)
        looks, decides = (self._show_raw, self._never), (self._no, self._conversation, self._once)
        if self._narrow:
            column.addLayout(row(*looks, None))
            column.addLayout(row(None, *decides))
        else:
            column.addLayout(row(*looks, None, *decides))

    def _middle(self) -> QWidget:
        """All between the title and the buttons; it scrolls where a screen is lower than it needs."""
        theme = self._desk.theme
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID * 3)
        column.addWidget(self._about)
        column.addWidget(self._text)
        replace = row(self._replace, self._hint)
        replace.setStretch(1, 1)
        column.addLayout(replace)
        column.addLayout(self._kept)
        self._facts.setHorizontalSpacing(GRID * 6)
        self._facts.setVerticalSpacing(GRID // 2)
        column.addLayout(self._facts)
        about = QVBoxLayout()
        about.setSpacing(GRID // 2)
        about.addWidget(self._sources)
        about.addWidget(self._withheld)
        column.addLayout(about)
        column.addWidget(self._trouble)
        self._raw.setReadOnly(True)
        self._raw.setTabChangesFocus(True)
        self._raw.setFont(theme.mono())
        self._raw.setProperty("kind", "exact")
        self._raw.setAccessibleName(self.tr("Raw request"))
        self._raw.setFixedHeight(theme.pixels(RAW_HEIGHT))
        self._raw.hide()
        column.addWidget(self._raw)
        return middle

    def _fit(self) -> None:
        """As high as its words are at this width, and no higher than the screen: by itself a dialog counts each label
        as one line, and its buttons would be off the screen."""
        layout, middle = self.layout(), self._inside.layout()
        assert layout is not None
        assert middle is not None
        layout.activate()
        middle.activate()
        self._scroll.setMinimumHeight(0)
        layout.invalidate()
        rest = layout.totalHeightForWidth(self.width())
        screen = self.screen().availableGeometry()
        room = screen.height() - FRAME - rest
        wanted = middle.totalHeightForWidth(self.width() - 2 * SIDES)
        high = min(wanted, max(room, LEAST_MIDDLE))
        self._scroll.setMinimumHeight(high)
        self.setMinimumHeight(rest + high)
        self.resize(self.width(), rest + high)
        if self.isVisible():  # what grew below the screen's edge goes up
            lowest = screen.top() + screen.height() - FRAME - self.height()
            self.move(self.x(), max(screen.top(), min(self.y(), lowest)))

    def _connect(self) -> None:
        self._text.mark_chosen.connect(self._offer_to_lift)
        self._text.selectionChanged.connect(self._selection_changed)
        self._replace.clicked.connect(lambda: self._revise(add=(self._text.selected(),)))
        self._way.activated.connect(lambda _: self._choose_way())
        self._show_raw.clicked.connect(self._turn_raw)
        self._no.clicked.connect(lambda: self._decide(Decision.NO))
        self._never.clicked.connect(lambda: self._decide(Decision.NEVER_FOLDER))
        self._once.clicked.connect(lambda: self._decide(Decision.ONCE))
        self._conversation.clicked.connect(lambda: self._decide(Decision.CONVERSATION))
        self._no.setDefault(True)
        self._no.setFocus(Qt.FocusReason.TabFocusReason)

    def _turn_raw(self) -> None:
        shown = self._raw.isHidden()
        self._raw.setVisible(shown)
        self._show_raw.setText(self.tr("Hide raw request") if shown else self.tr("Show raw request"))
        self._fit()
