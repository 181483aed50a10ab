"""An error's words and facts on their way to a window that speaks another language."""

from __future__ import annotations

import msgspec

from copilot.errors import DeviceUnavailable, PackMissing, QuestionTooLong
from copilot.failures import Failure, RemoteFailure, failure_of
from indexer.errors import FolderMissing


def test_facts_are_the_errors_own_attributes() -> None:
    assert failure_of(FolderMissing("/文档")).facts == (("path", "/文档"),)
    assert failure_of(QuestionTooLong(900, 400)).facts == (("tokens", "900"), ("limit", "400"))
    assert failure_of(PackMissing("e5")).facts[0] == ("pack", "e5")
    refused = failure_of(DeviceUnavailable("generator", (("NPU", "no driver"), ("GPU", "none"))))
    assert dict(refused.facts)["refusals"] == "NPU: no driver, GPU: none"


def test_facts_survive_a_second_hop() -> None:
    failure = failure_of(FolderMissing("/a"))
    assert failure_of(RemoteFailure(failure)) == failure


def test_an_unexpected_error_has_no_facts() -> None:
    error = ValueError("what a file said")
    error.args += ("more",)
    assert failure_of(error).facts == ()


class OlderFailure(msgspec.Struct, frozen=True):
    code: str
    exit_code: int
    sentence: str
    advice: str


def test_older_and_newer_read_each_other() -> None:
    new = failure_of(FolderMissing("/a"))
    older = msgspec.msgpack.decode(msgspec.msgpack.encode(new), type=OlderFailure)
    assert older.code == "folder_missing"
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(older), type=Failure).facts == ()
