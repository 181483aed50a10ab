"""What is shown of a request is everything that its bytes say, for every wire format."""

from __future__ import annotations

import pytest

from copilot.conversation import Message, Role
from copilot.providers import wire_formats
from ui.sent_text import Part, pieces

MESSAGES = (Message(Role.SYSTEM, "Answer briefly."), Message(Role.USER, "Question: wer ist Person A? 谁"))


@pytest.mark.parametrize("kind", sorted(wire_formats()))
def test_every_wire_format_is_read_in_full(kind: str) -> None:
    outgoing = wire_formats()[kind].build("https://example.com/v1", "some-model", MESSAGES, 100)
    found = pieces(outgoing.body)
    assert [piece.text for piece in found if piece.part is Part.ASKED] == [MESSAGES[1].text]
    assert [piece.text for piece in found if piece.part is Part.RULES] == [MESSAGES[0].text]
    assert {piece.text for piece in found if piece.part is Part.ELSE} <= {"some-model"}


def test_no_string_is_left_out() -> None:
    body = b'{"model":"m","hidden":{"deep":["a secret"]},"messages":[{"role":"user","content":"hello"}]}'
    assert {piece.text for piece in pieces(body)} == {"m", "a secret", "hello"}


def test_what_is_no_json_is_shown_as_it_is() -> None:
    (piece,) = pieces(b"name=Li\xff")
    assert piece.text == "name=Li\\xff"
