"""From a question that this computer can't answer to a request that a person can look at: what goes along, in which
words.

The body is made here once, shown, and sent as it is. What may go along is boundary.py's, what is replaced
redactor.py's, whether to ask at all routing.py's. Nothing is sent here.

Three ways, after the idea of Minions and PAPILLON (arXiv 2502.15964, 2410.17127) that far models can help with less
than the files: the question alone; the question with redacted passages; a *sketch*, in which every value (numbers,
dates, names, codes) is replaced, so that what comes back is a plan with blanks that is filled in here.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Container, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from copilot.conversation import Citation, Message, Role
from copilot.prices import estimated_cost, price_of
from copilot.privacy.consent import ConsentRequest, Cost, FindingCount, Sending, Swap, Withheld, digest_of
from copilot.privacy.finding import Finding
from copilot.privacy.memory import MemoryState
from copilot.privacy.redactor import Redacted, Redactor, counted
from copilot.providers import wire_formats
from copilot.settings.providers import Provider

REQUEST_BYTES = 16
SHOWN_PASSAGES = 6

_STAND_INS = (
    "Names such as Person A, Company B, Phone 1 or 人员A stand for private data. Treat them as ordinary names and keep "
    "them exactly as they are. Reply in the language of the question, briefly."
)
_RULES = {
    Sending.QUESTION: f"Answer the question from what you know. {_STAND_INS}",
    Sending.PASSAGES: (
        "Answer the question from the numbered passages only. After each sentence put the number of its passage, such "
        f"as [2]. If the passages do not hold the answer, say so. {_STAND_INS}"
    ),
    Sending.SKETCH: (
        "The numbered passages are a sketch: every value in them was replaced by a name such as Value 1 or Date 2. "
        "Write the answer to the question as a sentence in which those names stand where the values belong; they are "
        f"filled in later. After each sentence put the number of its passage, such as [2]. {_STAND_INS}"
    ),
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A conversation ready for a wire format, what was replaced in it, and the passages that it may cite."""

    messages: tuple[Message, ...]
    findings: tuple[FindingCount, ...]
    citations: tuple[Citation, ...]
    swaps: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is kept, encrypted, beside an offer: how to put private data back, and what `[n]` in the reply means."""

    question: str
    citations: tuple[Citation, ...]
    memory: MemoryState
    strict: tuple[str, ...] = ()
    """Files of the citations in which nothing is lifted."""


def taken_along(citations: Sequence[Citation], send: Sending) -> tuple[Citation, ...]:
    """Those passages of `citations`, which have passed the boundary, that go along; with QUESTION none does."""
    return () if send is Sending.QUESTION else tuple(citations)[:SHOWN_PASSAGES]


def compose(
    question: str, along: Sequence[Citation], send: Sending, redactor: Redactor, strict: Container[str] = ()
) -> Composed:
    """Words for the far side. `along` are the passages that go along, `strict` the files in which nothing is lifted.

    For a SKETCH the redactor must know the kind `value` besides the others.
    """
    passages = [redactor.redact(_with_place(one), lifting=one.path not in strict) for one in along]
    asked = redactor.redact(question)
    blocks = [f"[{number}] {passage.text}" for number, passage in enumerate(passages, start=1)]
    blocks.append(f"Question: {asked.text}")
    messages = (Message(Role.SYSTEM, _RULES[send]), Message(Role.USER, "\n\n".join(blocks)))
    free = [asked, *(passage for passage, one in zip(passages, along, strict=True) if one.path not in strict)]
    findings = [finding for one in (*passages, asked) for finding in one.findings]
    return Composed(messages, counted(findings), tuple(along), _swaps(findings, free, redactor))


def _swaps(findings: Sequence[Finding], free: Sequence[Redacted], redactor: Redactor) -> tuple[Swap, ...]:
    """Each thing that was replaced, once, in order; `free` are the texts in which it may be lifted."""
    liftable = {finding.text for one in free for finding in one.findings if not redactor.memory.forces(finding.kind)}
    swaps = {one.text: Swap(one.kind, one.text, one.replacement, one.text in liftable) for one in reversed(findings)}
    return tuple(reversed(swaps.values()))


def make_request(
    composed: Composed,
    provider: Provider,
    send: Sending,
    *,
    withheld: tuple[Withheld, ...],
    reason: str,
    max_tokens: int,
    conversation_id: str = "",
    budget_left: float | None = None,
    budget_warns: bool = False,
) -> ConsentRequest:
    """The exact bytes, and all that a person needs to decide about them."""
    outgoing = wire_formats()[provider.kind].build(provider.url, provider.model, composed.messages, max_tokens)
    price = price_of(provider.host, provider.model)
    amount = estimated_cost(price, outgoing.body, max_tokens) if price else 0.0
    cost = Cost(amount, price.currency, budget_left, budget_warns) if price else None
    return ConsentRequest(
        id=secrets.token_hex(REQUEST_BYTES),
        conversation_id=conversation_id,
        provider=provider.name,
        kind=provider.kind,
        url=outgoing.url,
        host=urlsplit(outgoing.url).hostname or "",
        model=provider.model,
        send=send,
        body=outgoing.body,
        digest=digest_of(outgoing.body),
        cost=cost,
        files=tuple(dict.fromkeys(citation.path for citation in composed.citations)),
        findings=composed.findings,
        withheld=withheld,
        reason=reason,
        swaps=composed.swaps,
    )


def pack_context(context: Context) -> bytes:
    return msgspec.msgpack.encode(context)


def unpack_context(data: bytes) -> Context:
    return msgspec.msgpack.decode(data, type=Context)


def cited(text: str, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The passages that a reply names by their numbers, in order."""
    named = dict.fromkeys(int(number) for number in re.findall(r"\[(\d{1,2})\]", text))
    return tuple(citations[number - 1] for number in named if 0 < number <= len(citations))


def _with_place(citation: Citation) -> str:
    """A passage with its heading, but without the file's name and path: those are the person's matter."""
    return f"({citation.section}) {citation.quote}" if citation.section else citation.quote
