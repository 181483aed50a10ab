"""Passport numbers, which have no checksum of their own: where they are called so, and machine-readable lines."""

from __future__ import annotations

import re

from copilot.privacy.finding import Finding, Naming, findings_of

KIND = "passport"
NAMING = Naming("Passport", "护照")
RANK = 5
OPTIONAL = False

_CALLED = r"(?:passports?|Reisepass(?:nummer|-Nr\.?)?|passeport|护照|港澳通行证|通行证|旅行证件)"
_LINK = (
    r"(?:[\s:：#,，()（）]|no\.?|numbers?|nr\.?|n°|is|was|has|the|号码|号|为|是|编号|[A-Z]{2,3}\)|holder"
    r"|with|reads|still|shows)"
)
_AFTER_WORD = re.compile(
    rf"{_CALLED}{_LINK}{{0,6}}(?P<it>(?=[A-Z0-9]{{0,3}}[0-9])(?:[A-Z]{{1,2}}[0-9]{{7,8}}|[A-Z]{{3}}[0-9]{{6}}|[0-9]{{8,9}}"
    rf"|[CFGHJKLMNPRTVWXYZ][0-9CFGHJKLMNPRTVWXYZ]{{8}}))"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_BEFORE_WORD = re.compile(
    r"(?<![0-9A-Za-z])(?P<it>[A-Z]{1,2}[0-9]{7,8}|[0-9]{9})(?= ?(?:\(passport|（护照|is (?:my|his|her) passport))"
)
_LINES = re.compile(r"(?<![0-9A-Za-z])P[<A-Z][A-Z]{3}[A-Z<]{30,39}(?:\s+[0-9A-Z<]{30,44})?")


def find(text: str) -> tuple[Finding, ...]:
    return findings_of(KIND, text, (_AFTER_WORD, _BEFORE_WORD, _LINES))
