from __future__ import annotations

import io

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from indexer.content import Content, FormatResult, Limits
from indexer.document import SectionKind
from indexer.formats.pptx import extract


def read(show: object) -> FormatResult:
    stream = io.BytesIO()
    show.save(stream)  # type: ignore[attr-defined]
    return extract(Content("a.pptx", data=stream.getvalue()), Limits())


def test_slides_keep_the_order_of_the_show() -> None:
    show = Presentation()
    for text in ("first", "second"):
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = text
    order = show.slides._sldIdLst
    order.append(order[0])  # the first slide goes to the end
    result = read(show)
    assert [(section.slide, section.heading) for section in result.sections] == [(1, ("second",)), (2, ("first",))]


def test_a_slide_without_title_does_not_inherit_one() -> None:
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[5]).shapes.title.text = "Title"
    slide = show.slides.add_slide(show.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = "loose words"
    assert read(show).sections[1].heading == ()


def test_notes_are_sections_of_their_own() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Title"
    slide.notes_slide.notes_text_frame.text = "Smile."
    section = read(show).sections[-1]
    assert (section.kind, section.slide, section.heading) == (SectionKind.NOTES, 1, ("Title",))


def test_charts_are_tables_of_their_numbers() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["East", "West"]
    data.add_series("2025", (4.0, 2.5))
    data.add_series("2026", (None, 3))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
    result = read(show)
    assert result.text.split("\n")[1:] == ["East | 4", "West | 2.5 | 3"]
    assert result.sections[0].header.strip() == "| 2025 | 2026"
