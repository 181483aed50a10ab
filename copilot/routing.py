"""Answer here, offer the cloud, or neither; and why, in one sentence. Decided after the local attempt, from what it
showed.

Nothing is sent here, and nothing is built: see outbound.py.

Decision: an offer is made when the local answer is missing, partly unsupported or weakly supported, when the question
is longer than the local window, or when the task is of a kind that files can't settle (writing, translating, general
knowledge). The confidence below which a found answer is still offered was set on the answer questions:
docs/answering.md has how many wrong answers get an offer and how many right ones are bothered by one.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from pathlib import PurePath

from copilot.conversation import Answer, Support
from copilot.settings.schema import Settings

OFFER_BELOW = 0.72
"""Confidence of a found answer from which on nobody is bothered."""

_TASKS = re.compile(
    r"^\s*(please\s+)?(write|draft|compose|translate|rewrite|rephrase|brainstorm|invent|explain\s+why)\b"
    r"|^\s*(请|帮我|麻烦)?(写|翻译|起草|改写|润色|撰写|构思)",
    re.IGNORECASE,
)


class Way(enum.StrEnum):
    HERE = "here"
    OFFER = "offer"
    REFUSE = "refuse"
    """Policy or the person's own mode keeps everything here."""


@dataclass(frozen=True, slots=True)
class Route:
    """`reason` is one sentence for the person."""

    way: Way
    reason: str


def route(answer: Answer, settings: Settings) -> Route:
    """Where a question goes after its local answer."""
    reason = why_offer(answer)
    if not reason:
        return Route(Way.HERE, _why_here(answer))
    if not settings.cloud_allowed:
        return Route(Way.REFUSE, "Your IT department keeps all questions on this computer.")
    if settings.cloud_mode == "local":
        return Route(Way.REFUSE, "You chose to keep all questions on this computer.")
    return Route(Way.OFFER, reason)


def _why_here(answer: Answer) -> str:
    if not answer.origin.model:
        return "Nearside answered by itself."
    return "Your files answer it." if answer.citations else "The text that you gave answers it."


def why_offer(answer: Answer) -> str:
    """What the local attempt lacks, in one sentence; empty when it lacks nothing."""
    if not answer.found:
        if _TASKS.search(answer.question):
            return "This asks for a text to be written, which the model on this computer does poorly."
        nearest = ", ".join(
            dict.fromkeys(citation.title or PurePath(citation.path).name for citation in answer.citations)
        )
        if nearest:
            return f"The nearest passages, in {nearest}, do not hold the answer."
        return "Nothing in your files speaks about it."
    if any(statement.support is Support.UNSUPPORTED for statement in answer.statements):
        return "Part of the answer has no support in your files."
    if answer.confidence < OFFER_BELOW:
        return "The passages that were found support the answer only weakly."
    return ""
