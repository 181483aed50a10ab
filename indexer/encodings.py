"""Bytes to text: which encoding a file is written in, told from its bytes alone.

What happens to the text afterwards (line breaks, control characters) is content.clean's matter.

Decision: legacy Chinese, Japanese and Korean encodings are told apart by how many of the decoded characters are
everyday ones, not by charset-normalizer: all of them decode each other's bytes without an error, and on a few lines of
text a list of 300 common characters is right where the general detector guesses. It is still asked last, for Cyrillic,
Greek, Arabic and the like.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

SAMPLE_BYTES = 2 << 20
"""How much of a file the slow detector reads."""
_SCORED_BYTES = 64 << 10

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "unicode-1-1-utf-7": "utf-7",
    "utf8": "utf-8",
}
"""Names that promise less than what programs really write under them."""

_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同"
    "现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很"
    "最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走"
    "义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指许统区保至队形社便空决治展马科"
    "司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同"
    "現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很"
    "最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走"
    "義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科"
    "司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運"
)
_HANGUL = (
    "이다의는에을를가고하지한도서로사리기인나대어자시그아해있정것수들일"
    "보여은라게스부전적과구제만주장상으와원세비성조관면국공소문동경용중"
)
_KANA = "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7), 0x30FC)))
_EVERYDAY_PUNCTUATION = "、。，．！？「」『』（）《》：；“”…—　０１２３４５６７８９"

_RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя")

_LEGACY = {
    "gb18030": frozenset(_SIMPLIFIED + _EVERYDAY_PUNCTUATION),
    "big5hkscs": frozenset(_TRADITIONAL + _EVERYDAY_PUNCTUATION),
    "cp932": frozenset(_KANA + "日本人年月大中国会社一" + _EVERYDAY_PUNCTUATION),
    "euc_jp": frozenset(_KANA + "日本人年月大中国会社一" + _EVERYDAY_PUNCTUATION),
    "cp949": frozenset(_HANGUL + _EVERYDAY_PUNCTUATION),
    "cp1251": _RUSSIAN,
    "koi8_r": _RUSSIAN,
}
_ENOUGH_EVERYDAY = {"cp1251": 0.6, "koi8_r": 0.6}
"""Share of everyday characters from which an encoding is believed, .25 for CJK: real text reaches .4, wrong guesses .1.

Cyrillic has so few letters, all lower case here, that chance alone gives .2.
"""
_WIDE_EVERYDAY = (
    frozenset(_SIMPLIFIED + _TRADITIONAL + _HANGUL + _KANA + _EVERYDAY_PUNCTUATION)
    | frozenset(map(chr, (*range(32, 127), 9, 10, 13, *range(0xC0, 0x250), *range(0x386, 0x460))))
)  # fmt: skip

_PRINTABLE_BUT_NOT_TEXT = (b"%PDF-", b"{\\rtf", b"%!PS")
_NEVER_GUESSED = [
    "utf_7",
    "cp037",
    "cp500",
    "cp1026",
    "utf_16_be",
    "utf_16_le",
    "utf_32_be",
    "utf_32_le",
    "shift_jis_2004",
]
"""Decoders that accept almost anything."""

_NON_ASCII_RUN = re.compile(rb"[\x80-\xff]+")
_WESTERN = frozenset(
    b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa1\xa3\xa7\xa9\xab\xb0\xb7\xbb\xbf"
) | frozenset(range(0xC0, 0x100)) - {0xD7, 0xF7}
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"


class Decoded(NamedTuple):
    text: str
    encoding: str
    """A Python codec name."""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """`data` as text; never raises. `declared` is what a header or meta tag says: believed when the bytes agree."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data.decode(encoding, "replace"), encoding)
    if data.isascii() and b"\x1b$" not in data and b"\0" not in data:
        return Decoded(data.decode("ascii"), "ascii")
    if declared and (found := _as_declared(data, declared)):
        return found
    if wide := _without_bom(data):
        return Decoded(data.decode(wide, "replace"), wide)
    if b"\x1b$" in data and (found := _strictly(data, "iso2022_jp")):
        return found
    return _as_utf8(data) or _as_legacy(data)


@functools.lru_cache(maxsize=8)  # every format of the room asks it of the same bytes
def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text in some encoding rather than a program, a picture or an archive.

    PDF, RTF and PostScript may be all ASCII and are not text to anybody.
    """
    if not head or head.startswith(_PRINTABLE_BUT_NOT_TEXT):
        return False
    if any(head.startswith(bom) for bom, _ in _BOMS) or _without_bom(head):
        return True
    if b"\0" in head:
        return False
    return _control_count(head) * 200 <= len(head)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _as_declared(data: bytes, declared: str) -> Decoded | None:
    name = declared.strip().strip("\"'").lower()
    name = _SUPERSETS.get(name, name)
    if name in ("cp1252", "iso-8859-15", "iso8859-15"):
        return None  # decodes anything, so it proves nothing: mislabelled UTF-8 and GBK are common
    found = _strictly(data, name)
    # A codec that is none for text (hex) raised LookupError; UTF-16 accepts nearly all bytes: look at the result.
    return found if found and (name == "utf-8" or not is_rubbish(found.text[:4096])) else None


def _without_bom(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` when the bytes, which are no text one by one, make everyday characters two by two."""
    sample = data[: min(len(data), 4096) & ~1]
    if len(sample) < 4 or not _control_count(sample):
        return None
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, "replace")
        shares[encoding] = sum(1 for c in text if c in _WIDE_EVERYDAY) / len(text)
    best, other = sorted(shares, key=lambda encoding: -shares[encoding])
    return best if shares[best] >= 0.3 and shares[best] > 3 * shares[other] else None


def _control_count(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROL))


def is_rubbish(text: str) -> bool:
    """More than one character in fifty is a control, private, unassigned or broken one."""
    strange = sum(1 for c in text if not c.isprintable() and c not in "\t\n\r\f\v\x1b\ufeff\u3000\xa0\u200b\u2028")
    return (strange + text.count("\ufffd")) * 50 > len(text)


def _as_utf8(data: bytes) -> Decoded | None:
    """UTF-8, also with a few broken bytes in it: a log with one bad line is not Latin-1."""
    if found := _strictly(data, "utf-8"):
        return found
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - broken - sum(map(len, re.findall(r"[\x00-\x7f]+", text)))
    return Decoded(text, "utf-8") if sound > 20 * broken else None


def _as_legacy(data: bytes) -> Decoded:
    """An encoding from before Unicode: the CJK one with the most everyday characters, or a Western one, or a guess."""
    runs = _NON_ASCII_RUN.findall(data[:_SCORED_BYTES]) or _NON_ASCII_RUN.findall(data)[:1000]
    total = sum(map(len, runs))
    western = sum(len(run) for run in runs if len(run) <= 2 and all(b in _WESTERN for b in run))
    if total and western >= 0.9 * total:
        return Decoded(data.decode("cp1252", "replace"), "cp1252")
    sample = data[:_SCORED_BYTES] if not data[:_SCORED_BYTES].isascii() else data[: 16 * _SCORED_BYTES]
    trust = {encoding: _everyday_share(sample, encoding) / _ENOUGH_EVERYDAY.get(encoding, 0.25) for encoding in _LEGACY}
    best = max(trust, key=lambda encoding: trust[encoding])
    if trust[best] < 1 and _is_common_chinese(sample):
        best, trust["gb18030"] = "gb18030", 1
    if trust[best] >= 1:
        return Decoded(data.decode(best, "replace"), best)
    from charset_normalizer import from_bytes

    guess = from_bytes(data[:SAMPLE_BYTES], cp_exclusion=_NEVER_GUESSED).best()
    encoding = guess.encoding if guess is not None else "cp1252"
    return Decoded(data.decode(encoding, "replace"), encoding)


def _is_common_chinese(sample: bytes) -> bool:
    """Nine characters in ten are of GB 2312's first level: a name or two in which none of the everyday ones occurs."""
    try:
        text = re.sub(r"[\x00-\x7f]+", "", sample.decode("gb2312"))
    except UnicodeDecodeError:
        return False
    return sum(1 for c in text if 0xB0 <= c.encode("gb2312")[0] <= 0xD7) >= 0.9 * len(text) > 0


def _everyday_share(sample: bytes, encoding: str) -> float:
    """Everyday characters among all that are not ASCII, broken ones counted three times against."""
    text = re.sub(r"[\x00-\x7f]+", "", sample.decode(encoding, "replace"))
    if not text:
        return 0.0
    everyday = _LEGACY[encoding]
    known = sum(1 for c in text if c in everyday)
    return (known - 3 * max(0, text.count("\ufffd") - 1)) / len(text)
