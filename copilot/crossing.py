"""Calls about the boundary: offers, decisions, labels, and the ledger that keeps what became of them.

What happens is farside.py's and the ledger's; here they are opened for the length of one call, with the settings and
the policy that hold now: what IT forbids holds from the next call on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from copilot.calls import Decide, GetLedger, GetSent, Revise, SetLabel, TryProvider, VerifyLedger
from copilot.conversation import Answer
from copilot.correspondents import Correspondents
from copilot.farside import FarSide, Wanted
from copilot.gateway.spawner import Spawner
from copilot.keys import library_key
from copilot.outbound import unpack_context
from copilot.paths import Paths, private_folder
from copilot.privacy.boundary import Labels
from copilot.privacy.consent import ConsentRequest
from copilot.privacy.ledger import Ledger
from copilot.privacy.people import Gazetteer
from copilot.reports import LedgerCheck, LedgerPage, SentBody
from copilot.settings.policy import resolve
from indexer.reporter import Reporter
from indexer.store.library import Store

R = TypeVar("R")


class Crossing:
    """`spawner`, started before this process was sealed, is needed only to send what was approved."""

    def __init__(self, paths: Paths, store: Callable[[], Store], spawner: Spawner | None) -> None:
        self._paths = paths
        self._store = store
        self._spawner = spawner
        self._correspondents = Correspondents()

    def offer(self, wanted: Wanted) -> ConsentRequest:
        return self._with_far_side(lambda far: far.offer(wanted))

    def revise(self, call: Revise, reporter: Reporter) -> ConsentRequest:
        return self._with_far_side(lambda far: far.revise(call))

    def decide(self, call: Decide, reporter: Reporter) -> Answer:
        return self._with_far_side(lambda far: far.decide(call, reporter))

    def offered(self, request_id: str) -> tuple[ConsentRequest, str]:
        """What was offered, and the question it was about. Raises ApprovalMissing."""
        with self._ledger() as ledger:
            return ledger.request(request_id), unpack_context(ledger.context(request_id)).question

    def try_provider(self, call: TryProvider, reporter: Reporter) -> Answer:
        return self._with_far_side(lambda far: far.try_provider(call.provider, reporter))

    def set_label(self, call: SetLabel, reporter: Reporter) -> Labels:
        return self._with_far_side(lambda far: far.set_label(call.pattern, call.label))

    def page(self, call: GetLedger, reporter: Reporter) -> LedgerPage:
        with self._ledger() as ledger:
            entries = ledger.entries()
        older = [entry for entry in entries if not call.before or entry.number < call.before]
        return LedgerPage(tuple(reversed(older))[: call.limit], len(entries))

    def verify(self, call: VerifyLedger, reporter: Reporter) -> LedgerCheck:
        with self._ledger() as ledger:
            return LedgerCheck(len(ledger.entries()), ledger.verify())

    def sent(self, call: GetSent, reporter: Reporter) -> SentBody:
        with self._ledger() as ledger:
            return SentBody(ledger.body(call.digest))

    def _ledger(self) -> Ledger:
        """Opened by whomever, it first forgets the bodies whose time is over."""
        private_folder(self._paths.library.parent)
        ledger = Ledger.open(self._paths.ledger, library_key(self._paths.library).secret)
        ledger.forget_bodies(resolve(self._paths.settings).settings.keep_sent_days)
        return ledger

    def _with_far_side(self, use: Callable[[FarSide], R]) -> R:
        settings = resolve(self._paths.settings).settings
        with self._ledger() as ledger:
            return use(FarSide(self._paths, settings, ledger, self._spawner, self._known_names))

    def _known_names(self) -> Gazetteer:
        return self._correspondents.known(self._store())
