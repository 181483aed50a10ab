"""Phone numbers: international ones, national ones in the form of their country, and what is called a phone number.

Whether a number can exist is phonenumbers' to say; its tables load at the first candidate, a country at a time.
"""

from __future__ import annotations

import functools
import re

from copilot.privacy.finding import Finding, Naming, before, finding

KIND = "phone"
NAMING = Naming("Phone", "电话")
RANK = 10
OPTIONAL = False

REGIONS = ("CN", "US", "GB", "DE", "FR", "IN", "JP")
"""Where a number without a country code may be from, when it is called a phone number."""

_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z._%@/=#-])(?P<it>(?:\+|00 ?|\(\+?)?[0-9](?:[ \u00a0().·/-]{0,2}[0-9]){5,16}"
    r"(?: ?(?:ext\.?|x|extension|转|分机)[ .:：]?[0-9]{1,5})?)(?![0-9A-Za-z_@]|[.,-][0-9])",
    re.IGNORECASE,
)
_FORMS = (
    ("CN", re.compile(r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}")),
    ("CN", re.compile(r"\(?0[1-9][0-9]{1,2}\)?[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}")),
    ("CN", re.compile(r"[48]00[- ][0-9]{3}[- ][0-9]{4}|[48]00[- ][0-9]{4}[- ][0-9]{3}|400[0-9]{7}")),
    ("US", re.compile(r"(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}")),
    ("GB", re.compile(r"\(?0[1-9][0-9]{1,4}\)?[ -][0-9]{3,6}(?:[ -][0-9]{3,6})?")),
    ("DE", re.compile(r"\(?0[1-9][0-9]{1,4}\)?(?: ?[/-] ?| )[0-9]{3,9}(?:[ -][0-9]{1,6}){0,4}")),
    ("FR", re.compile(r"0[1-9](?:[ .][0-9]{2}){4}")),
    ("IN", re.compile(r"0?[6-9][0-9]{4}[ -][0-9]{5}")),
    ("JP", re.compile(r"0[1-9][0-9]{0,3}-[0-9]{1,4}-[0-9]{4}")),
)
_CALLED = re.compile(
    r"(?:phone|tel|mobile|cell|call|fax|dial|ring|text|whatsapp|wechat|sms|hotline|contact|reach|Telefon"
    r"|Handy|Mobil|Tél"
    r"|电话|手机|座机|传真|致电|热线|拨打|联系方式|联系|微信|号码|来电)[^0-9\n]{0,20}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:order|invoice|tracking|ticket|case|serial|part|article|item|SKU|ISBN|version|ref(?:erence)?|batch"
    r"|PO|ID|build|RFC"
    r"|issue|bug|订单|单号|编号|流水|序列号|批次|货号|合同号|运单|邮编|版本|学号|工号|QQ|账号|帐号)"
    r"(?: ?(?:no\.?|number|nr\.?|号|号码))?(?: is)?[\s:：#为是-]{0,4}$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}[-./ ]?[0-9]{1,2}[-./ ]?[0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}"
)


def find(text: str) -> tuple[Finding, ...]:
    return tuple(
        finding(KIND, text, match.start("it"), match.start("it") + len(shown))
        for match in _CANDIDATE.finditer(text)
        if _is_phone(shown := _balanced(match["it"]), before(text, match.start("it"), 30))
    )


def _balanced(shown: str) -> str:
    """Without the bracket that opens before the number and closes after it, and without one too many."""
    return shown if shown.count("(") == shown.count(")") else shown.rstrip(")")


def _is_phone(shown: str, context: str) -> bool:
    if (
        _OTHER.search(context)
        or _DATE.fullmatch(shown)
        or re.fullmatch(r"[0-9]+\.[0-9]+|[0-9]{1,3}(?:\.[0-9]{1,3}){3}", shown)
    ):
        return False
    number = re.split(r"(?i) ?(?:ext|x|转|分机)", shown)[0]
    digits = re.sub(r"[^0-9]", "", number)
    called = bool(_CALLED.search(context))
    international = number.lstrip("(").startswith(("+", "00"))
    if international and _is_valid(re.sub(r"^\(?(?:\+|00 ?)", "+", number).replace("(0)", ""), None):
        return True
    if any(form.fullmatch(number) and _is_valid(number, region) for region, form in _FORMS):
        return True
    # What is called a phone number is one to whoever reads it, even with a digit too many.
    return (
        called
        and 7 <= len(digits) <= 15
        and (international or any(_is_valid(number, r) for r in REGIONS) or "-" in number)
    )


@functools.lru_cache(4096)
def _is_valid(number: str, region: str | None) -> bool:
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, region))
    except phonenumbers.NumberParseException:
        return False
