"""Writes the pictures of docs/sample-folder: a photographed receipt and a scanned acceptance report, a little askew, as
such things come. For `make run` and the tests of text recognition.

    python -m tests.samples.make_sample_scans [TARGET]

Needs the fonts of the Debian packages fonts-dejavu and fonts-noto-cjk.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.pictures import CHINESE, scan

TARGET = Path(__file__).parents[2] / "docs" / "sample-folder"
_MONO = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"

RECEIPT = """\
HOTEL DREI MOHREN
Rheingasse 14, 4058 Basel
Tel. +41 61 555 0142

Invoice 20417        19 March 2026
Guest: Jonas Brandt
Room 312, 2 nights

Room 2 x 148.00            296.00
Breakfast 2 x 19.50         39.00
City tax 2 x 4.20            8.40
Parking                     24.00
---------------------------------
Total CHF                  367.40
of which VAT 3.8 %          12.26

Paid by card ending 5512
Thank you for staying with us"""

REPORT = (
    (46, "设备到货验收单"),
    (28, "编号：YS-2026-0417"),
    (28, "收货单位：凯翠水仪（苏州）有限公司"),
    (28, "供货单位：苏州华澄电子有限公司"),
    (28, "到货日期：2026年4月17日"),
    (28, ""),
    (28, "一、到货内容：浊度传感器主板 480 块，包装箱 12 只，"),
    (28, "送货单与采购合同一致。"),
    (28, "二、抽检结果：随机抽取 32 块，其中 1 块焊点虚焊，"),
    (28, "不合格率 3.1%，低于合同约定的 5%。"),
    (28, "三、处理意见：接收全部货物，供方应于 4 月 30 日前"),
    (28, "免费补发 15 块备用主板。"),
    (28, "四、货物存放于二号仓库 B 区 07 货架。"),
    (28, ""),
    (28, "验收人：陈梅        仓库主管：周建国"),
)


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    receipt().save(target / "Finance" / "Receipt hotel Basel.png", optimize=True)
    (target / "Contracts" / "到货验收单-扫描.pdf").write_bytes(scan(report()))


def receipt() -> Image.Image:
    """Grey, out of a telephone: uneven light, soft letters, a little askew."""
    paper = Image.new("L", (760, 900), 244)
    font = ImageFont.truetype(_MONO, 28)
    pen = ImageDraw.Draw(paper)
    for number, line in enumerate(RECEIPT.splitlines()):
        pen.text((62, 50 + 42 * number), line, fill=52, font=font)
    shade = Image.linear_gradient("L").resize(paper.size).point(lambda level: 226 + level // 9)
    lit = Image.composite(paper, Image.new("L", paper.size, 60), shade)
    turned = lit.rotate(0.8, Image.Resampling.BICUBIC, fillcolor=214).filter(ImageFilter.GaussianBlur(0.6))
    return turned.quantize(16)


def report() -> Image.Image:
    """Black and white at 150 dots an inch, with the specks of a scanner."""
    sheet = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(sheet)
    down = 150
    for size, line in REPORT:
        pen.text((420 if size > 30 else 130, down), line, fill=0, font=ImageFont.truetype(str(CHINESE), size))
        down += size * 2 + 10
    pen.rectangle((110, 130, 1130, down + 20), outline=0, width=2)
    turned = sheet.rotate(-0.5, Image.Resampling.BICUBIC, fillcolor=255)
    pen = ImageDraw.Draw(turned)
    chance = random.Random(7)
    for _ in range(160):
        x, y = chance.randrange(1240), chance.randrange(1754)
        pen.rectangle((x, y, x + 1, y + 1), fill=0)
    return turned.convert("1", dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
