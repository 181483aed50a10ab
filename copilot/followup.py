"""A follow-up question -> one that stands alone, so that it can be searched for.

Decision: the model is asked only when the question looks as if it leaned on the conversation: a pronoun, a word like
"also" or 那, or hardly any content. Rewriting a question that stands alone costs seconds and can only harm it. When
the model's rewrite looks wrong, the question before and this one are searched for together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copilot import prompting
from copilot.conversation import Message, Role
from copilot.ports import Generator
from indexer.reporter import Reporter, Silent
from indexer.words import query_words

REWRITE_TOKENS = 64
_LEANING = re.compile(
    r"\b(it|its|that|this|these|those|they|them|their|he|she|him|her|his|there|one|ones|same|also|instead|else|former|latter)\b"
    r"|^\s*(and|but|so|or|then|what about|how about|why)\b"
    r"|它|其中|这|那|该|他|她|上述|前者|后者|同样|还有|呢\s*[？?]?\s*$|^\s*(为什么|怎么办|再)",
    re.IGNORECASE,
)
_LEAST_WORDS = 2


class _Muted(Silent):
    """Passes on the wish to stop and nothing else: a rewrite is no part of the answer."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter

    def check(self) -> None:
        self._reporter.check()


def standalone(question: str, history: Sequence[Message], generator: Generator, reporter: Reporter) -> str:
    """`question` itself when it needs nothing, else its rewrite. Raises what the generator raises."""
    asked = [message.text for message in history if message.role is Role.USER and message.text.strip()]
    if not asked or not leans(question):
        return question
    together = f"{asked[-1].strip()} {question}"
    prompt = prompting.standalone(question, history, generator)
    if prompt is None:
        return together
    written = generator.generate(
        prompt.messages, _Muted(reporter), max_tokens=REWRITE_TOKENS, stop=("\n",)
    ).text.strip()
    return written if _plausible(written, question, history) else together


def leans(question: str) -> bool:
    """Whether the question seems to need what was said before it."""
    return bool(_LEANING.search(question)) or len(query_words(question)) < _LEAST_WORDS


def _plausible(rewrite: str, question: str, history: Sequence[Message]) -> bool:
    """A rewrite adds words of the conversation, makes up none, and drops no number of the question."""
    if not rewrite or len(rewrite) > 4 * len(question) + 200:
        return False
    known = set(query_words(" ".join((question, *(message.text for message in history)))))
    words = query_words(rewrite)
    made_up = sum(word not in known for word in words)
    return made_up <= len(words) / 3 and set(re.findall(r"\d+", question)) <= set(re.findall(r"\d+", rewrite))
