"""The far side's part of a conversation: make an offer, take the decision, have it sent, bring the answer home.

Where the pieces of the boundary meet: labels, redactor, policy, budget, ledger, spawner. The local attempt before it is
the assistant's, the bytes are outbound.py's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from copilot import budget
from copilot.calls import Decide, Revise
from copilot.conversation import Answer, Delta, Message, Origin, Role, Seconds, Tokens
from copilot.failures import RemoteFailure
from copilot.far_errors import KeptHere, LabelForbids, SendingForbidden
from copilot.gateway.frames import Failed
from copilot.gateway.spawner import Spawner
from copilot.outbound import (
    Composed,
    Context,
    cited,
    compose,
    make_request,
    pack_context,
    taken_along,
    unpack_context,
)
from copilot.paths import Paths
from copilot.privacy.boundary import LOCAL, REDACTED, LabelRule, Labels, sift
from copilot.privacy.consent import Consent, ConsentRequest, Decision, Sending, Withheld, approve
from copilot.privacy.detectors import value
from copilot.privacy.entries import Entry, EntryKind
from copilot.privacy.finding import Detector
from copilot.privacy.ledger import Ledger
from copilot.privacy.memory import Memory, MemoryState
from copilot.privacy.people import Gazetteer
from copilot.privacy.redactor import Redactor, detectors_in_force
from copilot.privacy.restoring import Restoring
from copilot.privacy.wishes import heed
from copilot.quoting import quoted
from copilot.settings.gates import gates
from copilot.settings.labels import read_labels, write_labels
from copilot.settings.providers import Provider, check_address, find_provider
from copilot.settings.schema import Settings
from indexer.document import MEMBER_SEPARATOR
from indexer.query import Hit
from indexer.reporter import Reporter

ENGINE = "cloud"
TRY = "Reply with the word OK."


@dataclass(frozen=True, slots=True)
class Wanted:
    """An offer to be made: the question, what was found for it, and how the local attempt went in one sentence; words
    to replace besides, and to leave as they are.
    """

    question: str
    hits: tuple[Hit, ...]
    provider: str
    send: str
    conversation_id: str
    reason: str
    add: tuple[str, ...] = ()
    lift: tuple[str, ...] = ()


class FarSide:
    """Needs the ledger and the settings in force; the spawner only once something is sent.

    `known` gives the names in the person's own mail; it is asked when something is to be redacted.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        ledger: Ledger,
        spawner: Spawner | None,
        known: Callable[[], Gazetteer] = Gazetteer,
    ) -> None:
        self._paths = paths
        self._settings = settings
        self._ledger = ledger
        self._spawner = spawner
        self._known = known

    # --- offering

    def offer(self, wanted: Wanted) -> ConsentRequest:
        """The request to look at, written into the ledger. Raises what forbids it, after an entry that says so."""
        provider = find_provider(self._paths.providers, wanted.provider)
        send = self._checked(provider, wanted.send)
        sifted = sift(wanted.hits, self.labels(), inside=provider.host in self._settings.inside_hosts)
        along = taken_along(tuple(quoted(number, hit) for number, hit in enumerate(sifted.allowed, start=1)), send)
        withheld = () if send is Sending.QUESTION else sifted.withheld
        labels = self.labels()
        copies = ((hit.path, (hit.path, *hit.also_at)) for hit in sifted.allowed)
        strict = tuple(path for path, all_paths in copies if REDACTED in map(labels.of, all_paths))
        context = Context(wanted.question, along, self._remembered(wanted.conversation_id), strict)
        request = self._make(provider, send, wanted, context, withheld)
        # What the person has just chosen to keep unreplaced they see before it leaves, whatever they said before.
        return replace(request, standing=not wanted.lift and self._stands(request))

    def revise(self, call: Revise) -> ConsentRequest:
        """The same offer with more, or less, replaced: another body, another digest, a decision of its own."""
        before = self._ledger.request(call.request_id)
        context = unpack_context(self._ledger.context(before.id))
        provider = find_provider(self._paths.providers, before.provider)
        send = self._checked(provider, before.send.value, before.id)
        self._check_labels(before)
        names = before.provider, before.send.value, before.conversation_id, before.reason
        labels = self.labels()
        strict = tuple(one.path for one in context.citations if labels.of(one.path) == REDACTED)
        wanted = Wanted(context.question, (), *names, call.add, call.lift)
        return self._make(provider, send, wanted, replace(context, strict=(*context.strict, *strict)), before.withheld)

    def _make(
        self,
        provider: Provider,
        send: Sending,
        wanted: Wanted,
        context: Context,
        withheld: tuple[Withheld, ...],
    ) -> ConsentRequest:
        """Redacted, composed, written down. `context` has the passages that go along and what is remembered."""
        memory = Memory(context.memory, forced=self._settings.forced_redaction)
        detectors = self._detectors(send)

        def composed(memory: Memory) -> Composed:
            redactor = Redactor(detectors, memory)
            return compose(context.question, context.citations, send, redactor, context.strict)

        # Drafts have a memory of their own, so that what they number is not numbered for good.
        heed(memory, wanted.add, wanted.lift, lambda: composed(memory.copy()).swaps)
        request = self._request(provider, send, composed(memory), wanted, withheld)
        kept = pack_context(replace(context, memory=memory.state()))
        self._ledger.offer(request, self._settings.keep_sent_days, kept)
        return request

    def _remembered(self, conversation_id: str) -> MemoryState:
        """Stand-ins are the same all through a conversation. What was lifted for one offer is not for the next."""
        kept = self._ledger.last_context(conversation_id) if conversation_id else b""
        return replace(unpack_context(kept).memory, lifted=()) if kept else MemoryState()

    def labels(self) -> Labels:
        return read_labels(self._paths.labels, self._settings)

    def set_label(self, pattern: str, label: str) -> Labels:
        """Add or replace one rule of the person's; without a label, take it away."""
        labels = self.labels()
        labels = labels.with_rule(LabelRule(pattern, label)) if label else labels.without_rule(pattern)
        write_labels(self._paths.labels, labels)
        return labels

    def _checked(self, provider: Provider, send: str, request_id: str = "") -> Sending:
        """May this be sent in this way? Raises what forbids it, after an entry that says so."""
        try:
            check_address(provider, gates(self._settings))
            if self._settings.cloud_mode == "local":
                raise KeptHere
            wanted = send or self._settings.send
            if wanted not in self._settings.sending_allowed:
                raise SendingForbidden(wanted, self._settings.sending_allowed)
            budget.left(self._settings, self._ledger, provider.host, provider.model)
        except Exception as error:
            code = getattr(error, "code", "blocked")
            blocked = Entry(EntryKind.BLOCKED, request_id, provider.name, provider.host, detail=code)
            self._ledger.append(blocked)
            raise
        return Sending(wanted)

    def _detectors(self, send: Sending) -> tuple[Detector, ...]:
        sketch, forced = send is Sending.SKETCH, self._settings.forced_redaction
        detectors = detectors_in_force(
            amounts=sketch or self._settings.redact_amounts or "amount" in forced,
            dates=sketch or self._settings.redact_dates or "date" in forced,
            words=self._settings.redact_also,
            known=self._known(),
        )
        return (*detectors, value) if sketch else detectors

    def _request(
        self, provider: Provider, send: Sending, composed: Composed, wanted: Wanted, withheld: tuple[Withheld, ...]
    ) -> ConsentRequest:
        left, warns = budget.left(self._settings, self._ledger, provider.host, provider.model)
        return make_request(
            composed,
            provider,
            send,
            withheld=withheld,
            reason=wanted.reason,
            max_tokens=self._settings.cloud_answer_tokens,
            conversation_id=wanted.conversation_id,
            budget_left=left,
            budget_warns=warns,
        )

    def _stands(self, request: ConsentRequest) -> bool:
        """Whether the person said yes to this conversation before, for this provider and way, and labels allow as
        much.
        """
        if not request.conversation_id:
            return False
        labels = self.labels()
        for written in self._ledger.entries():
            entry = written.entry
            if entry.kind is not EntryKind.DECIDED or entry.detail != Decision.CONVERSATION.value:
                continue
            before = self._ledger.request(entry.request_id)
            same = (before.conversation_id, before.provider, before.send, before.url, before.model)
            now = (request.conversation_id, request.provider, request.send, request.url, request.model)
            seen = {labels.of(path) for path in before.files}
            if same == now and {labels.of(path) for path in request.files} <= seen:
                return True
        return False

    # --- deciding and sending

    def decide(self, call: Decide, reporter: Reporter) -> Answer:
        """Write the decision down; after a yes have exactly that body sent. Raises ConsentMismatch and what sending
        raises.
        """
        consent = Consent(call.request_id, call.digest, Decision(call.decision), time.time())
        request = self._ledger.request(call.request_id)
        if consent.decision in (Decision.NO, Decision.NEVER_FOLDER):
            self._ledger.decide(consent)
            if consent.decision is Decision.NEVER_FOLDER:
                self._keep_here(request)
            return _unsent(request, unpack_context(self._ledger.context(request.id)))
        approve(request, consent)
        self._check_labels(request)
        self._checked(find_provider(self._paths.providers, request.provider), request.send.value, request.id)
        self._ledger.decide(consent)
        return self._send(request, reporter)

    def try_provider(self, name: str, reporter: Reporter) -> Answer:
        """A fixed line, offered and approved by the command itself; it holds nothing of the person's."""
        provider = find_provider(self._paths.providers, name)
        self._checked(provider, Sending.QUESTION.value)
        composed = Composed((Message(Role.USER, TRY),), (), ())
        wanted = Wanted(TRY, (), name, Sending.QUESTION.value, "", "You asked to test it.")
        request = self._request(provider, Sending.QUESTION, composed, wanted, ())
        self._ledger.offer(request, self._settings.keep_sent_days, pack_context(Context(TRY, (), MemoryState())))
        consent = Consent(request.id, request.digest, Decision.ONCE, time.time())
        self._ledger.decide(consent)
        return self._send(request, reporter)

    def _send(self, request: ConsentRequest, reporter: Reporter) -> Answer:
        if self._spawner is None:
            raise SendingForbidden("anything", ())
        began, context = time.perf_counter(), unpack_context(self._ledger.context(request.id))
        restoring = Restoring(Memory(context.memory))
        pieces: list[str] = []
        first = 0.0

        def take(text: str) -> None:
            nonlocal first
            first = first or time.perf_counter() - began
            if whole := restoring.feed(text):
                pieces.append(whole)
                reporter.report(Delta(whole))

        end = self._spawner.run(request.id, take, reporter)
        if isinstance(end, Failed):
            raise RemoteFailure(end.failure)
        if whole := restoring.finish():
            pieces.append(whole)
            reporter.report(Delta(whole))
        text = "".join(pieces).strip()
        return Answer(
            question=context.question,
            text=text,
            found=bool(text),
            citations=cited(text, context.citations),
            statements=(),
            origin=Origin(ENGINE, request.model, "", request.provider, request.host),
            reason=f"{request.provider} answered; {request.byte_count:,} bytes were sent after you had seen them.",
            seconds=Seconds(0.0, first, time.perf_counter() - began),
            tokens=Tokens(end.prompt_tokens, end.answer_tokens),
            ledger_entry=end.entry,
            sent_bytes=request.byte_count,
        )

    def _check_labels(self, request: ConsentRequest) -> None:
        """A folder may have become local since the offer was made. Raises LabelForbids, after an entry that says so."""
        if request.host in self._settings.inside_hosts:
            return
        labels = self.labels()
        local = tuple(path for path in request.files if labels.of(path) == LOCAL)
        if local:
            error = LabelForbids(len(local))
            blocked = Entry(EntryKind.BLOCKED, request.id, request.provider, request.host, detail=error.code)
            self._ledger.append(blocked)
            raise error

    def _keep_here(self, request: ConsentRequest) -> None:
        """Never for these folders: the folders that passages came from become local."""
        labels = self.labels()
        for folder in dict.fromkeys(_folder(path) for path in request.files):
            labels = labels.with_rule(LabelRule(folder, LOCAL))
        write_labels(self._paths.labels, labels)


def _folder(path: str) -> str:
    return str(PurePath(path.split(MEMBER_SEPARATOR)[0]).parent)


def _unsent(request: ConsentRequest, context: Context) -> Answer:
    return Answer(
        question=context.question,
        text="",
        found=False,
        citations=(),
        statements=(),
        origin=Origin(ENGINE, request.model, "", request.provider, request.host),
        reason="You said no; nothing was sent.",
        seconds=Seconds(0.0, 0.0, 0.0),
        tokens=Tokens(0, 0),
    )
