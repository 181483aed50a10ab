"""Writes docs/sample-folder: the office files of a small company that does not exist, for `make run` and the tests.

    python tests/samples/make_sample_folder.py [TARGET]

Needs the test extra and, for .odt and .ods, LibreOffice's `soffice`. The questions that the files answer stand in
sample_folder_questions.toml: change both together. Its pictures are make_sample_scans.py's.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Font
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from sample_folder_texts import (
    HANDBOOK,
    LEASE,
    MANUAL,
    MINUTES,
    MINUTES_ZH,
    OFFER,
    OFFER_MAIL,
    ONBOARDING,
    PURCHASE,
    README,
    REGIONS,
    SLIDES,
    SUPPLY,
    TICKETS,
    TRAVEL,
)

TARGET = Path(__file__).parents[2] / "docs" / "sample-folder"

Block = str | list[list[str]]
"""A paragraph, or a table. `# ` and `## ` begin headings, `* ` items of a list."""


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    for folder in ("Contracts", "Finance", "HR", "Meetings", "Products", "Sales"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    (target / "README.md").write_text(README, encoding="utf-8")
    (target / "HR" / "Onboarding checklist.txt").write_text(ONBOARDING, encoding="utf-8")
    word(target / "Contracts" / "Supply Agreement Helmond Sensors.docx", "Supply Agreement KWI-2026-014", SUPPLY)
    word(target / "Contracts" / "采购合同-苏州华澄电子.docx", "采购合同", PURCHASE)
    word(target / "HR" / "员工手册-考勤与休假.docx", "员工手册：考勤与休假", HANDBOOK)
    word(target / "Meetings" / "2026-03-12 Management meeting.docx", "Management meeting, 12 March 2026", MINUTES)
    converted(target / "Meetings" / "2026-05-07 产品例会纪要.odt", "产品例会纪要（2026年5月7日）", MINUTES_ZH)
    converted(target / "Finance" / "Travel and expense rules.odt", "Travel and expense rules", TRAVEL)
    pdf(target / "Contracts" / "Office lease Harbour Street.pdf", "Lease of Unit 7, 42 Harbour Street", LEASE)
    pdf(target / "Products" / "AquaSense 300 manual.pdf", "AquaSense 300 Turbidity Sensor: User Manual", MANUAL)
    budget(target / "Finance" / "Budget 2026.xlsx")
    prices(target / "Products" / "价格表 Price list 2026.ods")
    deck(target / "Sales" / "Quarterly review Q1 2026.pptx")
    offer(target / "Sales" / "Offer from Nordlicht Optics.eml")
    tickets(target / "Sales" / "Service tickets.csv")


def word(path: Path, title: str, blocks: list[Block]) -> None:
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Kestrel Water Instruments"
    document.add_heading(title, 0)
    for block in blocks:
        if isinstance(block, list):
            table = document.add_table(rows=0, cols=len(block[0]), style="Table Grid")
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.startswith("#"):
            marks, _, text = block.partition(" ")
            document.add_heading(text, len(marks))
        elif block.startswith("* "):
            document.add_paragraph(block[2:], style="List Bullet")
        else:
            document.add_paragraph(block)
    document.save(str(path))


def converted(path: Path, title: str, blocks: list[Block]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        word(source, title, blocks)
        convert(source, path)


def convert(source: Path, path: Path) -> None:
    """Let LibreOffice write `source` anew in the format that `path` ends with."""
    command = ["soffice", "--headless", "--convert-to", path.suffix[1:], "--outdir", str(path.parent), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def pdf(path: Path | BytesIO, title: str, blocks: list[Block]) -> None:
    styles = getSampleStyleSheet()
    story: list[Any] = [Paragraph(title, styles["Title"])]
    for block in blocks:
        if isinstance(block, list):
            cells = [[Paragraph(text, styles["BodyText"]) for text in row] for row in block]
            grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)])
            widths = [130, 320] if len(block[0]) == 2 else [60, 150, 240]
            story += [Table(cells, widths, style=grid, repeatRows=1, hAlign="LEFT"), Spacer(1, 8)]
        elif block == "---":
            story.append(PageBreak())
        elif block.startswith("#"):
            marks, _, text = block.partition(" ")
            story.append(Paragraph(text, styles[f"Heading{len(marks)}"]))
        elif block.startswith("* "):
            story.append(Paragraph("• " + block[2:], styles["BodyText"]))
        else:
            story.append(Paragraph(block, styles["BodyText"]))
    target = path if isinstance(path, BytesIO) else str(path)
    template = SimpleDocTemplate(target, pagesize=A4, title=title, author="Kestrel Water Instruments", invariant=True)

    def footer(canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 30, f"Kestrel Water Instruments Ltd.   Page {document.page}")

    template.build(story, onFirstPage=footer, onLaterPages=footer)


def sheet(book: Any, name: str, rows: list[list[Any]], widths: int = 18) -> Any:
    page = book.create_sheet(name)
    for row in rows:
        page.append(row)
    for column in "ABCDEFG":
        page.column_dimensions[column].width = widths
    return page


def budget(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = "Budget 2026"
    departments = [
        ["Engineering", 182_000, 195_000, 188_000, 201_000],
        ["Sales and Marketing", 94_000, 101_000, 97_500, 118_500],
        ["Operations", 143_000, 139_500, 151_000, 156_500],
        ["Finance and Administration", 58_000, 57_000, 58_500, 61_500],
        ["Suzhou subsidiary", 121_000, 128_000, 126_500, 134_500],
    ]
    total = ["Total", *(sum(row[i] for row in departments) for i in range(1, 5))]
    rows = [
        ["Operating budget 2026, in GBP, approved 9 December 2025"],
        [],
        ["Department", "Q1", "Q2", "Q3", "Q4", "Year"],
    ]
    rows += [[*row, sum(row[1:])] for row in [*departments, total]]
    page = sheet(book, "Departments", rows, 24)
    page["A1"].font = Font(bold=True)
    sheet(
        book,
        "Projects",
        [
            ["Project", "Owner", "Start", "End", "Budget GBP", "Status"],
            ["AquaSense 500", "Tomás Okafor", date(2026, 2, 2), date(2026, 11, 30), 340_000, "In progress"],
            ["Cloud gateway G1", "Oliver Strand", date(2026, 4, 1), date(2026, 12, 18), 96_000, "Approved"],
            ["Calibration lab upgrade", "Aisha Bello", date(2026, 3, 16), date(2026, 7, 31), 72_500, "In progress"],
            ["ISO 9001 recertification", "Priya Raman", date(2026, 6, 1), date(2026, 10, 16), 18_400, "Planned"],
            ["Suzhou clean room 苏州洁净室", "Lin Yue 林悦", date(2026, 5, 11), date(2026, 9, 30), 155_000, "Approved"],
        ],
        26,
    )
    sheet(
        book,
        "Headcount",
        [
            ["Department", "January", "July", "December"],
            ["Engineering", 14, 15, 16],
            ["Sales and Marketing", 7, 7, 8],
            ["Operations", 11, 11, 11],
            ["Finance and Administration", 4, 4, 4],
            ["Suzhou subsidiary", 10, 12, 13],
        ],
        24,
    )
    assumptions = sheet(
        book,
        "Assumptions",
        [
            ["Assumption", "Value", "Source"],
            ["Exchange rate EUR to GBP", 0.86, "Bank forecast of November 2025"],
            ["Exchange rate CNY to GBP", 0.109, "Bank forecast of November 2025"],
            ["Pay rise from 1 April", 0.035, "Board decision of 9 December 2025"],
            ["Turbidity heads needed in 2026", 1450, "Sales forecast"],
        ],
        30,
    )
    assumptions["B4"].number_format = "0.0%"
    book.save(path)


def prices(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    goods = [
        ["AS-300", "AquaSense 300 turbidity sensor", "AquaSense 300 浊度传感器", 1290, 11800],
        ["AS-500", "AquaSense 500 multi-parameter sensor", "AquaSense 500 多参数传感器", 1950, 17900],
        ["G1", "Cloud gateway G1", "云网关 G1", 420, 3850],
        ["WB-07", "Wiper blade", "清洁刮片", 18, 160],
        ["CB-10", "Cable, 10 m", "电缆 10 米", 64, 580],
        ["MB-2", "Mounting bracket, stainless steel", "不锈钢安装支架", 45, 410],
        ["CK-20", "Calibration kit, 20 NTU formazin", "校准套件 20 NTU", 75, 690],
    ]
    page = sheet(book, "价格 Prices", [["Item 货号", "Description", "名称", "GBP", "CNY"], *goods], 30)
    for row in page.iter_rows(min_row=2):
        row[3].number_format, row[4].number_format = '"£"#,##0.00', '"¥"#,##0.00'
    page = sheet(
        book,
        "折扣 Discounts",
        [["Quantity 数量", "Discount 折扣", "Remark 备注"], ["10-24", 0.05, ""], ["25-49", 0.09, ""]]
        + [["50 and more 50以上", 0.14, "Above 14 % only with the managing director's consent 须总经理批准"]]
        + [[], ["Valid from 1 March 2026 自2026年3月1日起有效"]],
        30,
    )
    for row in page.iter_rows(min_row=2, max_row=4):
        row[1].number_format = "0%"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.xlsx"
        book.save(source)
        convert(source, path)


def deck(path: Path) -> None:
    show = Presentation()
    show.core_properties.title = "Quarterly review Q1 2026"
    slide = show.slides.add_slide(show.slide_layouts[0])
    slide.shapes.title.text = "Quarterly review Q1 2026"
    slide.placeholders[1].text = "Jonas Brandt, Sales\n16 April 2026"
    for title, bullets, notes in SLIDES:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(bullets)
        slide.notes_slide.notes_text_frame.text = notes
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Revenue by region"
    frame = slide.shapes.add_table(len(REGIONS), 3, Inches(1), Inches(1.8), Inches(8), Inches(3))
    for row, texts in enumerate(REGIONS):
        for column, text in enumerate(texts):
            frame.table.cell(row, column).text = text
    slide.notes_slide.notes_text_frame.text = "China grew fastest because the Suzhou Water Group order came in March."
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Units shipped"
    data = CategoryChartData()
    data.categories = ["January", "February", "March"]
    data.add_series("AquaSense 300", (118, 104, 163))
    data.add_series("Gateway G1", (12, 19, 27))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1.8), Inches(8), Inches(4.5), data)
    show.save(str(path))


def offer(path: Path) -> None:
    attachment = BytesIO()
    pdf(attachment, "Offer NO-2026-331", OFFER)
    message = EmailMessage()
    message["From"] = "Ingrid Solheim <ingrid.solheim@nordlicht-optics.example>"
    message["To"] = "Tomás Okafor <tomas.okafor@kestrel-water.example>"
    message["Cc"] = "Priya Raman <priya.raman@kestrel-water.example>"
    message["Subject"] = "Offer for turbidity heads NL-T5"
    message["Date"] = "Fri, 27 Mar 2026 10:42:00 +0100"
    message["Message-ID"] = "<331.20260327@nordlicht-optics.example>"
    message.set_content(OFFER_MAIL)
    message.add_attachment(
        attachment.getvalue(), maintype="application", subtype="pdf", filename="Offer NO-2026-331.pdf"
    )
    path.write_bytes(message.as_bytes())


def tickets(path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(TICKETS)


if __name__ == "__main__":
    main()
