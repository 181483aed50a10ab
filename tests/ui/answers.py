"""Answers, citations and turns that tests of the chat show."""

from __future__ import annotations

from copilot.conversation import Answer, Citation, Origin, Seconds, Statement, Support, Tokens
from copilot.privacy.consent import ConsentRequest, Sending, digest_of
from copilot.reports import Conversation, DocumentView, Turn
from indexer.document import Section, Span
from indexer.query import Filter

QUOTE = "The operating margin fell from 11.3 % to 9.8 %."
TEXT = f"4.2 Operating result\n\nNet revenue rose.\n\n{QUOTE} Freight rates doubled.\n"
PATH = "/files/Finance/Q3 report.docx"


def citation(marker: int = 1, path: str = PATH, quote: str = QUOTE, page: int | None = None) -> Citation:
    start = max(0, TEXT.find(quote))
    return Citation(marker, path, "", page, None, None, None, None, "", Span(start, start + len(quote)), quote)


def answer(
    text: str = "The margin fell to 9.8 % [1].",
    *,
    found: bool = True,
    citations: tuple[Citation, ...] | None = None,
    doubtful: str = "",
    origin: Origin | None = None,
    confidence: float = 0.9,
    entry: int = 0,
    sent: int = 0,
) -> Answer:
    statements: tuple[Statement, ...] = ()
    if doubtful:
        start = text.index(doubtful)
        statements = (Statement(Span(start, start + len(doubtful)), Support.UNSUPPORTED, (), "no passage says this"),)
    return Answer(
        question="What did the margin do?",
        text=text,
        found=found,
        citations=(citation(),) if citations is None else citations,
        statements=statements,
        origin=origin or Origin("OpenVINO", "a-model", "CPU"),
        reason="Every statement was found in Q3 report.docx.",
        seconds=Seconds(0.1, 0.4, 2.1),
        tokens=Tokens(800, 20),
        confidence=confidence,
        ledger_entry=entry,
        sent_bytes=sent,
    )


NOT_FOUND = answer("Not found in your files.", found=False, confidence=0.1)


def turn(number: int, question: str = "What did the margin do?", given: Answer | None = None, **more: str) -> Turn:
    state = more.pop("state", "done" if given is not None else "interrupted")
    return Turn(number, question, Filter(), given, more.pop("partial", ""), 0.0, state, **more)


def conversation(*turns: Turn, title: str = "The margin") -> Conversation:
    return Conversation("c1", title, False, turns)


def document(text: str = TEXT, path: str = PATH, **more: object) -> DocumentView:
    facts: dict[str, object] = {
        "title": "Q3 report",
        "format_id": "docx",
        "sections": (Section(Span(0, len(text))),),
        "size": 1,
        "modified_ns": 1,
        "changed": False,
        "missing": False,
    }
    return DocumentView(path=path, text=text, **(facts | more))  # type: ignore[arg-type]


def request(body: bytes = b'{"question": "Is that much?"}', *, standing: bool = False) -> ConsentRequest:
    return ConsentRequest(
        id="r1",
        conversation_id="c1",
        provider="deepseek",
        kind="openai",
        url="https://api.deepseek.com/v1/chat/completions",
        host="api.deepseek.com",
        model="deepseek-chat",
        send=Sending.QUESTION,
        body=body,
        digest=digest_of(body),
        cost=None,
        files=(),
        findings=(),
        withheld=(),
        reason="Nothing in your files speaks about it.",
        standing=standing,
    )
