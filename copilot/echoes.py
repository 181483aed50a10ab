"""What a small model says around its result, taken away before anybody sees it: marks of the prompt, "Here is the
translation:", a fence around a text that had none.

Pure, and the same for pieces that stream and for the whole text. Whether the result itself is good is faithful.py's.
"""

from __future__ import annotations

import re

from copilot.conversation import Delta
from copilot.tasks import BEGIN, END
from indexer.reporter import Reporter, Silent

LONGEST_OPENING = 90
"""Characters of a first line that may still turn out to be no part of the result."""

_OPENINGS = (
    *(BEGIN, "```", "sure", "certainly", "of course", "okay", "here is", "here's", "here are", "this is the"),
    *("the translation", "the summary", "the rewritten", "the explanation", "translation", "translated", "summary"),
    *(
        "rewritten",
        "explanation",
        "result",
        "text",
        "以下",
        "下面",
        "翻译",
        "译文",
        "摘要",
        "概括",
        "总结",
        "改写",
        "解释",
    ),
    *("结果", "好的"),
)
_OPENING = re.compile(
    r"(?:sure|certainly|of course|okay|好的)[^:：\n]{0,60}[!.。！]\s*"
    r"|(?:[^\n:：]{0,70}\b(?:translation|translated|summary|summari[sz]ed|rewritten|rewrite|explanation|result|text)\b[^\n:：]{0,40}"
    r"|(?:好的[,，]\s*)?(?:以下|下面)[^\n:：]{0,30}|(?:翻译|译文|摘要|概括|总结|改写|解释|结果)[^\n:：]{0,12})[:：]\s*",
    re.IGNORECASE,
)
_FENCE = re.compile(r"```\w*[ \t]*\n?")
_UNSURE_END = re.compile(r"(?:<[/a-z]{0,5}|`{1,3}|\s)+$")


def cleaned(written: str, source: str, *, whole: bool = True) -> str:
    """The result alone. With `whole` False more may follow, and only what no later words can change is given."""
    text = written.lstrip()
    if not whole and _undecided(text):
        return ""
    if not _OPENING.match(source.lstrip()):
        for _ in range(2):  # "Sure! Here is the summary:"
            if (opening := _OPENING.match(text)) is not None:
                text = text[opening.end() :]
    text = text.replace(BEGIN, "").replace(END, "")
    if "```" not in source:
        text = _FENCE.sub("", text)
    text = text.lstrip()
    return text.strip() if whole else _UNSURE_END.sub("", text)


def _undecided(text: str) -> bool:
    """Whether the beginning may still be one of the things said around a result."""
    if len(text) > LONGEST_OPENING or "\n" in text.strip():
        return False
    folded = text.lower()
    begins = any(folded.startswith(opening) or opening.startswith(folded) for opening in _OPENINGS)
    return begins and not re.search(r"[:：]\s*\S", text)


class Clean(Silent):
    """Passes on the deltas of one result without what is said around it; `text` is what was passed on."""

    def __init__(self, reporter: Reporter, source: str) -> None:
        self._reporter, self._source = reporter, source
        self._written = ""
        self.text = ""

    def report(self, event: object) -> None:
        if isinstance(event, Delta):
            self._written += event.text
            self._pass_on(cleaned(self._written, self._source, whole=False))

    def check(self) -> None:
        self._reporter.check()

    def finish(self) -> str:
        """Pass on what was held back; returns the whole result."""
        self._pass_on(cleaned(self._written, self._source))
        return self.text

    def _pass_on(self, certain: str) -> None:
        if len(certain) > len(self.text):
            self._reporter.report(Delta(certain[len(self.text) :]))
            self.text = certain
