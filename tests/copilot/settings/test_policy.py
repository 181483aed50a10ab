"""Who wins: managed over user over recommended over default; and what a broken policy does."""

from __future__ import annotations

import json
import plistlib
from pathlib import Path

import pytest

from copilot.errors import PolicyInvalid, SettingInvalid
from copilot.settings import policy
from copilot.settings.policy import Machine, resolve
from copilot.settings.schema import Settings, names
from copilot.settings.store import write_settings


@pytest.fixture
def user(tmp_path: Path) -> Path:
    file = tmp_path / "settings.toml"
    write_settings(file, Settings(answer_device="GPU", passages=4))
    return file


def test_without_policy_the_person_rules(user: Path) -> None:
    resolved = resolve(user, Machine())
    assert resolved.settings == Settings(answer_device="GPU", passages=4)
    assert [rule.name for rule in resolved.ruled] == list(names())
    assert resolved.of("passages").set_by == "user"
    assert resolved.of("watch").set_by == "default"


def test_the_order_of_layers(user: Path) -> None:
    machine = Machine(
        managed=(("first", {"answer_device": "NPU"}), ("second", {"answer_device": "CPU"})),
        recommended=(("advice", {"passages": 9, "watch": False}),),
    )
    resolved = resolve(user, machine)
    assert (resolved.settings.answer_device, resolved.settings.passages, resolved.settings.watch) == ("CPU", 4, False)
    assert (resolved.of("answer_device").source, resolved.of("answer_device").locked) == ("second", True)
    assert (resolved.of("watch").set_by, resolved.of("watch").locked) == ("recommended", False)


@pytest.mark.parametrize("values", [{"passages": 99}, {"colour": "red"}, {"watch": "no"}])
def test_a_policy_that_means_nothing_stops_the_program(user: Path, values: dict[str, object]) -> None:
    with pytest.raises(PolicyInvalid) as refused:
        resolve(user, Machine(managed=(("/etc/x.json", values),)))
    assert refused.value.source == "/etc/x.json"


@pytest.mark.parametrize("line", ["unattended = true", 'inside_hosts = ["evil.example"]', "cloud_allowed = true"])
def test_a_person_cannot_give_themselves_what_only_policy_may(tmp_path: Path, line: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(line, "utf-8")
    with pytest.raises(SettingInvalid):
        resolve(file, Machine())


def test_linux_policies_are_read_in_the_order_of_their_names(tmp_path: Path, user: Path) -> None:
    for part, name, values in (
        ("managed", "10-base.json", {"passages": 3, "watch": False}),
        ("managed", "20-site.json", {"passages": 5}),
        ("recommended", "a.json", {"rerank": True}),
    ):
        folder = tmp_path / "policies" / part
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(values), "utf-8")
    settings = resolve(user, policy._from_folder(tmp_path / "policies")).settings
    assert (settings.passages, settings.watch, settings.rerank) == (5, False, True)


@pytest.mark.parametrize("text", ["{", "[]", '"x"'])
def test_a_policy_file_that_cannot_be_read_stops_the_program(tmp_path: Path, text: str) -> None:
    (tmp_path / "managed").mkdir()
    (tmp_path / "managed" / "broken.json").write_text(text)
    with pytest.raises(PolicyInvalid):
        policy._from_folder(tmp_path)


def test_macos_preferences(tmp_path: Path, user: Path) -> None:
    file = tmp_path / "app.nearside.plist"
    file.write_bytes(plistlib.dumps({"passages": 7, "PayloadUUID": "x", "Recommended": {"watch": False}}))
    settings = resolve(user, policy._from_preferences(file)).settings
    assert (settings.passages, settings.watch) == (7, False)
    assert policy._from_preferences(tmp_path / "none.plist") == Machine()


@pytest.mark.parametrize(("name", "value", "meant"), [("watch", 1, True), ("watch", 0, False), ("passages", 3, 3)])
def test_registry_values_become_the_tables_types(name: str, value: object, meant: object) -> None:
    assert policy.typed(name, value) == meant
