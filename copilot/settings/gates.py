"""From the settings in force to what they say about addresses: one place, so that offer and gateway judge alike."""

from __future__ import annotations

from copilot.settings.providers import Gates
from copilot.settings.schema import Settings


def gates(settings: Settings) -> Gates:
    return Gates(settings.cloud_allowed, settings.providers_allowed, settings.hosts_allowed, settings.plain_http_hosts)
