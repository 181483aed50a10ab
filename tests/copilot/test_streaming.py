"""Tokens become text without half characters and without the heads of stop strings. One byte is one token here."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from copilot.streaming import TextStream


def _decode(tokens: Sequence[int]) -> str:
    return bytes(tokens).decode("utf-8", "replace")


def _streamed(data: bytes, stop: tuple[str, ...] = ()) -> tuple[list[str], TextStream]:
    pieces: list[str] = []
    stream = TextStream(_decode, pieces.append, stop)
    stream.take(data)
    stream.finish()
    return pieces, stream


@given(st.text(alphabet=st.characters(exclude_characters="\ufffd", codec="utf-8")))
def test_every_text_arrives_whole_in_whole_characters(text: str) -> None:
    pieces, stream = _streamed(text.encode())

    assert "".join(pieces) == text == stream.text
    assert all("\ufffd" not in piece for piece in pieces)


@given(st.text(alphabet="ab\n", max_size=12), st.text(alphabet="ab\n", min_size=1, max_size=3))
def test_text_ends_before_the_first_stop_string(text: str, stop: str) -> None:
    pieces, stream = _streamed(text.encode(), (stop,))

    assert "".join(pieces) == text.split(stop)[0]
    assert stream.stopped == (stop in text)


def test_a_character_cut_by_the_end_is_left_out() -> None:
    pieces, _ = _streamed("ok 好".encode()[:-1])

    assert "".join(pieces) == "ok "


def test_bytes_that_are_no_character_do_not_hold_the_rest_back() -> None:
    pieces, _ = _streamed(b"a\xff\xff\xff\xff\xffbc")

    assert "".join(pieces) == "a\ufffd\ufffd\ufffd\ufffd\ufffdbc"
