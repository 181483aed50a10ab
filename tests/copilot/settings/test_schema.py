"""What each setting takes."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from copilot.errors import SettingInvalid
from copilot.settings.schema import Settings, checked, names, parse, plain, rows


def test_every_default_is_a_value_the_setting_takes() -> None:
    locked = {row.name for row in rows() if row.policy_only}
    for name, value in asdict(Settings()).items():
        assert checked(name, value) == value
        if name not in locked:
            assert parse(name, plain(value)) == value


@pytest.mark.parametrize("name", [row.name for row in rows() if row.policy_only])
def test_what_only_policy_may_set_a_person_cannot(name: str) -> None:
    with pytest.raises(SettingInvalid, match=name):
        parse(name, plain(asdict(Settings())[name]))


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
        ("budget_warning", "2.5"),
        ("monthly_budget", "much"),
        ("no_such_setting", "1"),
    ],
)
def test_what_a_setting_cannot_take_is_refused_with_what_it_can(name: str, text: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        parse(name, text)
    assert refused.value.name == name
    assert refused.value.advice.startswith("It takes ")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("watch", "no", False),
        ("answer_device", "NPU", "NPU"),
        ("passages", " 4 ", 4),
        ("monthly_budget", "2.5", 2.5),
        ("redact_also", "Acme, 张三 ", ("Acme", "张三")),
    ],
)
def test_what_a_person_types_becomes_a_typed_value(name: str, text: str, value: object) -> None:
    assert parse(name, text) == value
