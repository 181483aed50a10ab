"""Pictures of real text whose every row is known: what recognizer_speed.py reads. Drawn, not scanned.

Text comes from docs/sample-folder's sources and the sets of tests/quality. Needs Pillow and the fonts of the Debian
packages fonts-noto-cjk, fonts-dejavu-core and fonts-inter.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.samples import sample_folder_texts

ROOT = Path(__file__).parents[1]
FONTS = Path("/usr/share/fonts")
CJK = "opentype/noto/NotoSansCJK-Regular.ttc"
SERIF_CJK = "opentype/noto/NotoSerifCJK-Regular.ttc"
SANS = "truetype/dejavu/DejaVuSans.ttf"
SERIF = "truetype/dejavu/DejaVuSerif.ttf"
INTERFACE = "opentype/inter/Inter-Regular.otf"
SIMPLIFIED = 2
"""Face of the simplified Chinese forms in Noto's collections."""
_MARKUP = re.compile(r"\{\w+\|([^}]*)\}")
A4 = (1240, 1754)
"""At 150 dots an inch."""

Colours = tuple[str, str]
"""Ink and paper."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text between two heights of the picture as it was before it was turned."""

    text: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """`angle`: degrees that the picture was turned by, against the clock, about its middle."""

    name: str
    image: Image.Image
    rows: tuple[Row, ...]
    angle: float = 0.0

    def row_of(self, x: float, y: float) -> int | None:
        """The row that the point of the picture lies in."""
        turn, middle = math.radians(self.angle), (self.image.width / 2, self.image.height / 2)
        upright = middle[1] + math.cos(turn) * (y - middle[1]) + math.sin(turn) * (x - middle[0])
        return next((n for n, row in enumerate(self.rows) if row.top <= upright < row.bottom), None)


def texts(language: str) -> str:
    """Running text in one line, some thousand characters."""
    if language == "en":
        prose = sample_folder_texts.README + sample_folder_texts.ONBOARDING
        prose = "".join(c for c in prose if c.isascii()) + _cases("english.txt")
    else:
        prose = _cases("chinese.txt")
    return re.sub(r"\s+", " ", prose)


def _cases(name: str) -> str:
    lines = (ROOT / "quality" / "threeways" / name).read_text("utf-8").splitlines()
    return " ".join(_MARKUP.sub(r"\1", line[3:]) for line in lines if line.startswith("T: "))


def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / name), size, index=SIMPLIFIED if name.endswith(".ttc") else 0)


def page(
    language: str,
    *,
    face: str,
    size: float,
    colours: Colours = ("#111", "#fff"),
    box: tuple[int, int] = A4,
    skip: int = 0,
) -> Drawn:
    """A page of running text."""
    image = Image.new("RGB", box, colours[1])
    draw, letters = ImageDraw.Draw(image), font(face, size)
    margin = round(min(box) * 0.07)
    rows, top, step = [], float(margin), size * 1.6
    text = texts(language)
    skip %= len(text)
    lines = _wrapped(text[skip:] + text[:skip], letters, box[0] - 2 * margin)
    while top + step < box[1] - margin:
        line = next(lines)
        draw.text((margin, top), line, font=letters, fill=colours[0])
        rows.append(Row(line, top - 0.2 * size, top + 1.4 * size))
        top += step
    return Drawn(language, image, tuple(rows))


def _wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    pieces = re.findall(r"[!-~]+ ?|.", text)
    line = ""
    while True:
        for piece in pieces:
            if line and letters.getlength(line + piece.rstrip()) > width:
                yield line.rstrip()
                line = ""
            line = (line + piece).lstrip()


_MENU = ("File", "Edit", "View", "Insert", "Format", "Tools", "Window", "Help")
_SIDE = ("Inbox (12)", "Drafts", "Sent items", "收件箱", "已发送", "Archive 2025", "Contracts", "采购合同", "Invoices")
_TABLE = (
    ("Invoice", "Customer", "Due date", "Amount"),
    ("2026-0412", "Nordlicht Optics GmbH", "14 May 2026", "€ 12,480.00"),
    ("2026-0413", "苏州华澄电子有限公司", "2026年5月20日", "¥ 86,500.00"),
    ("2026-0417", "Helmond Sensors B.V.", "31 May 2026", "€ 3,275.50"),
    ("2026-0418", "Kestrel Water Instruments", "1 June 2026", "£ 940.25"),
    ("2026-0421", "杭州明澈水务集团", "2026年6月3日", "¥ 214,000.00"),
    ("2026-0425", "Calder Lettings Ltd", "12 June 2026", "£ 1,480.00"),
)


def interface(scale: float, *, dark: bool = False) -> Drawn:
    """A window with a menu, a list and a table, as a screen shows it at `scale`."""
    ink, paper, muted = ("#e8e8e4", "#17191c", "#9aa0a8") if dark else ("#1d1f23", "#f7f7f5", "#6b7078")
    width, height = round(960 * scale), round(420 * scale)
    image = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(image)
    latin, chinese = font(INTERFACE, 13 * scale), font(CJK, 13 * scale)
    rows: list[Row] = []

    def put(row: int, cells: list[tuple[float, str, str]]) -> None:
        top = (16 + 34 * row) * scale
        for x, text, colour in cells:
            letters = latin if text.isascii() or text[0] in "€£" else chinese
            draw.text((x * scale, top), text, font=letters, fill=colour)
        rows.append(Row(" ".join(text for _, text, _ in cells), top - 8 * scale, top + 26 * scale))

    put(0, [(20 + 70 * n, word, ink) for n, word in enumerate(_MENU)])
    draw.line((0, 46 * scale, width, 46 * scale), fill=muted)
    for n, name in enumerate(_SIDE):
        cells = [(20.0, name, muted)]
        if n < len(_TABLE):
            cells += [(x, text, ink) for x, text in zip((220, 360, 620, 800), _TABLE[n], strict=True)]
        put(n + 1, cells)
    return Drawn(f"screen {scale:.0%}{' dark' if dark else ''}", image, tuple(rows))


def compressed(drawn: Drawn, quality: int) -> Drawn:
    stream = io.BytesIO()
    drawn.image.save(stream, "JPEG", quality=quality)
    return Drawn(drawn.name, Image.open(stream).convert("RGB"), drawn.rows)


def turned(drawn: Drawn, angle: float) -> Drawn:
    image = drawn.image.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    return Drawn(drawn.name, image, drawn.rows, angle)


def named(name: str, drawn: Drawn) -> Drawn:
    return Drawn(name, drawn.image, drawn.rows, drawn.angle)


def all_pages() -> Iterator[Drawn]:
    """Every condition, English and Chinese."""
    for language, face, serif in (("en", SANS, SERIF), ("zh", CJK, SERIF_CJK)):
        yield named(f"{language} page, clean", page(language, face=face, size=22))
        yield named(f"{language} page, serif", page(language, face=serif, size=22, skip=900))
        yield named(f"{language} page, small print", page(language, face=face, size=15, skip=300))
        yield named(f"{language} page, 300 dpi", page(language, face=serif, size=44, box=(2480, 3508)))
        pale = page(language, face=face, size=22, colours=("#8c8c8c", "#dcdcdc"), skip=1500)
        yield named(f"{language} page, pale", pale)
        yield named(f"{language} page, JPEG 30", compressed(page(language, face=serif, size=22, skip=600), 30))
        yield named(f"{language} page, turned 3°", turned(page(language, face=face, size=22, skip=1200), 3))
        for scale in (0.75, 1.0, 1.5, 2.0):
            box = (round(800 * scale), round(300 * scale))
            region = page(language, face=INTERFACE if language == "en" else CJK, size=14 * scale, box=box, skip=2000)
            yield named(f"{language} region {scale:.0%}", region)
    for scale in (0.75, 1.0, 1.5, 2.0):
        yield interface(scale)
    yield interface(1.0, dark=True)
