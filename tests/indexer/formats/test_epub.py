from __future__ import annotations

import io
import zipfile

import pytest

from indexer.content import Content, FormatResult, Limits
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats.epub import extract

CONTAINER = '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx><navMap>'
    '<navPoint><navLabel><text>Chapter the first</text></navLabel><content src="one.html#a"/></navPoint></navMap></ncx>'
)


def read(spine: str = '<itemref idref="a"/>', **parts: str) -> FormatResult:
    items = '<item id="a" href="one.html" media-type="application/xhtml+xml"/>'
    items += '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    files = {
        "META-INF/container.xml": CONTAINER,
        "b.opf": f"<package><manifest>{items}</manifest><spine>{spine}</spine></package>",
        "toc.ncx": NCX,
        "one.html": "<html><head><title/></head><body><p>It was night.</p></body></html>",
        **{name.replace("__", "/"): text for name, text in parts.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in files.items():
            package.writestr(name, text)
    return extract(Content("a.epub", data=stream.getvalue()), Limits())


def test_a_chapter_without_heading_takes_its_title_from_the_contents() -> None:
    assert read().sections[0].heading == ("Chapter the first",)


def test_an_empty_xhtml_element_does_not_swallow_the_page() -> None:
    assert "It was night." in read().text


def test_a_missing_chapter_is_damage() -> None:
    with pytest.raises(ExtractionFailed) as caught:
        read('<itemref idref="a"/><itemref idref="lost"/>')
    assert caught.value.state is FileState.DAMAGED


@pytest.mark.parametrize(
    ("method", "locked"),
    [("http://www.idpf.org/2008/embedding", False), ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", True)],
)
def test_copy_protection_is_told_from_veiled_fonts(method: str, locked: bool) -> None:
    encryption = f'<encryption><EncryptionMethod Algorithm="{method}"/></encryption>'
    if not locked:
        assert read(**{"META-INF__encryption.xml": encryption}).text
        return
    with pytest.raises(ExtractionFailed) as caught:
        read(**{"META-INF__encryption.xml": encryption})
    assert caught.value.state is FileState.ENCRYPTED
