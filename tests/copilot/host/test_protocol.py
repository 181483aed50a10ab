"""Messages survive the pipe, strangers' bytes don't get in, and errors keep their words but not their secrets."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copilot import calls
from copilot.conversation import Delta, Message, Question, Role
from copilot.errors import EngineMismatch, EngineUnreachable, PackMissing
from copilot.failures import failure_of
from copilot.host import protocol
from copilot.reports import EngineState
from indexer.errors import NearsideError
from indexer.pictures import Picture
from indexer.query import Filter
from indexer.reporter import Progress
from indexer.store.library import Counts

A_CALL_OF_EACH = (
    calls.AddFolders(("/文档", "/b"), ("*.bak",), words_only=True),
    calls.RemoveFolders(("/b",)),
    calls.RunIndex(),
    calls.GetStatus(),
    calls.CheckLibrary(repair=True),
    calls.Search('type:pdf "交货日期"', 3),
    calls.Ask(
        Question("When?", Filter(folders=("/b",)), 4, (Message(Role.USER, "Hi"), Message(Role.ASSISTANT, "你好")))
    ),
    calls.Offer(Question("When?"), "acme", "sketch", "c1"),
    calls.Revise("0a", ("Acme",), ("2026",)),
    calls.Decide("0a", "ff" * 32, "once"),
    calls.TryProvider("acme"),
    calls.ReadPicture(Picture(1, 1, b"abc")),
    calls.ReadWaiting(("/文档/扫描.pdf",)),
    calls.SetLabel("/文档", "redacted"),
    calls.ChangeFolder("/文档", ("*.tmp",)),
    calls.GetFolders(),
    calls.ListFiles("/文档", "failed", "合同", 20),
    calls.FindFiles("合同", 5),
    calls.GetDocument("/文档/a.zip!/b.pdf"),
    calls.RenderPage("/a.pdf", 3, 900, "交货日期"),
    calls.ListConversations("budget"),
    calls.GetConversation("c1"),
    calls.RenameConversation("c1", "预算"),
    calls.PinConversation("c1", pinned=True),
    calls.DeleteConversation("c1"),
    calls.DropTurns("c1", 2),
    calls.Compose("translate", "你好", "en"),
    calls.GetLedger(20, 7),
    calls.VerifyLedger(),
    calls.GetSent("ff" * 32),
    calls.GetModels(),
    calls.MeasureDevice("CPU"),
    calls.SetPause(paused=True),
    calls.Follow(),
    calls.ReloadSettings(),
    calls.FillsScreen(),
    calls.GetEngine(),
    calls.StopEngine(),
)


def test_there_is_a_sample_of_every_call() -> None:
    assert {type(call) for call in A_CALL_OF_EACH} == set(calls.CALLS.values())


@pytest.mark.parametrize("call", A_CALL_OF_EACH, ids=lambda call: type(call).__name__)
def test_a_call_arrives_as_it_left(call: calls.Call[object]) -> None:
    envelope = protocol.open_envelope(protocol.seal("call", call))
    assert protocol.read_call(envelope) == call


@pytest.mark.parametrize("call", calls.CALLS.values(), ids=lambda call: call.__name__)
def test_every_call_names_its_result(call: type[calls.Call[object]]) -> None:
    assert isinstance(calls.result_type(call), type)


A_STATE = EngineState(
    True, False, "battery", Progress("scan", 1), Counts(1, 1, 0, 0, 3, 3, 1), ("m on CPU",), "CPU", 5.5
)


@pytest.mark.parametrize("event", [Delta("半"), Progress("embed", 3, 9, chunks=12, seconds_left=1.5), A_STATE])
def test_an_event_arrives_as_it_left(event: object) -> None:
    assert protocol.read_event(protocol.open_envelope(protocol.seal("event", event))) == event


@given(st.binary(max_size=200))
@example(b"\x94\x00\xa3\x00\x00\x80")  # text that is no UTF-8
def test_bytes_that_are_no_message_are_an_error_of_ours(data: bytes) -> None:
    try:
        envelope = protocol.open_envelope(data)
        protocol.read_call(envelope)
    except NearsideError:
        return
    assert envelope.name in calls.CALLS


def test_another_protocol_is_told_apart() -> None:
    other = msgspec.msgpack.encode(protocol.Envelope(99, "call", "GetStatus", msgspec.Raw(b"\x80")))
    with pytest.raises(EngineMismatch) as mismatch:
        protocol.open_envelope(other)
    assert (mismatch.value.theirs, mismatch.value.ours) == (99, protocol.VERSION)


def test_a_call_nobody_knows_is_refused() -> None:
    sealed = protocol.seal("call", Delta("not a call"))
    with pytest.raises(EngineUnreachable):
        protocol.read_call(protocol.open_envelope(sealed))


def test_an_error_keeps_its_words_and_exit_code() -> None:
    error = PackMissing("e5-small")
    sealed = protocol.seal("failure", failure_of(error))
    received = protocol.read_failure(protocol.open_envelope(sealed))
    assert (received.code, received.exit_code) == (error.code, error.exit_code)
    assert (received.sentence, received.advice) == (error.sentence, error.advice)


def test_an_unexpected_error_does_not_carry_its_text_over() -> None:
    failure = failure_of(ValueError("salary of A. Person: 12,000"))
    assert "salary" not in failure.sentence + failure.advice
    assert "ValueError" in failure.sentence
