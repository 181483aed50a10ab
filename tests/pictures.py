"""Pictures for tests: of text in real letters, and such as the rehearsal recognizer reads."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from copilot.engines.rehearsal import picture_of

LATIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
CHINESE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_LEAST = 48
"""The rehearsal recognizer's own pictures may be too small to be taken for more than an icon."""


def rehearsed(text: str) -> Image.Image:
    """A picture that the rehearsal recognizer reads as `text`, in a file that keeps every point."""
    picture = picture_of(text)
    small = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    whole = Image.new("RGB", (max(_LEAST, picture.width), max(_LEAST, picture.height)))
    whole.paste(small)
    return whole


def printed(lines: tuple[str, ...], *, size: int = 30, width: int = 1000) -> Image.Image:
    """Lines in black on white, as on a screen or a scan."""
    sheet = Image.new("RGB", (width, 80 + 2 * size * len(lines)), "white")
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(lines):
        font = ImageFont.truetype(str(LATIN if line.isascii() else CHINESE), size)
        pen.text((40, 40 + 2 * size * number), line, fill="black", font=font)
    return sheet


def scan(*pages: Image.Image | str) -> bytes:
    """A PDF whose pages are pictures, as scanners make them; a text in place of a picture is a page of text."""
    made = io.BytesIO()
    pdf = canvas.Canvas(made, pagesize=(595, 842), invariant=1)
    for page in pages:
        if isinstance(page, str):
            pdf.drawString(72, 760, page)
        else:
            height = 595 * page.height / page.width
            pdf.drawImage(ImageReader(page), 0, 842 - height, width=595, height=height)
        pdf.showPage()
    pdf.save()
    return made.getvalue()
