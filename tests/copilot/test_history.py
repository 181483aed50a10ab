"""Saved conversations: found again, changed, really gone, whole after a crash, closed to whoever lacks the key."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from copilot import history
from copilot.conversation import Answer, Citation, Delta, Origin, Question, Seconds, Tokens
from copilot.errors import ConversationUnknown
from copilot.history import DONE, FAILED, INTERRUPTED, RUNNING, STOPPED, History, shortened
from indexer.document import Span
from indexer.errors import StoreKeyWrong
from indexer.query import Filter
from tests.copilot.rehearsed import Listening
from tests.fakes import KEY

LEASE = "When does the lease of the harbour office end, and who"
ROOT = Path(__file__).parents[2]


def answer(text: str, *paths: str) -> Answer:
    cited = tuple(
        Citation(number, path, "T", None, None, None, None, None, "", Span(0, 1), "q")
        for number, path in enumerate(paths, start=1)
    )
    return Answer("?", text, True, cited, (), Origin("e", "m", "CPU"), "r", Seconds(0, 0, 1), Tokens(1, 2))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.db"


@pytest.fixture
def saved(file: Path) -> Iterator[History]:
    with History.open(file, KEY) as saved:
        yield saved


def told(saved: History, conversation: str, question: str, text: str) -> None:
    saved.begin(conversation, Question(question)).finish(answer(text, "/a.txt"), ("/a.txt",))


def test_a_turn_comes_back_as_it_was(saved: History) -> None:
    question = Question("When does the lease end?", Filter(folders=("/文档",)))
    saved.begin("c1", question).finish(answer("In June. [1]", "/a.txt"), ("/a.txt",))
    conversation = saved.get("c1")
    (turn,) = conversation.turns
    assert (conversation.title, conversation.pinned) == ("When does the lease end?", False)
    assert (turn.number, turn.question, turn.scope, turn.state) == (1, question.text, question.scope, DONE)
    assert turn.answer == answer("In June. [1]", "/a.txt")
    assert (turn.partial, turn.sources, turn.offer, turn.failure) == ("", ("/a.txt",), "", "")
    assert abs(turn.asked_at - time.time()) < 5


def test_what_a_provider_was_sent_is_known_later_and_older_answers_still_read(saved: History) -> None:
    far = replace(answer("About average."), sent_bytes=1214, ledger_entry=12)
    saved.begin("c1", Question("Is that much?"), offer="r1").finish(far, ())
    older = {name: value for name, value in msgspec.to_builtins(far).items() if name != "sent_bytes"}
    with saved._changing():
        saved._connection.execute(
            "INSERT INTO turns SELECT conversation, 2, question, scope, ?, partial, asked_at, state, failure, offer,"
            " sources, 0, words FROM turns",
            (msgspec.msgpack.encode(older),),
        )
    new, old = (turn.answer for turn in saved.get("c1").turns)
    assert new == far
    assert old == replace(far, sent_bytes=0)


def test_pinned_first_then_the_latest(saved: History) -> None:
    for name in ("one", "two", "three"):
        told(saved, name, f"Question {name}?", "Yes.")
        time.sleep(0.005)
    saved.pin("one", True)
    assert [row.id for row in saved.rows().rows] == ["one", "three", "two"]
    told(saved, "two", "Again?", "No.")
    rows = saved.rows().rows
    assert [(row.id, row.turns, row.pinned) for row in rows] == [
        ("one", 1, True),
        ("two", 2, False),
        ("three", 1, False),
    ]
    assert rows[1].title == "Question two?"


def test_every_word_is_looked_for_in_titles_and_turns(saved: History) -> None:
    told(saved, "lease", "When does it end?", "The lease ends in ＪＵＮＥ 2027.")
    told(saved, "合同", "交货日期是哪天？", "三月一日。")
    saved.rename("合同", "采购")

    def found(text: str) -> list[str]:
        return [row.id for row in saved.rows(text).rows]

    assert found("june lease") == ["lease"]
    assert found("END") == ["lease"]
    assert found("三月") == found("采购") == ["合同"]
    assert found("june 三月") == found("%") == []
    assert len(found("  ")) == 2


def test_rename_drop_delete(saved: History) -> None:
    for number in range(1, 4):
        told(saved, "c1", f"Question {number}?", f"Answer {number}.")
    saved.rename("c1", "  A  better\nname ")
    saved.rename("c1", "   ")
    saved.drop_turns("c1", 2)
    conversation = saved.get("c1")
    assert (conversation.title, [turn.number for turn in conversation.turns]) == ("A better name", [1])
    told(saved, "c1", "Anew?", "Yes.")
    assert [turn.number for turn in saved.get("c1").turns] == [1, 2]
    saved.delete("c1")
    assert saved.rows().rows == ()
    for call in (lambda: saved.get("c1"), lambda: saved.delete("c1"), lambda: saved.drop_turns("c1", 1)):
        with pytest.raises(ConversationUnknown):
            call()


def test_what_is_deleted_is_overwritten(saved: History, file: Path) -> None:
    told(saved, "c1", "Who is the secret supplier?", "Nobody." * 500)
    assert saved._connection.pragma("secure_delete") == 1
    saved.delete("c1")
    assert file.with_name(file.name + "-wal").stat().st_size == 0
    pages, left = saved._connection.pragma("page_count"), saved._connection.pragma("freelist_count")
    assert left > 0, "pages are free, and secure_delete has filled them with zeros"
    assert pages > left


def test_text_is_kept_while_it_grows(saved: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_APPEND_SECONDS", 0.0)
    turn = saved.begin("c1", Question("What?"))
    listening = Listening()
    reporter = turn.listening(listening)
    for piece in ("The ", "rent ", "is"):
        reporter.report(Delta(piece))
    (kept,) = saved.get("c1").turns
    assert (kept.partial, kept.state, kept.answer) == ("The rent is", RUNNING, None)
    assert listening.events == [Delta("The "), Delta("rent "), Delta("is")]
    turn.end(STOPPED)
    (kept,) = saved.get("c1").turns
    assert (kept.partial, kept.state) == ("The rent is", STOPPED)
    assert [row.id for row in saved.rows("rent").rows] == ["c1"]


def test_writing_is_at_most_four_times_a_second(saved: History) -> None:
    turn = saved.begin("c1", Question("What?"))
    writes = []
    saved.write = lambda *args, **more: writes.append(args)  # type: ignore[method-assign]
    for _ in range(2_000):
        turn.append("word ")
    assert len(writes) <= 1


def test_a_turn_that_was_dropped_stays_dropped(saved: History) -> None:
    told(saved, "c1", "First?", "Yes.")
    late = saved.begin("c1", Question("Second?"))
    saved.drop_turns("c1", 2)
    again = saved.begin("c1", Question("Second, better?"))
    late.finish(answer("Too late."), ())
    late.end(FAILED, "late")
    again.end(FAILED, "model_error")
    turns = saved.get("c1").turns
    assert [(turn.question, turn.state, turn.failure) for turn in turns[1:]] == [
        ("Second, better?", FAILED, "model_error")
    ]


def test_another_key_opens_nothing(saved: History, file: Path) -> None:
    told(saved, "c1", "A private question?", "A private answer.")
    assert b"private" not in file.read_bytes() + file.with_name(file.name + "-wal").read_bytes()
    with pytest.raises(StoreKeyWrong):
        History.open(file, bytes(32))


WRITING = """
import sys, time
from pathlib import Path
from copilot.conversation import Question
from copilot.history import History
turn = History.open(Path(sys.argv[1]), bytes(range(32))).begin("c1", Question("Is it written down?"))
for number in range(10_000):
    turn.append(f"word{number} ")
    print(number, flush=True)
    time.sleep(0.002)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_a_killed_engine_loses_no_more_than_a_moment(file: Path) -> None:
    engine = subprocess.Popen([sys.executable, "-c", WRITING, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert engine.stdout is not None
    last = 0
    begin = time.monotonic()
    while time.monotonic() - begin < 1.5 or last < 200:
        last = int(engine.stdout.readline())
    engine.send_signal(signal.SIGKILL)
    engine.wait()
    engine.stdout.close()
    with History.open(file, KEY) as saved:
        (turn,) = saved.get("c1").turns
    kept = turn.partial.split()
    assert turn.state == INTERRUPTED
    assert kept == [f"word{number}" for number in range(len(kept))]
    assert last - len(kept) < 200, "a quarter of a second is 125 words here"


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Short?", "Short?"),
        ("  two\n lines ", "two lines"),
        ("a" * 80, "a" * 60 + "…"),
        (
            "When does the lease of the harbour office end, and who signs?",
            "When does the lease of the harbour office end, and who…",
        ),
        ("交" * 70, "交" * 60 + "…"),
    ],
)
def test_a_title_is_a_short_question(question: str, title: str) -> None:
    assert shortened(question) == title
