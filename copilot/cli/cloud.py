"""`nearside providers …` and `keys …`: which cloud providers may be offered, and their keys. Nothing is sent here."""

from __future__ import annotations

import sys

import click

from copilot.calls import TryProvider
from copilot.cli.offering import sent_fields
from copilot.cli.screen import json_option, out, performer, print_json, reporting
from copilot.far_errors import ApiKeyMissing, ProviderInvalid
from copilot.keys import masked_api_key, remove_api_key, set_api_key
from copilot.paths import find_paths
from copilot.providers import wire_formats
from copilot.settings.gates import gates
from copilot.settings.policy import resolve
from copilot.settings.providers import (
    Provider,
    check_provider,
    find_provider,
    read_providers,
    write_providers,
)


@click.group()
def providers() -> None:
    """Cloud providers that may be offered for questions this computer can't answer."""


@providers.command("list")
@json_option
def list_providers(as_json: bool) -> None:
    """Every provider with its address and model."""
    known = read_providers(find_paths().providers)
    if as_json:
        print_json({"providers": [_fields(provider) for provider in known]})
        return
    for provider in known:
        out.print(f"[bold]{provider.name}[/bold]  {provider.kind}  {provider.url}  {provider.model}")
    if not known:
        out.print("No cloud provider is set up; everything stays on this computer.")


@providers.command("add")
@click.argument("name")
@click.option("--kind", type=click.Choice(sorted(wire_formats())), required=True, help="The wire format it speaks.")
@click.option("--url", required=True, help="Its base address, such as https://api.openai.com/v1")
@click.option("--model", required=True, help="The model to ask.")
@json_option
def add_provider(name: str, kind: str, url: str, model: str, as_json: bool) -> None:
    """Set up a provider, or change the one with this name. Set its key with: nearside keys set NAME"""
    paths = find_paths()
    provider = Provider(name, kind, url.rstrip("/"), model)
    check_provider(provider, gates(resolve(paths.settings).settings))
    before = read_providers(paths.providers)
    if any(known.name == name and known.host != provider.host for known in before):
        # The key was given for another host: it must not go to a new one by itself.
        remove_api_key(name)
    write_providers(paths.providers, (*(known for known in before if known.name != name), provider))
    if as_json:
        print_json(_fields(provider))
    else:
        out.print(f"{name} is set up. Nothing goes there unless you see it and say yes.", markup=False)


@providers.command("remove")
@click.argument("name")
def remove_provider(name: str) -> None:
    """Forget a provider and its key."""
    paths = find_paths()
    find_provider(paths.providers, name)
    remove_api_key(name)
    others = tuple(known for known in read_providers(paths.providers) if known.name != name)
    write_providers(paths.providers, others)
    out.print(f"{name} is gone, and so is its key.", markup=False)


@providers.command("test")
@click.argument("name")
@json_option
def try_provider(name: str, as_json: bool) -> None:
    """Send a fixed line with nothing of yours in it, to see whether address, key and model work."""
    _try(name, as_json)


def _try(name: str, as_json: bool) -> None:
    with performer(sends=True) as copilot, reporting(as_json=as_json) as reporter:
        answer = copilot.perform(TryProvider(name), reporter)
    if as_json:
        print_json(sent_fields(answer))
    else:
        out.print(f"{name} answers: {answer.text}", markup=False)


@click.group()
def keys() -> None:
    """API keys: kept in the system's keyring, shown by their last four characters."""


@keys.command("set")
@click.argument("provider")
def set_key(provider: str) -> None:
    """Type or pipe in the key for PROVIDER; it is not echoed and goes to the keyring only."""
    find_provider(find_paths().providers, provider)
    key = click.prompt("Key", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip() or any(character.isspace() or not character.isprintable() for character in key.strip()):
        raise ProviderInvalid(provider, "a key is one word without spaces")
    set_api_key(provider, key.strip())
    out.print(f"The key for {provider} is kept: {masked_api_key(provider)}", markup=False)


@keys.command("list")
@json_option
def list_keys(as_json: bool) -> None:
    """Which providers have a key."""
    known = [(provider.name, masked_api_key(provider.name)) for provider in read_providers(find_paths().providers)]
    if as_json:
        print_json({"keys": [{"provider": name, "key": shown} for name, shown in known]})
        return
    for name, shown in known:
        out.print(f"{name}  {shown or 'no key'}", markup=False)


@keys.command("test")
@click.argument("provider")
@json_option
def test_key(provider: str, as_json: bool) -> None:
    """Send a fixed line with nothing of yours in it, to see whether the key for PROVIDER works."""
    _try(provider, as_json)


@keys.command("remove")
@click.argument("provider")
def remove_key(provider: str) -> None:
    """Forget the key for PROVIDER."""
    if not remove_api_key(provider):
        raise ApiKeyMissing(provider)
    out.print(f"The key for {provider} is gone.", markup=False)


def _fields(provider: Provider) -> dict[str, str]:
    return {
        "name": provider.name,
        "kind": provider.kind,
        "url": provider.url,
        "host": provider.host,
        "model": provider.model,
    }
