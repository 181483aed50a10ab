"""What an answer from far away will cost, about, and did cost: the price list (prices.toml) applied to tokens.

Budgets are the ledger's and the settings' matter.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

MILLION = 1_000_000

BYTES_PER_TOKEN = 3.0
"""For estimates before sending. English has about 4 bytes a token, Chinese about 3 (1 to 1.5 characters of 3 bytes)."""


@dataclass(frozen=True, slots=True)
class Price:
    """For a million tokens. `date` is the day of the list, ISO."""

    host: str
    model: str
    currency: str
    prompt: float
    answer: float
    date: str


@functools.cache
def price_list() -> tuple[Price, ...]:
    kept = tomllib.loads(Path(__file__).with_name("prices.toml").read_text("utf-8"))
    return tuple(Price(**entry, date=kept["date"].isoformat()) for entry in kept["price"])


def price_of(host: str, model: str) -> Price | None:
    """The longest entry that fits, None when the list knows nothing of this model there."""
    fitting = [p for p in price_list() if p.host == host and _fits(p.model, model)]
    return max(fitting, key=lambda p: len(p.model), default=None)


def cost(price: Price, prompt_tokens: int, answer_tokens: int) -> float:
    """In the price's currency."""
    return (price.prompt * prompt_tokens + price.answer * answer_tokens) / MILLION


def estimated_cost(price: Price, body: bytes, max_tokens: int) -> float:
    """The most it should cost: the whole body as prompt, the longest answer that was asked for."""
    return cost(price, round(len(body) / BYTES_PER_TOKEN), max_tokens)


def _fits(pattern: str, model: str) -> bool:
    return model.startswith(pattern[:-1]) if pattern.endswith("*") else model == pattern
