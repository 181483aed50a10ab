"""Whether and how a provider is offered under an answer: the card, the consent dialog, the decision. What would be sent
is made by the engine, what is shown of it is dialogs/consent.py's, the rule is copilot/routing.py's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from copilot.conversation import Question
from copilot.failures import Failure
from copilot.paths import Paths
from copilot.privacy.consent import ConsentRequest, Decision
from copilot.routing import Way, route
from copilot.settings.policy import resolve
from copilot.settings.providers import read_providers
from copilot.settings.schema import Settings
from ui import background, reasons
from ui.desk import Desk
from ui.dialogs.consent import ConsentDialog
from ui.talk import Exchange, Phase, Talk
from ui.widgets.far_offer import FarOffer, ProviderHint
from ui.widgets.question_field import QuestionField
from ui.widgets.turn_view import TurnView


@dataclass(frozen=True, slots=True)
class Boundary:
    """What may be offered at all: the settings in force and the providers that policy lets be used."""

    settings: Settings
    providers: tuple[str, ...]

    @property
    def ways(self) -> tuple[str, ...]:
        return tuple(way for way in ("question", "passages", "sketch") if way in self.settings.sending_allowed)


def boundary(paths: Paths) -> Boundary:
    """Read from files, on a thread. Raises what the settings raise."""
    settings = resolve(paths.settings).settings
    allowed = settings.providers_allowed
    names = (provider.name for provider in read_providers(paths.providers))
    return Boundary(settings, tuple(name for name in names if not allowed or name in allowed))


class Offering(QObject):
    """Adds to the views of one Talk what concerns providers."""

    def __init__(self, desk: Desk, talk: Talk, view_of: Callable[[Exchange], TurnView | None], window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._talk, self._view_of, self._window = desk, talk, view_of, window
        self._cards: dict[int, QWidget] = {}
        self._agreed: set[tuple[str, str]] = set()
        """Conversations to whose whole the person said yes while this window was open, with the provider."""
        talk.offered.connect(self._show_dialog)
        talk.offer_failed.connect(self._fail)
        talk.added.connect(self._tidy)

    def look_at(self, exchange: Exchange) -> None:
        """A local answer is there: find out where else it could go. The card comes when that is known."""
        answer = exchange.answer
        if exchange.phase is not Phase.DONE or answer is None or exchange.offer:
            return

        def decide(found: Boundary) -> None:
            view = self._view_of(exchange)
            if view is None:
                return
            way = route(answer, found.settings)
            view.set_route(reasons.where(way))
            if way.way is Way.OFFER and self._talk.exchanges and self._talk.exchanges[-1] is exchange:
                self._add_card(exchange, view, found)

        background.run(lambda: boundary(self._desk.paths), decide, lambda _: None, owner=self._window)

    # --- the card

    def _add_card(self, exchange: Exchange, view: TurnView, found: Boundary) -> None:
        if id(exchange) in self._cards:
            return
        card: QWidget
        if not found.providers or not found.ways:
            hint = ProviderHint()
            hint.wanted.connect(lambda: self._desk.wishes.page.emit("privacy"))
            card = hint
        else:
            chosen = found.settings.send if found.settings.send in found.ways else found.ways[0]
            # Without passages there is nothing but the question to send.
            passages = exchange.answer is not None and bool(exchange.answer.citations)
            ways = found.ways if passages or "question" not in found.ways else ("question",)
            agreed = frozenset(name for name in found.providers if (self._talk.id, name) in self._agreed)
            offer = FarOffer(found.providers, ways, chosen if chosen in ways else ways[0], agreed)
            offer.wanted.connect(lambda provider, send: self._prepare(exchange, offer, provider, send))
            offer.declined.connect(lambda: self._drop_card(exchange))
            card = offer
        self._cards[id(exchange)] = card
        view.add_below(card)

    def _prepare(self, exchange: Exchange, card: FarOffer, provider: str, send: str) -> None:
        if self._talk.busy:
            return
        card.wait(True)
        self._talk.prepare_offer(exchange, provider, send)

    def _fail(self, exchange: Exchange, failure: Failure) -> None:
        card = self._cards.get(id(exchange))
        if isinstance(card, FarOffer):
            card.fail(failure)

    def _drop_card(self, exchange: Exchange) -> None:
        card = self._cards.pop(id(exchange), None)
        if card is not None:
            self._keep_keyboard(card)
            card.hide()
            card.deleteLater()

    def _keep_keyboard(self, card: QWidget) -> None:
        """A card that goes with the keyboard on it would leave it to whatever comes next: it is the next question's."""
        holder, field = self._window.window().focusWidget(), self._window.findChild(QuestionField)
        if field is not None and holder is not None and card.isAncestorOf(holder):
            field.setFocus()

    def _tidy(self, exchange: Exchange) -> None:
        """Once the conversation goes on, older offers go: only the last answer's is open."""
        for other in tuple(self._talk.exchanges[:-1]):
            self._drop_card(other)

    # --- the decision

    def _show_dialog(self, exchange: Exchange, request: ConsentRequest) -> None:
        card = self._cards.get(id(exchange))
        if isinstance(card, FarOffer):
            card.wait(False)
        # A yes to this conversation holds for the same provider, way and labels: the engine knows. A card that promised
        # to show what would be sent shows it all the same.
        if request.standing and isinstance(card, FarOffer) and card.sends_at_once:
            self._decide(exchange, request, Decision.CONVERSATION)
            return
        question = Question(exchange.question, exchange.scope)
        dialog = ConsentDialog(self._desk, request, self._window.window(), question)
        dialog.decided.connect(lambda said: self._decide(exchange, dialog.request, Decision(said)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _decide(self, exchange: Exchange, request: ConsentRequest, decision: Decision) -> None:
        if decision is Decision.CONVERSATION:
            self._agreed.add((request.conversation_id, request.provider))
        self._drop_card(exchange)
        self._talk.decide(exchange, request, decision)
        if decision in (Decision.NO, Decision.NEVER_FOLDER):
            self._desk.wishes.notice.emit(self.tr("Nothing was sent."))
