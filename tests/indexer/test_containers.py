from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from indexer.containers import OLE_MAGIC, Relation, ZipParts, drop, has_part_of, is_open_document, zip_parts
from indexer.content import Content, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed

SAMPLES = Path(__file__).parents[1] / "samples"


def package(**parts: str | bytes) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream


def refusal(parts: ZipParts, name: str) -> ExtractionFailed:
    with pytest.raises(ExtractionFailed) as caught:
        for _ in parts.elements(name, ("{*}p",)):
            pass
    return caught.value


def test_a_part_is_found_whatever_its_case() -> None:
    parts = ZipParts(package(word__Document="<a/>"), Limits())
    assert "WORD/document" in parts
    assert parts.read("word/document") == b"<a/>"


def test_a_missing_part_is_damage() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        ZipParts(package(a="x"), Limits()).read("b")
    assert caught.value.state is FileState.DAMAGED


def test_something_else_than_a_zip_is_damage() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        ZipParts(io.BytesIO(b"PK\x03\x04 and nothing more"), Limits())
    assert caught.value.state is FileState.DAMAGED


def test_a_part_overwritten_with_zeros_is_damage() -> None:
    data = bytearray(package(a="<p>" + "word " * 2000 + "</p>").getvalue())
    data[45:60] = bytes(15)
    assert refusal(ZipParts(io.BytesIO(bytes(data)), Limits()), "a").state is FileState.DAMAGED


def test_sizes_are_summed_over_the_parts_that_are_read() -> None:
    parts = ZipParts(package(a=b"x" * 600, b=b"y" * 600), Limits(read_bytes=1000))
    parts.read("a")
    with pytest.raises(ExtractionFailed) as caught:
        parts.read("b")
    assert caught.value.state is FileState.TOO_LARGE


def test_a_part_that_shrank_beyond_belief_is_a_bomb() -> None:
    parts = ZipParts(package(a=bytes(20 << 20)), Limits())
    with pytest.raises(ExtractionFailed) as caught:
        parts.read("a")
    assert caught.value.state is FileState.TOO_LARGE


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        ZipParts(package(a="", b="", c=""), Limits(member_count=2))
    assert caught.value.state is FileState.TOO_LARGE


def test_entities_are_refused_and_never_expanded() -> None:
    levels = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    laughs = f'<!DOCTYPE d [<!ENTITY a0 "lol">{levels}]><d><p>&a9;</p></d>'
    theft = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d><p>&x;</p></d>'
    parts = ZipParts(package(laughs=laughs, theft=theft), Limits())
    for name in ("laughs", "theft"):
        assert refusal(parts, name).state is FileState.DAMAGED
        with pytest.raises(ExtractionFailed):
            parts.tree(name)


def test_a_document_type_is_neither_loaded_nor_a_reason_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "stolen.dtd").write_text("this would not parse")
    for source in ("http://www.daisy.org/z3986/2005/ncx-2005-1.dtd", (tmp_path / "stolen.dtd").as_uri()):
        text = f'<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "{source}"><ncx><p/></ncx>'
        parts = ZipParts(package(ncx=text), Limits())
        assert parts.tree("ncx").tag == "ncx"
        assert len(list(parts.elements("ncx", ("p",)))) == 1


def test_broken_xml_is_damage() -> None:
    assert refusal(ZipParts(package(a="<d><p>open"), Limits()), "a").state is FileState.DAMAGED


def test_dropped_elements_leave_memory() -> None:
    parts = ZipParts(package(a="<d>" + "<p>x</p>" * 50_000 + "</d>"), Limits())
    most = 0
    for _, element in parts.elements("a", ("p",)):
        parent = element.getparent()
        assert parent is not None
        most = max(most, len(parent))
        drop(element)
    # libxml2 parses ahead by a buffer, so a few thousand small elements may stand there.
    assert 0 < most < 10_000


def test_relations_are_resolved_against_their_part() -> None:
    links = (
        "<Relationships><Relationship Id='r1' Type='http://x/footnotes' Target='footnotes.xml'/>"
        "<Relationship Id='r2' Type='http://x/image' Target='/media/a.png'/>"
        "<Relationship Id='r3' Type='http://x/hyperlink' Target='http://x' TargetMode='External'/></Relationships>"
    )
    stream = package(**{"word___rels__document.xml.rels": links})
    assert ZipParts(stream, Limits()).relations("word/document.xml") == (
        Relation("r1", "footnotes", "word/footnotes.xml"),
        Relation("r2", "image", "media/a.png"),
    )


def test_a_locked_office_file_is_encrypted() -> None:
    content = Content("locked.docx", path=str(SAMPLES / "docx" / "refused" / "locked.docx"))
    with pytest.raises(ExtractionFailed) as caught, zip_parts(content, Limits()):
        pass
    assert caught.value.state is FileState.ENCRYPTED


def test_an_old_binary_file_under_a_new_name_is_unsupported() -> None:
    content = Content("old.docx", data=OLE_MAGIC + bytes(600))
    with pytest.raises(ExtractionFailed) as caught, zip_parts(content, Limits()):
        pass
    assert caught.value.state is FileState.UNSUPPORTED


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"PK\x03\x04....word/document.xml", "letter.zip", True),
        (b"PK\x03\x04....ppt/slides", "letter.docx", False),
        (b"PK\x03\x04....docProps/app.xml", "letter.docx", True),
        (b"PK\x03\x04....docProps/app.xml", "letter", False),
        (b"plain text", "letter.docx", False),
    ],
)
def test_a_package_is_known_by_its_parts_then_by_its_name(head: bytes, name: str, expected: bool) -> None:
    assert has_part_of(head, name, b"word/", (".docx",)) is expected


def test_an_open_document_says_what_it_is() -> None:
    head = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text-template"
    assert is_open_document(head, "x", (b"text",), (".odt",))
    assert not is_open_document(head, "x.ods", (b"spreadsheet",), (".ods",))
    assert not is_open_document(
        head.replace(b"vnd.oasis.opendocument.text", b"epub+zip"), "x.odt", (b"text",), (".odt",)
    )
