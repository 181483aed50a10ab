"""Bank accounts: IBANs by their checksum and country's form, and account numbers that are called so."""

from __future__ import annotations

import functools
import re

from copilot.privacy.finding import Finding, Naming, finding, findings_of

KIND = "iban"
NAMING = Naming("Account", "账户")
RANK = 1
OPTIONAL = False

_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?:[ \u00a0-]?[0-9A-Z]{1,4}){3,8}(?![0-9A-Za-z])")
_CALLED = re.compile(
    r"(?:account (?:no\.?|number|#)|acct\.? ?(?:no\.?|#)?|Kontonummer|Konto-Nr\.?|(?:银行)?账号"
    r"|(?:银行)?帐号|对公账户|开户账号)"
    r"(?: is|为|是)?\s?[:：#]?\s?(?P<it>[0-9][0-9 -]{6,24}[0-9])(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Finding, ...]:
    found = []
    for match in _IBAN.finditer(text):
        shown = match.group()
        # What follows, such as "BIC", may have been taken along: shorten by words until the checksum holds.
        while len(shown) > 14 and not _is_valid(shown):
            shown = shown.rpartition(" ")[0] if " " in shown else ""
        if len(shown) > 14:
            found.append(finding(KIND, text, match.start(), match.start() + len(shown)))
    return (*found, *findings_of(KIND, text, (_CALLED,)))


@functools.lru_cache(1024)
def _is_valid(shown: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(shown.replace("\u00a0", ""), check_country=False))
