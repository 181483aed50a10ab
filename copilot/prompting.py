"""What the generator is told: passages, question and examples, fitted to the window of the device.

Which passages are worth showing is evidence.py's; what to make of the reply, assistant.py's.

Decision: the head of every prompt (instructions and examples) is the same, so that the engine's prefix cache reads it
once in its life, and the passages come before the question, because a small model answers what it read last. For the
same reason the best passage comes last of all (docs/answering.md has what that was worth).

Decision: the reply begins with Yes or No. The chance of Yes is the model's own measure of whether the passages hold
the answer; it is read from the same pass that the answer then goes on from, so asking costs a few tokens and no
second reading."""

from __future__ import annotations

from collections.abc import Sequence

from copilot.conversation import Message, Prompt, Role
from copilot.errors import QuestionTooLong
from copilot.evidence import Passage
from copilot.ports import Generator

YES = "Yes"
NO = "No"
ANSWER_HEAD = "Yes:"
"""What an answer goes on from once the passages are known to hold it."""
LEAST_ANSWER_TOKENS = 48
HEADING_CHARACTERS = 120

_RULES = (
    "You answer questions from numbered passages of the user's own files. If a passage states the answer, reply 'Yes:' "
    "and the answer in one short sentence, in the language of the question, with numbers, names, keys, paths and dates "
    "copied exactly, then the number of the passage. If no passage states it, reply 'No', even when the passages are "
    "about the same subject."
)
_EXAMPLES = (
    (
        "[1] (Travel rules > Hotels) Employees may spend up to 120 euros per night. Breakfast is paid separately.\n\n"
        "[2] (Travel rules > Trains) Second class is booked by the office.\n\n"
        "Question: What can I spend on a hotel room?",
        "Yes: Up to 120 euros per night. [1]",
    ),
    (
        "[1] (Travel rules > Trains) Second class is booked by the office.\n\n"
        "[2] (Travel rules > Hotels) Employees may spend up to 120 euros per night.\n\n"
        "Question: Which airline do we have a contract with?",
        "No",
    ),
    (
        "[1] (打印机说明 > 墨盒) 更换墨盒后，请按住电源键三秒钟以重置计数器。\n\n"
        "[2] (打印机说明 > 纸张) 纸盒最多装 250 张 A4 纸。\n\n"
        "Question: 纸盒里可以放多少张纸？",
        "Yes: 最多 250 张 A4 纸。[2]",
    ),
    (
        "[1] (打印机说明 > 墨盒) 更换墨盒后，请按住电源键三秒钟以重置计数器。\n\nQuestion: 这台打印机的保修期是几年？",
        "No",
    ),
)
_STANDALONE_RULES = (
    "Rewrite the last question so that it can be understood without the conversation. Keep its language and its "
    "meaning. Reply with the question only."
)
_STANDALONE_EXAMPLES = (
    (
        "Q: How long is the warranty of the X200 scanner?\nA: Two years.\nLast question: And of the X300?",
        "How long is the warranty of the X300 scanner?",
    ),
    ("Q: 谁负责上海办公室的装修？\nA: 李敏。\nLast question: 她的电话是多少？", "李敏的电话是多少？"),
)


def answering(question: str, passages: Sequence[Passage], generator: Generator, max_tokens: int) -> tuple[Prompt, int]:
    """The prompt for `question` over as many of the `passages` (best first) as the window holds beside the answer.

    Returns it with the number of passages shown. Raises QuestionTooLong when not even one fits.
    """
    room = generator.context_tokens - min(max_tokens, max(LEAST_ANSWER_TOKENS, generator.context_tokens // 8))
    for shown in range(len(passages), 0, -1):
        messages = _messages(question, in_reading_order(passages[:shown]))
        tokens = generator.count_prompt(messages) + 4
        if tokens <= room:
            return Prompt(messages, tokens), shown
    raise QuestionTooLong(generator.count_tokens(question), _left_for_question(passages, generator, room))


def in_reading_order(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """As they are numbered in the prompt: of passages that come best first, the best last."""
    return tuple(reversed(passages))


def standalone(question: str, history: Sequence[Message], generator: Generator) -> Prompt | None:
    """The prompt that turns a follow-up into a question of its own; None when it does not fit."""
    turns = [f"{'Q' if message.role is Role.USER else 'A'}: {_short(message.text)}" for message in history[-4:]]
    text = "\n".join((*turns, f"Last question: {question}"))
    messages = (*_lessons(_STANDALONE_RULES, _STANDALONE_EXAMPLES), Message(Role.USER, text))
    tokens = generator.count_prompt(messages)
    return Prompt(messages, tokens) if tokens + 64 <= generator.context_tokens else None


def _messages(question: str, passages: Sequence[Passage]) -> tuple[Message, ...]:
    blocks = [f"[{number}] {_shown(passage)}" for number, passage in enumerate(passages, start=1)]
    text = "\n\n".join((*blocks, f"Question: {' '.join(question.split())}"))
    return (*_lessons(_RULES, _EXAMPLES), Message(Role.USER, text))


def _lessons(rules: str, examples: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    shown = [
        Message(role, text) for asked, told in examples for role, text in ((Role.USER, asked), (Role.ASSISTANT, told))
    ]
    return (Message(Role.SYSTEM, rules), *shown)


def _shown(passage: Passage) -> str:
    heading = passage.heading[-HEADING_CHARACTERS:]
    text = "\n".join(line for line in passage.text.split("\n") if line.strip())
    return f"({heading}) {text}" if heading else text


def _short(text: str) -> str:
    return " ".join(text.split())[:300]


def _left_for_question(passages: Sequence[Passage], generator: Generator, room: int) -> int:
    return max(0, room - generator.count_prompt(_messages("", passages[:1])))
