"""E-mail addresses, also where Chinese text stands directly before and after. No check whether the domain exists."""

from __future__ import annotations

import re

from copilot.privacy.finding import Finding, Naming, findings_of

KIND = "email"
NAMING = Naming("Email", "邮箱")
RANK = 20
OPTIONAL = False

_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-zÀ-ÿ][0-9A-Za-zÀ-ÿ._%+'-]{0,63}@(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+[A-Za-z]{2,24}"
    r"(?![0-9A-Za-z-])"
)
_WRITTEN_OUT = re.compile(
    r"(?<![0-9A-Za-z._%+-])[0-9A-Za-z][0-9A-Za-z._%+-]{0,63} ?[\[(] ?at ?[\])] ?[0-9A-Za-z-]+"
    r"(?: ?(?:\.|[\[(] ?dot ?[\])]) ?[A-Za-z0-9-]+)+",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Finding, ...]:
    patterns = ([_ADDRESS] if "@" in text else []) + ([_WRITTEN_OUT] if "at" in text.lower() else [])
    return findings_of(KIND, text, patterns)
