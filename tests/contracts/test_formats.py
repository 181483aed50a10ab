"""What every file format promises, run over the whole room: a new format is tested by a sample and its golden text.

Fails for a format without `tests/samples/<format_id>/`, and for a sample without its reviewed golden text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState, Section
from indexer.encodings import looks_like_text
from indexer.errors import ExtractionFailed
from indexer.extraction import extract
from indexer.registry import FormatEntry, choose, entries
from tests.contracts.golden import SAMPLES, golden_of, render, samples

SMALL = Limits(memory_bytes=256 << 20, output_chars=2_000_000, member_bytes=8 << 20, total_member_bytes=16 << 20)
BY_ID = {entry.format_id: entry for entry in entries()}


def name_of(sample: Path) -> str:
    return sample.relative_to(SAMPLES).as_posix()


@pytest.fixture(params=entries(), ids=lambda entry: entry.format_id)
def entry(request: pytest.FixtureRequest) -> FormatEntry:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(params=samples(), ids=name_of)
def sample(request: pytest.FixtureRequest) -> Path:
    return request.param  # type: ignore[no-any-return]


def test_a_format_says_what_it_is(entry: FormatEntry) -> None:
    assert entry.format_id == entry.format_id.lower()
    assert entry.extensions
    assert all(e.startswith(".") and e == e.lower() for e in entry.extensions)
    assert entry.media_types
    assert entry.unavailable() is None


def test_no_two_formats_share_a_name_or_an_extension() -> None:
    assert len(BY_ID) == len(entries())
    extensions = [extension for each in entries() for extension in each.extensions]
    assert sorted(set(extensions)) == sorted(extensions)


def test_a_format_has_a_sample(entry: FormatEntry) -> None:
    assert [sample for sample in samples() if sample.parent.name == entry.format_id]


def test_a_sample_reads_as_its_golden_text(sample: Path) -> None:
    assert sample.parent.name in BY_ID
    assert render(sample) == golden_of(sample).read_text("utf-8")


def test_a_sample_is_known_by_its_bytes(sample: Path) -> None:
    content = Content(sample.name, path=str(sample))
    assert choose(content).format_id == sample.parent.name
    if not looks_like_text(content.head()):
        misnamed = Content("thing.xyz", path=str(sample))
        assert choose(misnamed).format_id == sample.parent.name


def test_sections_stand_in_order_and_cover_the_text(sample: Path) -> None:
    for extracted in extract(str(sample), Limits()):
        document = extracted.document
        if document is None:
            continue
        assert document.title.strip()
        assert document.language
        assert_clean(document.text)
        assert_covering(document.text, document.sections)


def assert_clean(text: str) -> None:
    assert "\0" not in text
    assert "\r" not in text
    text.encode("utf-8")  # a lone surrogate raises


def assert_covering(text: str, sections: tuple[Section, ...]) -> None:
    end = 0
    for section in sections:
        span = section.span
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        assert text[span.start : span.end].strip()
        assert section.first_row is None or section.first_row >= 1
        end = span.end
    assert not text[end:].strip()


def test_more_text_than_allowed_is_too_large(sample: Path) -> None:
    whole = run(BY_ID[sample.parent.name], sample.read_bytes(), sample.name, Limits())
    if whole is None or len(whole.text) <= 40:
        pytest.skip("a container: the text is its members'")
    with pytest.raises(ExtractionFailed) as caught:
        BY_ID[sample.parent.name].extract(Content(sample.name, path=str(sample)), Limits(output_chars=40))
    assert caught.value.state is FileState.TOO_LARGE


def test_an_empty_file_is_empty(entry: FormatEntry) -> None:
    with pytest.raises(ExtractionFailed) as caught:
        choose(Content(f"empty{entry.extensions[0]}", data=b""))
    assert caught.value.state is FileState.EMPTY
    run(entry, b"", "empty", SMALL)


def test_random_bytes_raise_nothing_else(entry: FormatEntry) -> None:
    dice = random.Random(20261122)
    for size in (1, 7, 64, 513, 5000):
        run(entry, dice.randbytes(size), f"noise{entry.extensions[0]}", SMALL)


def test_damaged_samples_raise_nothing_else(sample: Path) -> None:
    for data in damaged(sample.read_bytes()):
        result = run(BY_ID[sample.parent.name], data, sample.name, SMALL)
        if result is not None:
            assert_clean(result.text)
            assert_covering(result.text, result.sections)


def damaged(data: bytes) -> Iterator[bytes]:
    """Cut short in eight places, with bits flipped, with a hole of zeros, with rubbish in the middle."""
    dice = random.Random(len(data))
    for eighth in range(1, 9):
        yield data[: len(data) * eighth // 9]
    for _ in range(12):
        broken = bytearray(data)
        for _ in range(max(3, len(data) // 500)):
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        yield bytes(broken)
    third = len(data) // 3
    yield data[:third] + bytes(third) + data[2 * third :]
    yield data[:third] + dice.randbytes(third) + data[2 * third :]


def run(entry: FormatEntry, data: bytes, name: str, limits: Limits) -> FormatResult | None:
    """The result with its members gone through, or None when the format refused, as it may."""
    result: FormatResult | None = None
    refusal: ExtractionFailed | None = None
    try:
        result = entry.extract(Content(name, data=data, limits=limits), limits)
        members = list(result.members)
    except ExtractionFailed as failure:
        refusal, members = failure, []
    if refusal is not None:
        assert refusal.reason.endswith(".")
        assert refusal.state not in (FileState.INDEXED, FileState.PENDING)
    assert all(member.problem is not None or isinstance(member.data, bytes) for member in members)
    return result if refusal is None else None
