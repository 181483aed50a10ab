"""Which addresses may be sent to, how providers are kept, and addresses that try to look like others."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.far_errors import ProviderInvalid, ProviderUnknown
from copilot.settings.gates import gates
from copilot.settings.providers import (
    Gates,
    Provider,
    check_address,
    check_provider,
    find_provider,
    is_loopback,
    read_providers,
    write_providers,
)
from copilot.settings.schema import Settings

ACME = Provider("acme", "openai", "https://api.example.com/v1", "large")


def at(url: str) -> Provider:
    return Provider("acme", "openai", url, "large")


def test_providers_come_back_as_they_were_kept(tmp_path: Path) -> None:
    file = tmp_path / "config" / "providers.toml"
    assert read_providers(file) == ()
    known = (ACME, Provider("near", "anthropic", "http://127.0.0.1:8000", '模型 "x"\n[[provider]]'))
    write_providers(file, known)
    assert read_providers(file) == known
    assert find_provider(file, "near") == known[1]
    assert find_provider(file, "") == ACME
    with pytest.raises(ProviderUnknown) as unknown:
        find_provider(file, "far")
    assert unknown.value.known == ("acme", "near")


@pytest.mark.parametrize(
    "text",
    [
        "provider = 3",
        "[[provider]]\nname = 'x'",
        "not toml",
        "[provider]\nname='x'",
        "[[provider]]\nname = 'x'\nkind = 'openai'\nurl = 5\nmodel = 'm'",
        "[[provider]]\nname = 'x'\nkind = 'openai'\nurl = 'u'\nmodel = 'm'\ninside = true",
    ],
)
def test_a_file_that_means_nothing_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "providers.toml").write_text(text)
    with pytest.raises(ProviderInvalid):
        read_providers(tmp_path / "providers.toml")


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/v1",
        "https://api.example.com",
        "https://RES.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21",
        "https://xn--bcher-kva.example:8443/v1",
        "http://127.0.0.1:8000/v1",
        "http://localhost/v1",
        "http://[::1]:8000/v1",
        "https://10.0.0.7/v1",
    ],
)
def test_plain_addresses_are_fine(url: str) -> None:
    check_provider(at(url), Gates())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.com/v1",
        "ftp://api.example.com",
        "file:///etc/passwd",
        "https://",
        "http://api.example.com/v1",
        "http://127.0.0.1.evil.com/v1",
        "http://localhost.evil.com/v1",
        "http://127.1/v1",
        "http://0x7f000001/v1",
        "https://user:password@api.example.com/v1",
        "https://@api.example.com/v1",
        "https://api.example.com\\@evil.com/v1",
        "https://evil.com\\.api.example.com/v1",
        "https://api.example.com#@evil.com/v1",
        "https://api.exa\nmple.com/v1",
        "https://api.example.com/v1\r\nX-Injected: yes",
        "https://api.example.com/v 1",
        "https://api.еxample.com/v1",  # the second letter is Cyrillic
        "https://api.example.com:99999/v1",
        "https://api.example.com:x/v1",
        "https://[::1/v1",
        "https://[::1%25eth0]/v1",
        "https://api.example.com/v1?key=AIza0123",
        "https://api.example.com/v1?api-version=1&access_token=x",
        "https://api.example.com/" + "a" * 2000,
    ],
)
def test_strange_addresses_are_refused(url: str) -> None:
    with pytest.raises(ProviderInvalid):
        check_provider(at(url), Gates())


@pytest.mark.parametrize(
    "provider",
    [
        Provider("Acme", "openai", ACME.url, "large"),
        Provider("../acme", "openai", ACME.url, "large"),
        Provider("a" * 41, "openai", ACME.url, "large"),
        Provider("acme", "smtp", ACME.url, "large"),
        Provider("acme", "openai", ACME.url, ""),
        Provider("acme", "openai", ACME.url, "large\x1b[2J"),
        Provider("acme", "openai", ACME.url, "m" * 201),
    ],
)
def test_names_kinds_and_models_are_checked(provider: Provider) -> None:
    with pytest.raises(ProviderInvalid):
        check_provider(provider, Gates())


@pytest.mark.parametrize(
    ("allowed", "url", "fine"),
    [
        (("api.example.com",), ACME.url, True),
        (("API.Example.com",), ACME.url, True),
        (("*.example.com",), ACME.url, True),
        (("*.example.com",), "https://example.com/v1", False),
        (("*.example.com",), "https://evilexample.com/v1", False),
        (("example.com",), ACME.url, False),
        (("api.example.com",), "https://api.example.com./v1", False),
        (("other.com", "api.example.com"), ACME.url, True),
    ],
)
def test_policy_names_hosts(allowed: tuple[str, ...], url: str, fine: bool) -> None:
    if fine:
        check_address(at(url), Gates(hosts=allowed))
    else:
        with pytest.raises(ProviderInvalid):
            check_address(at(url), Gates(hosts=allowed))


def test_policy_names_providers_and_plain_hosts_and_closes_all() -> None:
    check_address(ACME, Gates(providers=("acme",)))
    check_address(at("http://ovms.corp.example/v3"), Gates(plain_http=("ovms.corp.example",)))
    for provider, closed in (
        (ACME, Gates(cloud=False)),
        (at("http://127.0.0.1/v1"), Gates(cloud=False)),
        (ACME, Gates(providers=("other",))),
        (at("http://api.corp.example/v3"), Gates(plain_http=("ovms.corp.example",))),
    ):
        with pytest.raises(ProviderInvalid):
            check_address(provider, closed)


def test_settings_become_gates() -> None:
    settings = Settings(cloud_allowed=False, providers_allowed=("a",), hosts_allowed=("b",), plain_http_hosts=("c",))
    assert gates(settings) == Gates(False, ("a",), ("b",), ("c",))
    assert gates(Settings()) == Gates()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("localhost.", False),
        ("example.com", False),
    ],
)
def test_what_is_this_computer(host: str, here: bool) -> None:
    assert is_loopback(host) is here
