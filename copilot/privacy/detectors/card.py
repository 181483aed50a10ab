"""Payment and bank cards: the number ranges of the networks, UnionPay included, with the Luhn digit."""

from __future__ import annotations

import re

from copilot.privacy.finding import Finding, Naming, before, finding

KIND = "card"
NAMING = Naming("Card", "卡号")
RANK = 2
OPTIONAL = False

_DIGITS = re.compile(r"(?<![0-9A-Za-z.])[0-9](?:[ \u00a0-]?[0-9]){12,18}(?![0-9A-Za-z]|\.[0-9])")
_NETWORKS = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}){0,2}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}"
    r"|6(?:011|5[0-9]{2})[0-9]{12}|35[0-9]{14}|6[2-9][0-9]{14,17}|(?:9558|60|94)[0-9]{14,17}"
)
_CALLED = re.compile(r"card|visa|master|amex|卡号|银行卡|信用卡|储蓄卡|借记卡|Karte|carte", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:order|tracking|invoice|serial|订单号?|单号|流水号?|运单号?|序列号)[\s:：#号为是]{0,4}$", re.IGNORECASE
)


def find(text: str) -> tuple[Finding, ...]:
    return tuple(
        finding(KIND, text, *match.span())
        for match in _DIGITS.finditer(text)
        if _is_card(re.sub(r"[^0-9]", "", match.group()), before(text, match.start()))
    )


def _is_card(digits: str, context: str) -> bool:
    """A card that is called one may lack a known range, or its check digit by a slip of the pen, not both."""
    if len(set(digits)) < 3 or _OTHER.search(context):
        return False
    ranged, checked, called = bool(_NETWORKS.fullmatch(digits)), _luhn(digits), bool(_CALLED.search(context))
    return ranged + checked + called >= 2 and (checked or called)


def _luhn(digits: str) -> bool:
    from stdnum import luhn

    return bool(luhn.is_valid(digits))
