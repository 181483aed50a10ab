"""The price list is sane, the longest match wins, and estimates lie above what things cost."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from copilot.prices import Price, cost, estimated_cost, price_list, price_of


@pytest.mark.parametrize("price", price_list(), ids=lambda price: f"{price.host}/{price.model}")
def test_every_price_is_one(price: Price) -> None:
    assert 0 < price.prompt <= price.answer < 1000
    assert price.currency in ("USD", "CNY", "EUR")
    assert "/" not in price.host
    assert datetime.date.fromisoformat(price.date) <= datetime.datetime.now(datetime.UTC).date()
    assert "*" not in price.model[:-1]


def test_no_price_stands_twice() -> None:
    places = [(price.host, price.model) for price in price_list()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("host", "model", "entry"),
    [
        ("api.openai.com", "gpt-4o-mini-2024-07-18", "gpt-4o-mini*"),
        ("api.openai.com", "gpt-4o-2024-11-20", "gpt-4o*"),
        ("api.openai.com", "gpt-4.1-mini", "gpt-4.1-mini*"),
        ("api.openai.com", "gpt-4.1", "gpt-4.1*"),
        ("generativelanguage.googleapis.com", "gemini-2.5-flash-lite", "gemini-2.5-flash-lite*"),
    ],
)
def test_the_longest_match_wins(host: str, model: str, entry: str) -> None:
    price = price_of(host, model)
    assert price is not None
    assert price.model == entry


def test_an_unknown_model_or_host_has_no_price() -> None:
    assert price_of("api.openai.com", "something-new") is None
    assert price_of("127.0.0.1", "gpt-4o") is None
    assert price_of("evil-api.openai.com", "gpt-4o") is None


def test_cost_is_for_a_million_tokens() -> None:
    price = Price("h", "m", "USD", 2.0, 8.0, "2025-06-30")
    assert cost(price, 1_000_000, 500_000) == pytest.approx(6.0)
    assert cost(price, 0, 0) == 0


@pytest.mark.parametrize(("text", "tokens"), [("word " * 400, 400), ("多少钱？" * 100, 300)])
def test_an_estimate_lies_above(text: str, tokens: int) -> None:
    """English has about a token a word, Chinese at most about three quarters of one a character."""
    price = Price("h", "m", "USD", 1.0, 1.0, "2025-06-30")
    body = msgspec.json.encode({"messages": [{"role": "user", "content": text}]})
    assert estimated_cost(price, body, 50) > cost(price, tokens, 50)
