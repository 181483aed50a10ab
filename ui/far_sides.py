"""Cloud providers that the person set up: adding, changing and forgetting them, with their keys. For a thread of its
own, because keyrings may be slow; nothing is sent here.
"""

from __future__ import annotations

from copilot.keys import masked_api_key, remove_api_key
from copilot.paths import Paths
from copilot.settings.gates import gates
from copilot.settings.policy import resolve
from copilot.settings.providers import Provider, check_provider, find_provider, read_providers, write_providers


def keep(paths: Paths, provider: Provider) -> None:
    """Add a provider or change the one of this name. Raises ProviderInvalid.

    A key was given for one host: with another host it is forgotten.
    """
    check_provider(provider, gates(resolve(paths.settings).settings))
    before = read_providers(paths.providers)
    if any(known.name == provider.name and known.host != provider.host for known in before):
        remove_api_key(provider.name)
    others = tuple(known for known in before if known.name != provider.name)
    write_providers(paths.providers, (*others, provider))


def forget(paths: Paths, name: str) -> None:
    """A provider and its key. Raises ProviderUnknown, and ApiKeyRefused when its key can't be taken away."""
    find_provider(paths.providers, name)
    remove_api_key(name)
    others = tuple(known for known in read_providers(paths.providers) if known.name != name)
    write_providers(paths.providers, others)


def masked_keys(names: tuple[str, ...]) -> dict[str, str]:
    """The last characters of each key; empty for a provider without one. Raises ApiKeyRefused."""
    return {name: masked_api_key(name) or "" for name in names}
