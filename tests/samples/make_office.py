# ruff: noqa: E501 (mark-up is not broken for the sake of the source)
"""Writes the samples of office formats: docx, pptx, spreadsheet, opendocument, rtf, pdf, epub.

    python tests/samples/make_office.py [FORMAT...]

Half of them are written by the libraries of the test extra, half by LibreOffice (`soffice`), which is asked to convert
the RTF and the workbooks below: real programs write what no library writes. Golden texts are made by
tests/contracts/golden.py.
The locked Word file in docx/refused/ comes from msoffcrypto-tool and is not made here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from openpyxl.comments import Comment
from pptx import Presentation
from pptx.util import Inches
from reportlab.lib.pagesizes import A5
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

HERE = Path(__file__).parent
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def convert(source: Path, target: Path, *options: str) -> None:
    """Let LibreOffice write `source` anew as `target`."""
    with tempfile.TemporaryDirectory() as folder:
        kind = ":".join((target.suffix[1:], *options))
        command = ["soffice", "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder) / f"{source.stem}{target.suffix}", target)


def written_by_hand() -> str:
    """RTF with what text programs know: headings, a table, a footnote, a comment, deleted text; Chinese in GBK."""

    def gbk(text: str) -> str:
        return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("gbk"))

    return "\n".join(
        (
            r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}}",
            r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b\fs32 heading 1;}{\s2\outlinelevel1\b\fs28 heading 2;}}",
            r"{\info{\title " + gbk("桥梁检查报告") + "}{\\author Ines Okonkwo}}",
            r"\pard\plain\s1\outlinelevel0\b\fs32 " + gbk("桥梁检查报告") + r"\par",
            r"\pard\plain\f0 " + gbk("检查日期：2026年3月18日。检查人：赵敏。") + r"\par",
            r"\pard\plain\s2\outlinelevel1\b\fs28\f1 Findings\par",
            r"\pard\plain\f1 The north bearing shows cracks of 0.4 mm",
            r"{\super\chftn{\footnote\pard\plain{\super\chftn} Measured with a crack gauge on both sides.}}.",
            r" The bridge stays open for vehicles below {\deleted 12}7.5 tonnes\u8212?until repaired.",
            r"{\*\atnid ZM}{\*\atnauthor Zhao Min}\chatn{\*\annotation\pard\plain Ask the city for the limit in writing.}\par",
            r"\trowd\cellx3000\cellx6000\pard\intbl Part\cell Grade\cell\row",
            r"\trowd\cellx3000\cellx6000\pard\intbl Deck\cell 2\cell\row",
            r"\trowd\cellx3000\cellx6000\pard\intbl\f0 " + gbk("支座") + r"\cell 4\cell\row",
            r"\pard\plain\s2\outlinelevel1\b\fs28\f0 " + gbk("建议") + r"\par",
            r"\pard\plain\f0 " + gbk("更换北侧支座，预算约为18万元，工期三周。") + r"\par}",
        )
    )


def make_rtf() -> None:
    folder = HERE / "rtf"
    folder.mkdir(exist_ok=True)
    source = folder / "bridge-cp936.rtf"
    source.write_text(written_by_hand(), encoding="ascii")
    convert(source, folder / "bridge-libreoffice.rtf")


def make_opendocument() -> None:
    folder = HERE / "opendocument"
    convert(HERE / "rtf" / "bridge-cp936.rtf", folder / "bridge.odt")
    convert(HERE / "pptx" / "garden-plan.pptx", folder / "garden-plan.odp")
    convert(HERE / "spreadsheet" / "fleet.xlsx", folder / "fleet.ods")


def make_docx() -> None:
    folder = HERE / "docx"
    folder.mkdir(exist_ok=True)
    convert(HERE / "rtf" / "bridge-cp936.rtf", folder / "bridge-libreoffice.docx")
    document = docx.Document()
    document.core_properties.title = "Charter of the sailing boat Heron"
    document.sections[0].header.paragraphs[0].text = "Lakeside Charter GmbH, reference LC-88"
    document.add_heading("Charter of the sailing boat Heron", 0)
    document.add_heading("Price", 1)
    paragraph = document.add_paragraph("The charter costs 1,480 euros")
    paragraph._p.append(parse_xml(f'<w:del {W} w:id="7"><w:r><w:delText> plus tax</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins {W} w:id="8"><w:r><w:t> including tax.</w:t></w:r></w:ins>'))
    document.add_comment(paragraph.runs, "Still to be agreed for June.", author="Femke", initials="F")
    table = document.add_table(rows=4, cols=3, style="Table Grid")
    rows = (("Season", "Week", "Price"), ("Summer", "27", "1,480"), ("", "28", "1,560"), ("Autumn", "40", "990"))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_heading("Duties", 1)
    for text in ("Life jackets are worn on deck.", "The tank is returned full."):
        document.add_paragraph(text, style="List Number")
    frame = document.add_paragraph("Signed at the jetty.")
    frame._p.append(parse_xml(TEXT_BOX))
    document.add_heading("中文摘要", 1)
    document.add_paragraph("租期为七天，押金800欧元，归还时退还。")
    document.save(str(folder / "charter.docx"))


TEXT_BOX = (
    f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r>'
    "<w:t>Emergency call: channel 16</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Emergency call: channel 16</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def garden(*layouts: int) -> Any:
    """A presentation of three slides in these layouts of the standard template (1 text, 5 title only, 6 blank)."""
    show = Presentation()
    text, costs, last = (show.slides.add_slide(show.slide_layouts[number]) for number in layouts)
    text.shapes.title.text = "School garden 学校花园"
    text.placeholders[1].text = "Twelve raised beds\n雨水收集箱：两个，各300升"
    text.notes_slide.notes_text_frame.text = "Mr Adeyemi pays for the soil."
    costs.shapes.title.text = "Costs"
    frame = costs.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(6), Inches(2))
    for row, texts in enumerate((("Item", "Euros"), ("Larch boards", "410"), ("Rain barrels", "156"))):
        for column, word in enumerate(texts):
            frame.table.cell(row, column).text = word
    box = costs.shapes.add_group_shape().shapes.add_textbox(Inches(1), Inches(5), Inches(5), Inches(1))
    box.text_frame.text = "Approved by the parents' council"
    last.shapes.add_textbox(Inches(1), Inches(1), Inches(5), Inches(1)).text_frame.text = "Opening: 9 May 2026"
    return show


def make_pptx() -> None:
    folder = HERE / "pptx"
    folder.mkdir(exist_ok=True)
    garden(1, 5, 6).save(str(folder / "garden-plan.pptx"))
    with tempfile.TemporaryDirectory() as temporary:
        source, between = Path(temporary) / "garden.pptx", Path(temporary) / "between.odp"
        garden(1, 1, 1).save(str(source))  # LibreOffice writes a master of 20 KB for every layout in use
        convert(source, between)
        convert(between, folder / "garden-libreoffice.pptx")


def make_spreadsheet() -> None:
    folder = HERE / "spreadsheet"
    folder.mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Cars"
    page.append(["Fleet of the town works"])
    page.append(["Plate", "Bought", "Price", "Used", "Inspection", "Departure"])
    page.append(["KA-12", date(2021, 5, 3), 31990.0, 0.62, datetime(2026, 6, 1, 9, 30), time(7, 45)])
    page.append(["KA-19", date(2023, 11, 20), 28450.5, 0.415, datetime(2026, 9, 14), time(6, 5)])
    for row in (3, 4):
        page.cell(row, 4).number_format = "0.0%"
    page["A3"].comment = Comment("Sold to the fire brigade in July", "Depot")
    page["A30"] = "Insurance"
    page["B30"] = "Sum"
    page["A31"], page["B31"] = "Third party", 100000000
    page["A32"], page["B32"] = "Total", "=B31*2"
    page = book.create_sheet("加油 Fuel")
    for texts in (("日期", "升数", "金额（元）"), (date(2026, 2, 1), 41.5, 332), (date(2026, 2, 9), 38.02, 304.16)):
        page.append(texts)
    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "fleet.xlsx"
        book.save(source)
        shutil.copyfile(source, folder / "fleet-openpyxl.xlsx")
        convert(source, folder / "fleet.xlsx")
        convert(source, folder / "fleet.xls")


def make_pdf() -> None:
    folder = HERE / "pdf"
    (folder / "refused").mkdir(parents=True, exist_ok=True)
    convert(HERE / "rtf" / "bridge-cp936.rtf", folder / "bridge-libreoffice.pdf")
    page = canvas.Canvas(str(folder / "kiln.pdf"), pagesize=A5, invariant=True)
    page.setTitle("Firing the kiln")
    for number, (heading, lines) in enumerate(KILN, 1):
        page.bookmarkPage(heading)
        page.addOutlineEntry(heading, heading, 0 if number < 3 else 1)
        page.setFont("Helvetica-Bold", 14)
        page.drawString(50, 540, heading)
        page.setFont("Helvetica", 9)
        for row, line in enumerate(lines):
            page.drawString(50, 510 - 12 * row, line)
        if number == 3:
            page.acroForm.textfield(name="Fired by", value="Noor", x=50, y=300, width=120, height=18)
        page.drawString(200, 30, f"Page {number}")
        page.showPage()
    page.save()
    for name, encrypt in (("locked.pdf", StandardEncryption("open sesame")), ("scan.pdf", None)):
        page = canvas.Canvas(str(folder / "refused" / name), pagesize=A5, encrypt=encrypt, invariant=True)
        if encrypt is None:
            page.drawInlineImage(_picture(), 40, 40, 300, 400)
        else:
            page.drawString(50, 500, "Nobody reads this without the password.")
        page.save()


def _picture() -> Any:
    from PIL import Image

    return Image.frombytes("L", (30, 40), bytes(range(200)) * 6)


KILN = (
    (
        "Loading",
        (
            "Shelves stand 2 cm from the wall so that the heat can rise evenly on all",
            "sides. Glazed pots must not touch.",
        ),
    ),
    ("Firing", ("• up to 600 °C: 100 °C an hour, lid open", "• up to 1240 °C: 180 °C an hour, lid closed")),
    (
        "Cooling",
        ("The kiln is opened below 80 °C. Earlier opening cracks the glaze, as the exam-", "ple on page 2 shows."),
    ),
    ("Care", ("Wash the shelves with kaolin after ten firings.",)),
)


def make_epub() -> None:
    folder = HERE / "epub"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "lighthouse.epub", "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in EPUB.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, how)


CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
XHTML = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>'
EPUB = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": f'<container xmlns="{CONTAINER}" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The lighthouse keeper 守灯人</dc:title>'
    "<dc:language>en</dc:language></metadata><manifest>"
    '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="b" href="two%20lamps.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
    "OEBPS/nav.xhtml": XHTML + '<nav><ol><li><a href="one.xhtml">Arrival</a></li>'
    '<li><a href="two%20lamps.xhtml#top">第二章 两盏灯</a></li></ol></nav></body></html>',
    "OEBPS/one.xhtml": XHTML + "<p>Maud came to the island in October with two goats.</p>"
    "<p>The lamp needed four litres of oil a night.</p></body></html>",
    "OEBPS/two lamps.xhtml": XHTML
    + "<p>风暴持续了三天，塔上的玻璃碎了两块。</p><p>Help came on the fourth day.</p></body></html>",
}


def main() -> None:
    steps = (make_rtf, make_pptx, make_spreadsheet, make_docx, make_opendocument, make_pdf, make_epub)
    for step in steps:
        if len(sys.argv) == 1 or step.__name__.removeprefix("make_") in sys.argv[1:]:
            step()


if __name__ == "__main__":
    main()
