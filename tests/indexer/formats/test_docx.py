from __future__ import annotations

import io
import zipfile

import docx
import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState, SectionKind
from indexer.errors import ExtractionFailed
from indexer.formats.docx import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def read(body: str, namespace: str = W) -> FormatResult:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
    return extract(Content("a.docx", data=stream.getvalue()), Limits())


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_deleted_and_moved_text_is_left_out() -> None:
    result = read(
        "<w:p><w:r><w:t>now </w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:tab/></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>elsewhere</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>here</w:t></w:r></w:ins></w:p>"
    )
    assert result.text == "now here"


def test_tab_stops_are_not_tabs() -> None:
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs></w:pPr>'
    assert read(f"<w:p>{tabs}<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>").text == "a\tb"


def test_the_strict_dialect_is_read() -> None:
    assert read(p("strict"), 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"').text == "strict"


def test_a_table_of_one_column_is_text() -> None:
    row = f"<w:tr><w:tc>{p('framed')}{p('text')}</w:tc></w:tr>"
    result = read(f"<w:tbl>{row}{row}</w:tbl>")
    assert {section.kind for section in result.sections} == {SectionKind.TEXT}


def test_content_controls_and_nested_tables_are_looked_into() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('x')}</w:tc><w:tc>{p('y')}</w:tc></w:tr></w:tbl>"
    table = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{inner}{p('b')}</w:tc></w:tr></w:tbl>"
    result = read(f"<w:sdt><w:sdtContent>{p('controlled')}{table}</w:sdtContent></w:sdt>")
    assert result.text == "controlled\n\na | x y b"


def test_numbered_clauses_carry_their_numbers() -> None:
    document = docx.Document()
    for text in ("One", "Two"):
        document.add_paragraph(text, style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    assert extract(Content("a.docx", data=stream.getvalue()), Limits()).text == "1. One\n\n2. Two"


@pytest.mark.parametrize("body", ["", "<w:p/>"])
def test_no_words_are_empty(body: str) -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read(body)
    assert caught.value.state is FileState.EMPTY


def test_another_vocabulary_is_damage() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read(p("x"), 'xmlns:w="urn:other"')
    assert caught.value.state is FileState.DAMAGED
