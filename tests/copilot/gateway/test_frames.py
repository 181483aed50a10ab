"""Frames survive the pipe, and nothing else passes for one."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.failures import Failure
from copilot.gateway.frames import LONGEST_FRAME, End, Failed, Frame, Piece, read_frame, write_frame

COUNTS = st.integers(0, 9)
FRAMES = st.one_of(
    st.builds(Piece, st.text()),
    st.builds(End, COUNTS, COUNTS, COUNTS, st.floats(0, 9), st.text()),
    st.builds(Failed, st.builds(Failure, st.text(), COUNTS, st.text(), st.text()), COUNTS),
)


@given(st.lists(FRAMES, max_size=5))
def test_frames_come_back_as_they_were(frames: list[Frame]) -> None:
    stream = io.BytesIO()
    for frame in frames:
        write_frame(stream, frame)
    stream.seek(0)
    assert [read_frame(stream) for _ in frames] == frames
    assert read_frame(stream) is None


@pytest.mark.parametrize("cut", [0, 1, 3, 4, 7])
def test_a_frame_that_was_cut_is_the_end(cut: int) -> None:
    stream = io.BytesIO()
    write_frame(stream, Piece("a piece"))
    assert read_frame(io.BytesIO(stream.getvalue()[:cut])) is None


@pytest.mark.parametrize(
    "data", [(LONGEST_FRAME + 1).to_bytes(4, "big"), b"\x00\x00\x00\x01\xc1", b"\x00\x00\x00\x02hi"]
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="frame"):
        read_frame(io.BytesIO(data))
