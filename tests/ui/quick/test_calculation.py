"""Sums behind `=`: right, quick, and nothing but sums."""

from __future__ import annotations

import time

import pytest

from ui.quick.calculation import calculate, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1+1", "2"),
        ("0.1 + 0.2", "0.3"),
        ("2*(3+4)", "14"),
        ("2^10", "1024"),
        ("7 / 2", "3.5"),
        ("7 // 2", "3"),
        ("-3 + 5", "2"),
        ("80 * 15%", "12"),
        ("1,234 + 1", "1235"),
        ("10 ÷ 4 × 2", "5"),
        ("sqrt(2) ** 2", "2"),
        ("10 % 3", "1"),
        ("（1+2）*3", "9"),
        ("1/3", "0.333333333333"),
    ],
)
def test_sums(text: str, value: str) -> None:
    result = calculate(text)
    assert result is not None
    assert shown(result) == value


@pytest.mark.parametrize(
    "text",
    ["", "1+", "abc", "__import__('os')", "open('x')", "1 if 1 else 2", "[1]", "'a'*9", "1/0", "9**9**9", "lambda: 1"],
)
def test_everything_else_is_no_sum(text: str) -> None:
    began = time.perf_counter()
    assert calculate(text) is None
    assert time.perf_counter() - began < 0.5


def test_a_long_line_is_refused() -> None:
    assert calculate("(" * 150 + "1" + ")" * 150) is None
