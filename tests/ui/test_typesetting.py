"""Blocks onto a document: written in pieces, it reads as written at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextDocument

from tests.ui.test_markdown import MIXED
from ui.markdown import blocks, settled_length
from ui.text_formats import Look
from ui.theme import Theme
from ui.typesetting import Typesetter


@pytest.fixture
def look(theme: Theme) -> Look:
    font, color = theme.font(14), theme.color("ink")
    return Look(font, font, font, font, font, color, color, color, color, color, 4, "Copy")


def written_at_once(text: str, look: Look) -> str:
    document = QTextDocument()
    Typesetter(document, look).append(blocks(text, {1, 2}))
    return document.toPlainText()


@pytest.mark.parametrize("step", [1, 3, 17])
@pytest.mark.parametrize("settling", [True, False])
def test_a_text_that_grows_ends_as_if_it_had_been_written_at_once(look: Look, step: int, settling: bool) -> None:
    document = QTextDocument()
    setter = Typesetter(document, look)
    settled = 0
    for end in [*range(step, len(MIXED), step), len(MIXED)]:
        length = settled_length(MIXED[settled:end]) if settling else 0
        if length:
            setter.append(blocks(MIXED[settled : settled + length], {1, 2}))
            settled += length
        setter.rewrite(blocks(MIXED[settled:end], {1, 2}))
    assert document.toPlainText() == written_at_once(MIXED, look)
    assert setter.codes == ("print(1)",)


def test_a_document_that_begins_with_a_table_can_be_rewritten(look: Look) -> None:
    document = QTextDocument()
    setter = Typesetter(document, look)
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    setter.rewrite(blocks(table))
    setter.rewrite(blocks("Only words."))
    assert document.toPlainText() == "Only words."


def test_a_paragraph_that_joins_stands_in_the_one_before(look: Look) -> None:
    document = QTextDocument()
    setter = Typesetter(document, look)
    setter.append(blocks("One. "))
    setter.append([replace(block, joins=True) for block in blocks("Two.")])
    assert document.blockCount() == 1


def test_no_line_can_begin_with_a_chinese_full_stop(look: Look) -> None:
    text = "\u5229\u6da6\u4e0b\u964d [1]\u3002\u539f\u56e0 [2] [1]\uff1f"
    assert written_at_once(text, look) == "\u5229\u6da6\u4e0b\u964d\u3002 \ufffc\u539f\u56e0\uff1f \ufffc \ufffc"
    document = QTextDocument()
    setter = Typesetter(document, look)
    for end in range(1, len(text) + 1):
        setter.rewrite(blocks(text[:end], {1, 2}))
    assert document.toPlainText() == written_at_once(text, look)


def test_rows_that_change_leave_the_others_where_they_are(look: Look) -> None:
    head = "| a | b |\n|---|---|\n" + "".join(f"| {n} | {n * n} |\n" for n in range(6))
    document = QTextDocument()
    setter = Typesetter(document, look)
    for text in (head, head + "| 6 | 3", head + "| 6 | 36 |\n", head[:-10], head):
        setter.rewrite(blocks(text))
        assert document.toPlainText() == written_at_once(text, look)
