"""What each setting takes."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from copilot.errors import SettingInvalid
from copilot.settings.schema import Settings, checked, names, parse, plain, rows


def test_every_default_is_a_value_the_setting_takes() -> None:
    for name, value in asdict(Settings()).items():
        assert checked(name, value) == value
        assert parse(name, plain(value)) == value


def test_every_setting_is_described() -> None:
    assert [row.name for row in rows()] == list(names())
    for row in rows():
        assert row.about.endswith(".")
        assert row.takes


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("answer_device", "TPU"),
        ("answer_tokens", "31"),
        ("answer_tokens", "many"),
        ("index_workers", "0"),
        ("index_workers", "17"),
        ("watch", "perhaps"),
        ("no_such_setting", "1"),
    ],
)
def test_what_a_setting_cannot_take_is_refused_with_what_it_can(name: str, text: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        parse(name, text)
    assert refused.value.name == name
    assert refused.value.advice.startswith("It takes ")


@pytest.mark.parametrize(
    ("name", "text", "value"), [("watch", "no", False), ("answer_device", "NPU", "NPU"), ("passages", " 4 ", 4)]
)
def test_what_a_person_types_becomes_a_typed_value(name: str, text: str, value: object) -> None:
    assert parse(name, text) == value
