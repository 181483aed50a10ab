"""Numbers that states give to people and companies, by form and checksum; else by their name.

Checksums are python-stdnum's. What has a weak form, nine or eleven bare digits, counts only where it is called so.
"""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from copilot.privacy.finding import NOT_AFTER_WORD, NOT_BEFORE_WORD, Finding, Naming, before, finding

KIND = "national_id"
NAMING = Naming("ID", "证件")
RANK = 3
OPTIONAL = False


@dataclass(frozen=True, slots=True)
class _Scheme:
    """`checker`: a module of stdnum, empty where there is no checksum; `called`, if given, must stand near."""

    pattern: re.Pattern[str]
    checker: str = ""
    called: re.Pattern[str] | None = None


def _scheme(form: str, checker: str = "", called: str = "") -> _Scheme:
    near = re.compile(called, re.IGNORECASE) if called else None
    return _Scheme(re.compile(f"{NOT_AFTER_WORD}{form}{NOT_BEFORE_WORD}"), checker, near)


_SCHEMES = (
    # The digit alone: cn.ric also asks for the district at the time of birth, and so refuses ids of living people.
    _scheme(r"[1-9]\d{5}[ -]?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[ -]?\d{3}[\dXx]", "iso7064.mod_11_2"),
    _scheme(r"[1-9]\d{16}[\dXx]", "", "身份证|证件号|identity card|resident ID"),
    _scheme(r"[1-9]\d{5}\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}", "", "身份证"),
    _scheme(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", "cn.uscc"),
    _scheme(r"\d{3}-\d{2}-\d{4}", "us.ssn"),
    _scheme(r"\d{3}[- ]?\d{2}[- ]?\d{4}", "", r"SSN|social security"),
    _scheme(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]"),
    _scheme(r"[1-9]\d ?\d{3} ?\d{3} ?\d{3}", "de.idnr", r"IdNr|Steuer|tax|Identifikationsnummer"),
    _scheme(r"[1278] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d", "fr.nir"),
    _scheme(r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", "in_.aadhaar"),
    _scheme(r"[2-9]\d{11}", "in_.aadhaar", r"aadhaar|UIDAI|UID\b"),
    _scheme(r"[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]", "in_.pan"),
    _scheme(r"\d{4}[ -]?\d{4}[ -]?\d{4}", "jp.in_", r"my ?number|individual number|マイナンバー|個人番号|个人番号"),
    _scheme(r"\d{8}[A-HJ-NP-TV-Z]", "es.dni"),
    _scheme(r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]", "it.codicefiscale"),
    _scheme(r"\d{3}\.\d{3}\.\d{3}-\d\d", "br.cpf"),
    _scheme(r"\d{6}-[1-8]\d{6}", "kr.rrn"),
    _scheme(r"\d{9}", "nl.bsn", r"BSN|burgerservicenummer"),
    _scheme(r"\d{3} ?\d{3} ?\d{4}", "gb.nhs", r"NHS"),
    _scheme(r"\d{10}", "gb.utr", r"UTR|taxpayer reference"),
    _scheme(r"[A-Z][12]\d{8}", "", r"身分證|身份证|national ID|ROC ID"),
    _scheme(r"[A-Z]{1,2}\d{6}\([0-9A]\)", "", ""),
    _scheme(r"756\.\d{4}\.\d{4}\.\d\d", "ch.ssn"),
)


_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z](?:[0-9A-Z .()-]{4,60}[0-9A-Zx)])?")


def find(text: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for run in _RUN.finditer(text):
        # All forms are made of capitals and at least four digits: the rest of a text is passed over fast.
        if sum(map(str.isdigit, run.group())) > 3:
            found += _in_run(text, run.start(), run.end())
    return tuple(found)


def _in_run(text: str, start: int, end: int) -> Iterator[Finding]:
    # One character more, so that a form which ends inside a word is seen as such.
    for scheme in _SCHEMES:
        for match in scheme.pattern.finditer(text, start, end + 1):
            if _holds(scheme, match.group(), before(text, match.start())):
                yield finding(KIND, text, *match.span())


def _holds(scheme: _Scheme, shown: str, context: str) -> bool:
    if scheme.called and not scheme.called.search(context):
        return False
    return not scheme.checker or _is_valid(scheme.checker, re.sub(r"[ -]", "", shown.upper()))


@functools.lru_cache(4096)
def _is_valid(checker: str, shown: str) -> bool:
    # Bad dates and unknown regions raise from some checkers' depths: they are no such number.
    try:
        return bool(importlib.import_module(f"stdnum.{checker}").is_valid(shown))
    except Exception:
        return False
