"""Pages of PDFs as pictures, and where a quote stands on them; what is broken is refused with a sentence."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from indexer.content import Limits
from indexer.extraction import extract
from indexer.pages import MOST_PIXELS, PageRequest, draw
from indexer.pictures import PageImage
from indexer.quotes import places

ROOT = Path(__file__).parents[2]
LEASE = ROOT / "docs/sample-folder/Contracts/Office lease Harbour Street.pdf"
LIMITS = Limits()


def drawn(path: str, page: int = 1, width: int = 600, quote: str = "") -> PageImage:
    answer = draw(PageRequest(path, page, width, quote), LIMITS)
    assert answer.image is not None, answer.reason
    return answer.image


def refused(path: str, page: int = 1) -> str:
    answer = draw(PageRequest(path, page, 600), LIMITS)
    assert answer.image is None
    return answer.reason


def pixels(image: PageImage) -> tuple[int, int, bytes]:
    """Width, height and rows of a PNG with one part of data, as any reader would find them."""
    assert image.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack("!II", image.png[16:24])
    at = image.png.index(b"IDAT")
    (length,) = struct.unpack("!I", image.png[at - 4 : at])
    return width, height, zlib.decompress(image.png[at + 4 : at + 4 + length])


def test_a_page_is_a_picture_of_the_width_asked_for() -> None:
    image = drawn(str(LEASE))
    width, height, rows = pixels(image)
    assert (width, height) == (image.width, image.height)
    assert width == 600
    assert image.pages == 2
    assert len(rows) % height == 0
    assert len(set(rows)) > 10  # letters, with their soft edges


def test_a_quote_is_where_its_ink_is() -> None:
    (extracted,) = extract(str(LEASE), LIMITS)
    assert extracted.document is not None
    text, start = extracted.document.text, extracted.document.text.index("The tenant")
    image = drawn(str(LEASE), quote=text[start : start + 80])
    assert image.boxes
    width, height, rows = pixels(image)
    stride = len(rows) // height
    for box in image.boxes:
        assert 0 <= box.x < box.x + box.width <= width
        assert 0 <= box.y < box.y + box.height <= height
        inside = b"".join(
            rows[row * stride + 1 + box.x * 3 : row * stride + 1 + (box.x + box.width) * 3]
            for row in range(box.y, box.y + box.height)
        )
        assert min(inside) < 100, "nothing is written in the box"


def test_a_page_of_a_member(tmp_path: Path) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(LEASE, "contracts/lease.pdf")
        packed.writestr("note.txt", "no pages here")
    member = next(one.source.path for one in extract(str(archive), LIMITS) if one.source.path.endswith("lease.pdf"))
    assert drawn(member, quote="").pages == 2
    assert "inside the other" in refused(f"{archive}!/contracts/other.pdf")
    assert "PDF files and pictures only" in refused(f"{archive}!/note.txt")


def test_what_is_no_page_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(LEASE.read_bytes()[:400])
    assert refused(str(LEASE), page=3) == "The file is damaged: it has no page 3."
    assert refused(str(damaged))
    assert "not there" in refused(str(tmp_path / "gone.pdf"))


def test_a_giant_page_stays_a_picture_that_fits_into_memory(tmp_path: Path) -> None:
    long = tmp_path / "long.pdf"
    long.write_bytes(one_page(10, 14_400))
    image = drawn(str(long), width=4_000)
    assert image.width * image.height <= MOST_PIXELS * 1.01


def one_page(width: int, height: int) -> bytes:
    """An empty page of a size in points."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]>>" % (width, height),
    )
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%sendobj\n" % (n, o) for n, o in enumerate(objects, start=1))
    return body + b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"


@pytest.mark.parametrize(
    ("page", "quote", "found"),
    [
        ("The rent is\r\n2,400 euros.", "The rent is 2,400 euros.", "Therentis2400euros"),
        ("hyphen-\r\nated words", "hyphenated words", "hyphenatedwords"),
        ("交货日期为\r\n三月一日。", "交货日期为三月一日。", "交货日期为三月一日"),
        (
            "Its first half stands here.",
            "It began before this page.\nIts first half stands here.",
            "Itsfirsthalfstandshere",
        ),
        ("Something else", "The rent is 2,400 euros.", ""),
        ("a b c", "", ""),
    ],
)
def test_a_quote_is_found_by_its_letters(page: str, quote: str, found: str) -> None:
    assert "".join(page[index] for index in places(page, quote)) == found


def test_of_words_that_stand_twice_those_of_the_passage_are_meant() -> None:
    page = "North\nTotal 5\nSouth\nTotal 5\n"
    assert places(page, "Total 5", "South\nTotal 5")[0] == page.rindex("Total")
    assert places(page, "Total 5")[0] == page.index("Total")
    assert places(page, "Total 5", "Nowhere at all")[0] == page.index("Total")
