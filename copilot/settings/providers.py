"""The cloud providers that a person or IT set up: a name, a wire format, an address, a model. Keys are not here.

Kept in `providers.toml` beside the settings. Addresses are checked when they are added and again before sending.

Decision: an address is plain ASCII without spaces, backslashes, user names or fragments, and its host has letters,
digits, dots and dashes only. Two programs that read a stranger address can differ about where it leads, and then the
host that was checked and shown would not be the one that is called. Names in other scripts go in their `xn--` form.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import tomli_w

from copilot.far_errors import ProviderInvalid, ProviderUnknown
from copilot.paths import write_whole
from copilot.providers import wire_formats

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?(?:[/?][!-~]*)?")
KEY_IN_QUERY = re.compile(r"(?:^|&)[^=]*(?:key|token|secret|password)=", re.IGNORECASE)
LONGEST_ADDRESS = 2000
LONGEST_MODEL = 200


@dataclass(frozen=True, slots=True)
class Provider:
    """One far side. `url` is the base address that the wire format builds on."""

    name: str
    kind: str
    url: str
    model: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Gates:
    """What policy says about addresses. Empty `providers` and `hosts` allow all; `plain_http` adds to loopback."""

    cloud: bool = True
    providers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    plain_http: tuple[str, ...] = ()


def read_providers(path: Path) -> tuple[Provider, ...]:
    """Raises ProviderInvalid when the file can't be read or meant."""
    if not path.exists():
        return ()
    try:
        kept = tomllib.loads(path.read_text("utf-8"))["provider"]
        known = tuple(Provider(**entry) for entry in kept)
        if not all(isinstance(fact, str) for provider in known for fact in astuple(provider)):
            raise TypeError
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
        raise ProviderInvalid(path.name, "its text is not what Nearside wrote") from None
    return known


def write_providers(path: Path, providers: tuple[Provider, ...]) -> None:
    write_whole(path, tomli_w.dumps({"provider": [asdict(provider) for provider in providers]}))


def find_provider(path: Path, name: str) -> Provider:
    """The provider called `name`; with an empty name the only or first one. Raises ProviderUnknown."""
    providers = read_providers(path)
    for provider in providers:
        if not name or provider.name == name:
            return provider
    raise ProviderUnknown(name, tuple(provider.name for provider in providers))


def check_provider(provider: Provider, gates: Gates) -> None:
    """Raises ProviderInvalid with what is wrong: name, kind, address, or what policy forbids."""
    if not NAME.fullmatch(provider.name):
        raise ProviderInvalid(provider.name, "a name has small letters, digits, dots and dashes, at most 40")
    if provider.kind not in wire_formats():
        raise ProviderInvalid(provider.name, f"its kind is one of {', '.join(sorted(wire_formats()))}")
    if not provider.model or len(provider.model) > LONGEST_MODEL or not provider.model.isprintable():
        raise ProviderInvalid(provider.name, "it needs the name of a model, in plain characters")
    check_address(provider, gates)


def check_address(provider: Provider, gates: Gates) -> None:
    """May anything be sent there? Raises ProviderInvalid."""
    parts = _split(provider)
    if not gates.cloud:
        raise ProviderInvalid(provider.name, "your IT department has switched the cloud off")
    if "@" in parts.netloc:
        raise ProviderInvalid(provider.name, "its address must not hold a name or password")
    if KEY_IN_QUERY.search(parts.query):
        raise ProviderInvalid(provider.name, "its address must not hold a key; keys go to: nearside keys set")
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ProviderInvalid(provider.name, "its address must begin with https://")
    if not _plain(provider.url):
        raise ProviderInvalid(provider.name, "its address holds what an address must not")
    if parts.scheme == "http" and not (is_loopback(parts.hostname) or _named(parts.hostname, gates.plain_http)):
        raise ProviderInvalid(provider.name, "plain http is for this computer and for hosts that policy names")
    if gates.providers and provider.name not in gates.providers:
        raise ProviderInvalid(provider.name, "your IT department allows other providers only")
    if gates.hosts and not _named(parts.hostname, gates.hosts):
        raise ProviderInvalid(provider.name, "your IT department allows other hosts only")


def is_loopback(host: str) -> bool:
    """True for addresses of this computer. A name counts only if it is `localhost`: others may resolve to anywhere."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(provider: Provider) -> SplitResult:
    try:
        parts = urlsplit(provider.url)
        _ = parts.port
    except ValueError:
        raise ProviderInvalid(provider.name, "its address can't be read") from None
    return parts


def _plain(url: str) -> bool:
    return len(url) <= LONGEST_ADDRESS and bool(ADDRESS.fullmatch(url)) and not set(url) & set("#\\@")


def _named(host: str, allowed: tuple[str, ...]) -> bool:
    """`example.com` is itself; `*.example.com` is what lies below it."""
    names = (name.lower() for name in allowed)
    return any(host.endswith(name[1:]) if name.startswith("*.") else host == name for name in names)
