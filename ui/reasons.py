"""Why an answer is as it is, in the window's language: the engine gives its reasons as sentences, made for the command
line. A sentence that is not known here is shown as the engine said it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from copilot import given
from copilot.conversation import Answer
from copilot.routing import Route, Way
from ui.engine_words import Known, known

translate = QCoreApplication.translate


def why(answer: Answer) -> str:
    """Why this answer, or why none."""
    return known(answer.reason, _answers()).replace(given.NAME, translate("Reasons", "the text that you gave"))


def why_doubtful(reason: str) -> str:
    """Why a statement counts as unsupported."""
    return known(reason, _doubts())


def where(route: Route) -> str:
    """Where the question went, in one sentence."""
    if route.way is Way.OFFER:
        return translate("Reasons", "It stayed on this computer. Asking further is offered, because: {reason}").format(
            reason=known(route.reason, _routes())
        )
    return known(route.reason, _routes())


def _answers() -> Known:
    return (
        (
            r"Every statement was found in (?P<names>.+)\.",
            translate("Reasons", "Every statement was found in {names}."),
        ),
        (
            r"(?P<count>\d+) statements? (has|have) no support in the passages found; the rest was found in "
            r"(?P<names>.+)\.",
            translate("Reasons", "Statements without support: {count}. The rest was found in {names}."),
        ),
        (
            r"(?P<count>\d+) statements? without support left out; the rest was found in (?P<names>.+)\.",
            translate("Reasons", "Statements without support left out: {count}. The rest was found in {names}."),
        ),
        (
            r"Quoted from the best passage.*",
            translate("Reasons", "Quoted from the best passage: the model's own wording had no support in it."),
        ),
        (
            r"The model's answer had no support.*",
            translate("Reasons", "The model's answer had no support in the passages found."),
        ),
        (
            r"No passage in your files shares.*",
            translate("Reasons", "No passage in your files shares a word or a meaning with the question."),
        ),
        (
            r"The nearest passages do not seem to hold the answer \([^)]*\); nothing .*? mentions (?P<words>.+)\.",
            translate(
                "Reasons", "The nearest passages do not seem to hold the answer. Nothing found mentions: {words}"
            ),
        ),
        (
            r"The nearest passages do not seem to hold the answer.*",
            translate("Reasons", "The nearest passages do not seem to hold the answer."),
        ),
        (
            r"This was said to Nearside.*",
            translate("Reasons", "This was said to Nearside, not asked of your files: nothing was looked up."),
        ),
        (
            r"(?P<who>\S+) answered; (?P<size>[\d,]+) bytes were sent.*",
            translate("Reasons", "{who} answered. {size} bytes were sent after you had seen them."),
        ),
    )


def _doubts() -> Known:
    return (
        (r"in no passage: (?P<words>.+)", translate("Reasons", "in no passage: {words}")),
        (r"no passage says this", translate("Reasons", "no passage says this")),
    )


def _routes() -> Known:
    return (
        (r"Your files answer it\.", translate("Reasons", "Your files answer it.")),
        (r"The text that you gave answers it\.", translate("Reasons", "The text that you gave answers it.")),
        (r"Nearside answered by itself\.", translate("Reasons", "Nearside answered by itself.")),
        (
            r"Your IT department keeps.*",
            translate("Reasons", "Your IT department keeps all questions on this computer."),
        ),
        (r"You chose to keep.*", translate("Reasons", "You chose to keep all questions on this computer.")),
        (
            r"This asks for a text.*",
            translate("Reasons", "This asks for a text to be written, which the model on this computer does poorly."),
        ),
        (
            r"The nearest passages, in (?P<names>.+), do not hold the answer\.",
            translate("Reasons", "The nearest passages, in {names}, do not hold the answer."),
        ),
        (
            r"The question is \d+ tokens long.*",
            translate("Reasons", "The question is too long for the model on this computer."),
        ),
        (r"Nothing in your files.*", translate("Reasons", "Nothing in your files speaks about it.")),
        (r"Part of the answer.*", translate("Reasons", "Part of the answer has no support in your files.")),
        (
            r"The passages that were found support.*",
            translate("Reasons", "The passages that were found support the answer only weakly."),
        ),
    )
