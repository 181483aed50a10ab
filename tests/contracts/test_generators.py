"""Every generator keeps the promises of copilot.ports.Generator: the rehearsal one, and the small real one.

The real one goes both of its ways: in steps on the processor, and with an NPU's fixed shapes, played by the processor.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

from copilot.conversation import Delta, Message, Role
from copilot.engines.rehearsal import RehearsalGenerator
from copilot.errors import PromptTooLong
from copilot.ports import Generator
from indexer.reporter import Cancelled
from tests.enginepacks import as_if_npu, generator_pack, on_processor

PASSAGE = "[1] lease.txt\nThe lease ends on 3 May 2026.\n\nQuestion: When does the lease end?"
MESSAGES = (Message(Role.SYSTEM, "Answer from the passage."), Message(Role.USER, PASSAGE))
COPYING = (Message(Role.USER, "Repeat exactly: 今天天气很好，我们去公园散步。"),)


class Listener:
    """Collects what is written; cancels at the given check."""

    def __init__(self, checks: int | None = None) -> None:
        self.pieces: list[str] = []
        self._left = checks

    def report(self, event: object) -> None:
        assert isinstance(event, Delta)
        self.pieces.append(event.text)

    def check(self) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left < 0:
                raise Cancelled


@pytest.fixture(scope="module", params=["rehearsal", "pack", "npu"])
def generator(request: pytest.FixtureRequest) -> Iterator[Generator]:
    if request.param == "rehearsal":
        yield RehearsalGenerator()
        return
    pack = generator_pack()
    from copilot.engines.generator import open_generator

    opened = open_generator(pack, as_if_npu() if request.param == "npu" else on_processor())
    opened.warm_up()
    yield opened
    opened.close()


def test_streams_exactly_what_it_returns(generator: Generator) -> None:
    listener = Listener()
    written = generator.generate(MESSAGES, listener, max_tokens=24)

    assert written.text
    assert "".join(listener.pieces) == written.text
    assert written.finish in ("stop", "length")
    assert written.prompt_tokens == generator.count_prompt(MESSAGES)
    assert 0 < written.answer_tokens <= 24


def test_never_shows_half_a_character(generator: Generator) -> None:
    for most in (5, 9, 24):
        listener = Listener()
        generator.generate(COPYING, listener, max_tokens=most)
        assert "\ufffd" not in "".join(listener.pieces)


def test_the_same_question_gets_the_same_answer(generator: Generator) -> None:
    answers = {generator.generate(MESSAGES, Listener(), max_tokens=24).text for _ in range(3)}

    assert len(answers) == 1


def test_ends_before_a_stop_string(generator: Generator) -> None:
    whole = generator.generate(MESSAGES, Listener(), max_tokens=24).text
    word = whole.split()[1]
    listener = Listener()
    written = generator.generate(MESSAGES, listener, max_tokens=24, stop=(word,))

    assert written.text == whole[: whole.index(word)]
    assert "".join(listener.pieces) == written.text
    assert written.finish == "stop"


def test_stops_when_told_even_while_it_reads(generator: Generator) -> None:
    long = (Message(Role.USER, "alpha beta " * 40 + PASSAGE),)
    with pytest.raises(Cancelled):
        generator.generate(long, Listener(checks=1), max_tokens=24)

    assert generator.generate(MESSAGES, Listener(), max_tokens=8).text


def test_an_error_of_the_listener_comes_back_and_harms_nothing(generator: Generator) -> None:
    class Broken(Listener):
        def report(self, event: object) -> None:
            raise LookupError("listener")

    with pytest.raises(LookupError):
        generator.generate(MESSAGES, Broken(), max_tokens=24)

    assert generator.generate(MESSAGES, Listener(), max_tokens=8).text


def test_refuses_what_does_not_fit(generator: Generator) -> None:
    with pytest.raises(PromptTooLong) as caught:
        generator.generate((Message(Role.USER, "word " * 9000),), Listener(), max_tokens=16)

    assert caught.value.tokens > caught.value.limit > 0
    with pytest.raises(PromptTooLong):
        generator.generate(MESSAGES, Listener(), max_tokens=generator.context_tokens)


def test_continues_what_was_begun(generator: Generator) -> None:
    written = generator.generate(MESSAGES, Listener(), max_tokens=16, continue_from="The lease ends on")

    assert not written.text.startswith("The lease ends on")
    assert "3" in written.text


def test_follows_a_schema(generator: Generator) -> None:
    schema = json.dumps(
        {
            "type": "object",
            "properties": {"ends": {"type": "boolean"}},
            "required": ["ends"],
            "additionalProperties": False,
        }
    )
    written = generator.generate(MESSAGES, Listener(), max_tokens=32, schema=schema)

    assert isinstance(json.loads(written.text)["ends"], bool)


def test_weighs_options(generator: Generator) -> None:
    chances = generator.choose(MESSAGES, ("yes", "no", "perhaps"), Listener())

    assert len(chances) == 3
    assert all(chance >= 0 for chance in chances)
    assert sum(chances) == pytest.approx(1.0)


def test_serves_several_threads(generator: Generator) -> None:
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(generator.generate(MESSAGES, Listener(), max_tokens=8).text))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(texts) == 3
    assert len(set(texts)) == 1
