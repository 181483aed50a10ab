"""Whatever holds a digit: numbers, codes, times. Only for sketches, in which no value of a file leaves."""

from __future__ import annotations

import re

from copilot.privacy.finding import Finding, Naming, findings_of

KIND = "value"
NAMING = Naming("Value", "数值")
RANK = 99
OPTIONAL = True

_VALUE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,4}[-#№]?\d[\d.,:/%‰°\-]*[A-Za-z0-9%‰°]*")


def find(text: str) -> tuple[Finding, ...]:
    return findings_of(KIND, text, (_VALUE,))
