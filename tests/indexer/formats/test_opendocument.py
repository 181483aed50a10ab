from __future__ import annotations

import io
import zipfile

import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats.opendocument import extract

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for short, full in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)


def read(kind: str, body: str, **parts: str) -> FormatResult:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        inside = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
        package.writestr("content.xml", f"<office:document-content {NAMES}>{inside}</office:document-content>")
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return extract(Content("a.odt", data=stream.getvalue()), Limits())


def cell(text: str, repeated: int = 1) -> str:
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell table:number-columns-repeated="{repeated}">{paragraph}</table:table-cell>'


def row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def test_white_space_is_what_the_elements_say() -> None:
    text = '<text:p>a<text:s text:c="3"/>b\n<text:span>c</text:span><text:tab/>d<text:line-break/>e</text:p>'
    assert read("text", text).text == "a   b c\td\ne"


def test_deleted_text_is_left_out() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:p>gone</text:p></text:changed-region></text:tracked-changes>"
    )
    assert read("text", changes + "<text:p>kept</text:p>").text == "kept"


def test_millions_of_repeated_empty_cells_cost_nothing() -> None:
    body = row(cell("a") + cell("", 16383)) + row(cell("", 16384), 1_048_570) + row(cell("", 500) + cell("z"))
    result = read("spreadsheet", f'<table:table table:name="S">{body}</table:table>')
    assert [(section.sheet, section.first_row) for section in result.sections] == [("S", 1), ("S", 1_048_572)]
    assert result.text == "a\n\nz"


def test_more_rows_than_a_sheet_can_have_are_damage() -> None:
    body = row(cell(""), 999_999_999) + row(cell("z"))
    with pytest.raises(ExtractionFailed) as caught:
        read("spreadsheet", f'<table:table table:name="S">{body}</table:table>')
    assert caught.value.state is FileState.DAMAGED


def test_text_in_boxes_follows_its_paragraph() -> None:
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    assert read("text", f"<text:p>before {box}after</text:p>").text == "before after\n\nboxed"


def test_a_locked_document_is_encrypted() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read("text", "", **{"META-INF__manifest.xml": "<m><encryption-data/></m>"})
    assert caught.value.state is FileState.ENCRYPTED
