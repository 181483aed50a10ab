"""What only the real generator does: cancelling while it reads, copying without another text, unloading."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from copilot.conversation import Message, Role
from copilot.engines import generator as module
from copilot.engines.generator import PackGenerator, open_generator
from indexer.reporter import Cancelled, Silent
from tests.enginepacks import generator_pack, on_processor
from tests.paired_greedy import PairedGreedy

STORY = "The harbour master wrote down every ship, its captain, its cargo and the hour it left. " * 60
QUESTION = (Message(Role.USER, STORY + "\n\nRepeat the first sentence."),)


class Stopping(Silent):
    """Cancels at the second look; what is written before that is counted."""

    def __init__(self) -> None:
        self.looks = self.pieces = 0

    def report(self, event: object) -> None:
        self.pieces += 1

    def check(self) -> None:
        self.looks += 1
        if self.looks == 2:
            raise Cancelled


@pytest.fixture(scope="module")
def generator() -> Iterator[PackGenerator]:
    opened = open_generator(generator_pack(), on_processor())
    yield opened
    opened.close()


def test_cancels_before_the_prompt_has_been_read(generator: PackGenerator) -> None:
    listener = Stopping()
    assert generator.count_prompt(QUESTION) > 3 * module._STEP_TOKENS
    with pytest.raises(Cancelled):
        generator.generate(QUESTION, listener, max_tokens=16)

    assert (listener.looks, listener.pieces) == (2, 0)


def test_copies_the_text_that_plain_decoding_writes(generator: PackGenerator, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = generator.generate(QUESTION, Silent(), max_tokens=32)
    monkeypatch.setattr(module, "_COPIED_TOKENS", 1)
    again = generator.generate(QUESTION, Silent(), max_tokens=32)

    assert again.text == copied.text
    assert again.first_token_seconds < copied.first_token_seconds


def test_writes_what_greedy_decoding_without_copying_writes(generator: PackGenerator) -> None:
    written = generator.generate(QUESTION, Silent(), max_tokens=32)
    pipeline, prompt = generator._loaded(), generator._ids(generator._templated(QUESTION))
    plain = PairedGreedy(generator_pack().folder, 2048).write(prompt, pipeline.stops, 32)

    kept = [token for token in plain if token not in pipeline.stops]
    assert len(kept) > 8
    assert written.text == pipeline.tokenizer.decode(kept)


def test_works_again_after_unloading(generator: PackGenerator) -> None:
    before = generator.generate(QUESTION, Silent(), max_tokens=8).text
    generator.unload()

    assert generator.generate(QUESTION, Silent(), max_tokens=8).text == before
    assert generator.load_seconds > 0


def test_tells_how_sure_it_was(generator: PackGenerator) -> None:
    written = generator.generate(QUESTION, Silent(), max_tokens=8)

    assert written.log_probability is not None
    assert written.log_probability <= 0.0


def test_weighs_alike_whether_the_prompt_is_new_or_remembered(generator: PackGenerator) -> None:
    generator.unload()
    weighed = {generator.choose(QUESTION, ("Yes", "No"), Silent()) for _ in range(3)}

    assert len(weighed) == 1
