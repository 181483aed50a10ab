"""Addresses of pages and services that let whoever has them in: a name and password, or a token in the query."""

from __future__ import annotations

import re

from copilot.privacy.finding import CJK, MASK, Finding, Naming, findings_of

KIND = "url"
NAMING = Naming("Link", "链接")
RANK = 21
OPTIONAL = False

_REST = rf"[^\s<>\"'`{CJK}{MASK}，。；、！？）】》]"
_END = r"(?<![.,;:!?)\]}])"
_SECRETS = (
    r"(?:access_?token|auth_?token|id_?token|refresh_?token|token|api_?key|apikey|key|sig|signature|secret"
    r"|client_secret"
    r"|password|passwd|pwd|pass|auth|authkey|session|session_?id|sid|sas|code|otp|invite|x-amz-(?:signature|credential"
    r"|security-token)|x-goog-signature|awsaccesskeyid|ticket|jwt|credential|pw)"
)
_WITH_PASSWORD = re.compile(
    rf"(?<![0-9A-Za-z])[a-z][a-z0-9+.-]{{1,20}}://[^\s/@:{MASK}]*:[^\s/@{MASK}]+@{_REST}+{_END}", re.I
)
_WITH_TOKEN = re.compile(
    rf"(?<![0-9A-Za-z])(?:[a-z][a-z0-9+.-]{{1,20}}://"
    rf"|www\.){_REST}{{1,400}}?[?&#;]{_SECRETS}=[^\s&]{{4}}{_REST}*{_END}",
    re.I,
)


def find(text: str) -> tuple[Finding, ...]:
    if "://" not in text and "www." not in text:
        return ()
    return findings_of(KIND, text, (_WITH_PASSWORD, _WITH_TOKEN))
