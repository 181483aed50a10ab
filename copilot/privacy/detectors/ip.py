"""IP addresses, v4 and v6, that say something about a network. Not this computer's own, not masks, not versions."""

from __future__ import annotations

import ipaddress
import re

from copilot.privacy.finding import Finding, Naming, before, finding

KIND = "ip"
NAMING = Naming("IP", "网址")
RANK = 22
OPTIONAL = False

_V4 = re.compile(r"(?<![0-9A-Za-z.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?(?![0-9A-Za-z]|\.[0-9])")
_V6 = re.compile(
    r"(?<![0-9A-Za-z:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:%[a-z0-9]+)?(?:/[0-9]{1,3})?(?![0-9A-Za-z:])", re.I
)
_VERSION = re.compile(
    r"(?:\bv|versions?|\bver\.?|release|build|firmware|driver|upgrade(?:d)? to|版本号?|固件|驱动|section|§"
    r"|chapter|clause"
    r"|第|章节|条款?)[\s:：号为是至到]{0,3}$",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"\bip\b|ip地址|address|host|server|gateway|router|dns|ping|ssh|subnet|network|proxy|地址|服务器|主机"
    r"|网关|路由|网络|登录|访问",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Finding, ...]:
    patterns = ([_V4] if text.count(".") > 2 else []) + ([_V6] if text.count(":") > 1 else [])
    return tuple(
        finding(KIND, text, *match.span())
        for pattern in patterns
        for match in pattern.finditer(text)
        if _tells(match.group(), before(text, match.start()))
    )


def _tells(shown: str, context: str) -> bool:
    bare = shown.partition("/")[0].partition("%")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return False
    if address.is_loopback or address.is_unspecified or bare.startswith(("255.", "0.")) or _VERSION.search(context):
        return False
    if address.version == 6:
        # "dead::beef" is code as often as an address.
        return bare.count(":") > 2 or any(c.isdigit() for c in bare)
    small = all(int(part) <= 20 for part in bare.split("."))
    return not small or bare.startswith("10.") or bool(_NETWORK.search(context))
