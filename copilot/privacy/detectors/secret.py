"""API keys, tokens, private keys and passwords: by the issuers' prefixes, by what they are called, by their look."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from copilot.privacy.finding import CJK, MASK, NOT_AFTER_WORD, Finding, Naming, before, finding, findings_of
from copilot.privacy.lexicon import words

KIND = "secret"
NAMING = Naming("Secret", "密钥")
RANK = 4
OPTIONAL = False

_ISSUED = re.compile(
    NOT_AFTER_WORD + r"(?:sk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{16,}|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{12,}"
    r"|gh[pousr]_[A-Za-z0-9]{20,}"
    r"|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|(?:AKIA|ASIA|AGPA|AIDA)[0-9A-Z]{16}|AIza[0-9A-Za-z_-]{30,}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,}|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[A-Za-z0-9_-]{30,}"
    r"|dop_v1_[a-f0-9]{40,}"
    r"|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|LTAI[A-Za-z0-9]{12,24}|AKID[A-Za-z0-9]{20,}|ya29\.[A-Za-z0-9_-]{20,}"
    r"|EAACEdEose0cBA[A-Za-z0-9]+|eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|nvapi-[A-Za-z0-9_-]{20,}"
    r"|gsk_[A-Za-z0-9]{20,}|AGE-SECRET-KEY-1[0-9A-Z]{50,})"
)
_BLOCK = re.compile(
    r"-----BEGIN [A-Z0-9 ]*(?:PRIVATE KEY|CERTIFICATE)[A-Z ]*-----.*?(?:-----END [A-Z0-9 ]*-----|\Z)", re.DOTALL
)
_NAMES = (
    r"(?<![A-Za-z])(?:pass ?word|passwd|passphrase|pwd|passcode|Passwort|Kennwort|mot de passe|contraseña|pin code"
    r"|\bPIN\b|api[ _-]?key|apikey"
    r"|access[ _-]?key(?:[ _-]?id)?|secret(?:[ _-]?(?:access[ _-]?)?key)?|client[ _-]?secret"
    r"|auth[ _-]?token|access[ _-]?token"
    r"|refresh[ _-]?token|token|private[ _-]?key|credentials?|recovery code|license key)"
)
_CHINESE_NAMES = "(?:密码|口令|密钥|秘钥|令牌|验证码|激活码|授权码|提取码)"
_VALUE = rf"[^\s{CJK}{MASK}，。；、！？“”\"'`<>]"
_CALLED = re.compile(
    rf"(?:{_NAMES}|{_CHINESE_NAMES})(?:\"|')?(?: (?:is now|is set to|is|was|set to|of)[: ]\s?|(?:已改)?(?:是|为"
    rf"|改为|改成|设为)[:：]?\s?|\s?[:=：]\s?)"
    rf"[\"'“`]?(?P<it>{_VALUE}{{3,200}})",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"(?:{_NAMES}"
    rf"|{_CHINESE_NAMES}) ?(?P<it>(?={_VALUE}{{0,20}}[0-9])(?={_VALUE}{{0,20}}[A-Za-z]){_VALUE}{{6,64}})",
    re.IGNORECASE,
)
_BEARER = re.compile(r"(?:Bearer|Basic)\s+(?P<it>[A-Za-z0-9+/_.~-]{16,}=*)")
_TOKEN = re.compile(NOT_AFTER_WORD + r"[A-Za-z0-9][A-Za-z0-9+/_-]{19,}={0,2}")
_NEAR = re.compile(
    r"key|token|secret|credential|auth|webhook|signature|password|密钥|秘钥|令牌|凭证|口令|密码|授权", re.IGNORECASE
)
_WORDS = re.compile(r"[a-z]+", re.IGNORECASE)
_PLAIN = words(
    """
    the a an to and or not is was are be been being reset required changed expired protected policy manager
    field wrong incorrect correct none null true false safe weak strong here below above empty same usual
    default your my our his her their this that for in on at by from with stored shared rotated revoked still
    now never always only must should will can may valid invalid missing known unknown string str optional
    important necessary enabled disabled what how when too very sent kept updated lost forgotten needed
    case-sensitive
    """
)


_HINT = re.compile(
    "pass|pwd|pin|key|secret|token|credential|recovery|kennwort|mot de|contrase|密码|口令|密钥|秘钥|令牌|验证码|激活码"
    "|授权码|提取码",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Finding, ...]:
    found = [
        one
        for one in findings_of(KIND, text, (_ISSUED, _BLOCK, _BEARER))
        if not (one.span.start and text[one.span.start - 1].isascii() and text[one.span.start - 1].isalnum())
    ]
    at = 0
    for hint in _HINT.finditer(text):
        if hint.start() >= at:
            # The name may begin before its hint, as in "client secret"; its value ends on the same line or the next.
            start, at = max(0, hint.start() - 24), hint.end() + 260
            found += _named(text, start, at)
    found += (
        finding(KIND, text, *match.span())
        for match in _TOKEN.finditer(text)
        if _looks_random(match.group()) and _NEAR.search(before(text, match.start(), 50))
    )
    return tuple(found)


def _named(text: str, start: int, end: int) -> Iterator[Finding]:
    for pattern in (_CALLED, _BESIDE):
        for match in pattern.finditer(text, start, end + 220):
            value = match["it"].rstrip(".,;:)]}!?")
            if match.start() < end and _is_value(value, match.group()):
                yield finding(KIND, text, match.start("it"), match.start("it") + len(value))


def _is_value(value: str, whole: str) -> bool:
    """Whether what follows "password is" is one: not "required". After a colon a lonely word may well be."""
    if len(value) < 3 or value.lower() in _PLAIN or set(value) <= set("*•xX.-_") or value[0] in "([{%$":
        return False
    odd = any(c.isdigit() for c in value) or not value.isalpha()
    assigned = re.search(r"[:=：]", whole) is not None or re.search(r"[是为成]", whole) is not None
    return odd or (assigned and (len(value) >= 6 or not value.islower()))


def _looks_random(token: str) -> bool:
    """Letters and digits in a disorder that words do not have: at least 3.4 bits a character, and few long words."""
    if not (any(c.isdigit() for c in token) and any(c.isalpha() for c in token)):
        return False
    if max(map(len, _WORDS.findall(token))) > 12 and not re.search(r"[a-z][A-Z]|[A-Z][a-z][A-Z]", token):
        return False
    counts = Counter(token).values()
    return -sum(n / len(token) * math.log2(n / len(token)) for n in counts) >= 3.4
