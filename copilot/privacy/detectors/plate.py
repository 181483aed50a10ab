"""Number plates: Chinese by their own characters; British and German, which look like codes, where a car is near."""

from __future__ import annotations

import re

from copilot.privacy.finding import NOT_AFTER_WORD, NOT_BEFORE_WORD, Finding, Naming, before, finding, findings_of

KIND = "plate"
NAMING = Naming("Plate", "车牌")
RANK = 6
OPTIONAL = False

_CHINESE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•\s-]?"
    rf"(?=[A-Z0-9]*[0-9])[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳]{NOT_BEFORE_WORD}"
)
_FOREIGN = re.compile(
    rf"{NOT_AFTER_WORD}(?!RFC|ISO|DIN|PEP|CVE|USB)"
    rf"(?:[A-Z]{{2}}[0-9]{{2}} ?[A-Z]{{3}}|[A-ZÄÖÜ]{{1,3}}[- ][A-Z]{{1,2}}[- ]?[0-9]{{1,4}}[EH]?"
    rf"|[A-Z]{{2}}-[0-9]{{3}}-[A-Z]{{2}}|[0-9][A-Z]{{3}}[0-9]{{3}}|[A-Z]{{3}}[- ]?[0-9]{{4}}){NOT_BEFORE_WORD}"
)
_CAR = re.compile(
    r"plate|registration|licen[cs]e|\bcar\b|vehicle|\bvan\b|truck|parked|Kennzeichen|Fahrzeug|\bPKW\b"
    r"|immatricul|车牌|车辆"
    r"|车号|BMW|Audi|Ford|Toyota|Volkswagen|\bVW\b|Tesla|Mercedes",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Finding, ...]:
    foreign = (
        finding(KIND, text, *match.span())
        for match in _FOREIGN.finditer(text)
        if _CAR.search(before(text, match.start(), 45))
    )
    return (*findings_of(KIND, text, (_CHINESE,)), *foreign)
