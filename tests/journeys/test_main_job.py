"""The main job as a person or a script does it: real processes, real small models, the bundled sample folder.

SmolLM2-135M drives the path; how good answers are is measured in tests/quality with the default pack.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.cli import ROOT, Nearside
from tests.packs import packs_folder

SAMPLES = ROOT / "docs" / "sample-folder"
HIT_FIELDS = {"path", "score", "found_by", "page", "section", "lines", "span", "text"}
ANSWER_FIELDS = {"question", "answer", "found", "citations", "origin", "reason", "seconds", "tokens"}


@pytest.fixture(scope="module")
def nearside(tmp_path_factory: pytest.TempPathFactory) -> Nearside:
    return Nearside(tmp_path_factory.mktemp("main-job") / "home", packs_folder())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, nearside: Nearside) -> Path:
    """A copy of the sample folder, indexed."""
    folder = tmp_path_factory.mktemp("documents") / "firm"
    shutil.copytree(SAMPLES, folder)
    said = nearside.run("index", "add", folder, "--json")
    assert said.code == 0, said.err
    summary = said.fields
    assert set(summary) >= {"files", "indexed", "failed", "skipped", "chunks", "seconds", "failures"}
    assert summary["files"] == summary["indexed"] >= 12
    assert (summary["failed"], summary["failures"]) == (0, [])
    return folder


@pytest.fixture
def engine(nearside: Nearside, documents: Path) -> Iterator[int]:
    """A running engine, by its process id."""
    said = nearside.run("engine", "start", "--json")
    assert said.code == 0, said.err
    yield said.fields["pid"]
    nearside.run("engine", "stop")


def test_a_second_run_has_nothing_to_do(nearside: Nearside, documents: Path) -> None:
    before = nearside.run("index", "status", "--json").fields
    again = nearside.run("index", "run", "--json").fields
    assert again["indexed"] == again["files"]
    assert nearside.run("index", "status", "--json").fields["chunks"] == before["chunks"]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("notice period of the supply agreement", "Supply Agreement Helmond Sensors.docx"),
        ("加班工资", "员工手册-考勤与休假.docx"),
        ("type:pdf break clause", "Office lease Harbour Street.pdf"),
    ],
)
def test_search_finds_by_words_and_meaning(nearside: Nearside, documents: Path, query: str, name: str) -> None:
    said = nearside.run("search", query, "--top-k", "3", "--json")
    hits = said.fields["hits"]
    assert set(hits[0]) >= HIT_FIELDS
    assert name in {Path(hit["path"]).name for hit in hits}
    assert any({"words", "vectors"} <= set(hit["found_by"]) for hit in hits)
    start, end = hits[0]["span"]
    assert len(hits[0]["text"]) == end - start


def test_ask_answers_with_everything_a_script_relies_on(nearside: Nearside, documents: Path) -> None:
    said = nearside.run("ask", "How many months' warranty do the HS-22 heads have?", "--json")
    assert said.code == 0, said.err
    answer = said.fields
    assert set(answer) >= ANSWER_FIELDS
    assert set(answer["origin"]) == {"engine", "model", "device"}
    assert answer["origin"]["device"] == "CPU"
    assert "smollm2" in answer["origin"]["model"]
    assert answer["reason"].endswith(".")
    for citation in answer["citations"]:
        assert Path(citation["path"]).is_relative_to(documents)
        assert citation["quote"]
    assert answer["tokens"]["prompt"] > 0


def test_the_same_question_gives_the_same_answer(nearside: Nearside, documents: Path) -> None:
    first, second = (nearside.run("ask", "Who approves invoices?", "--json").fields for _ in range(2))
    assert (first["answer"], first["citations"]) == (second["answer"], second["citations"])


def test_commands_use_the_running_engine(nearside: Nearside, documents: Path, engine: int) -> None:
    status = nearside.run("engine", "status", "--json").fields
    assert (status["pid"], status["watching"]) == (engine, 1)
    assert nearside.run("engine", "start", "--json").fields["pid"] == engine
    assert nearside.run("search", "warranty", "--json").fields["hits"]
    nearside.run("ask", "How long is the warranty?", "--json")
    loaded = nearside.run("engine", "status", "--json").fields["loaded"]
    assert {model.split(" on ")[1] for model in loaded} == {"CPU"}
    assert len(loaded) == 2


def test_the_engine_follows_the_folders(nearside: Nearside, documents: Path, engine: int) -> None:
    note = documents / "Meetings" / "zebra.txt"
    note.write_text("The zebra crossing budget is 4711 euros.\n", "utf-8")
    found: list[str] = []
    deadline = time.monotonic() + 60
    while not found and time.monotonic() < deadline:
        time.sleep(0.5)
        found = [hit["path"] for hit in nearside.run("search", "zebra 4711", "--top-k", "1", "--json").fields["hits"]]
        found = [path for path in found if path == str(note)]
    note.unlink()
    assert found == [str(note)]


def test_a_second_writer_gets_a_clear_message(nearside: Nearside, documents: Path, engine: int) -> None:
    hidden = nearside.home / "run" / "engine.key"
    secret = hidden.read_bytes()
    hidden.unlink()  # as if the engine belonged to someone else
    try:
        said = nearside.run("index", "run", "--json")
    finally:
        hidden.write_bytes(secret)
    assert (said.code, said.fields["error"]["code"]) == (4, "store_locked")
    assert str(engine) in said.fields["error"]["sentence"]


def test_a_killed_engine_leaves_nothing_behind_that_hinders(nearside: Nearside, documents: Path) -> None:
    pid = nearside.run("engine", "start", "--json").fields["pid"]
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    assert nearside.run("search", "warranty", "--json").fields["hits"]
    said = nearside.run("engine", "start", "--json")
    assert said.fields["pid"] != pid
    assert nearside.run("engine", "stop", "--json").fields == {"stopped": True}
    assert nearside.run("engine", "status", "--json").code == 8


def test_chat_remembers_what_was_said(nearside: Nearside, documents: Path) -> None:
    said = nearside.run("chat", text="How long is the warranty of the HS-22 heads?\nAnd who makes them?\n\n")
    assert said.code == 0, said.err
    assert said.out.count("You>") == 3


def test_ctrl_c_while_indexing_keeps_what_was_done(nearside: Nearside, documents: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        (many / f"{number}.txt").write_text(f"Note number {number}. " * 60, "utf-8")
    process = subprocess.Popen(
        nearside.command("index", "add", str(many)),
        cwd=ROOT,
        env=nearside.environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    time.sleep(4)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert nearside.run("index", "check", "--json").fields["problems"] == []
    assert nearside.run("index", "remove", many, "--json").fields["folders"] == 1


def test_removed_folders_are_forgotten_and_files_stay(nearside: Nearside, documents: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "note.md").write_text("# Xylophone\n\nThe xylophone costs 99 euros.\n", "utf-8")
    nearside.run("index", "add", extra)
    assert nearside.run("search", "xylophone", "--top-k", "1", "--json").fields["hits"][0]["path"].endswith("note.md")
    assert nearside.run("index", "remove", extra, "--json").fields == {"folders": 1, "files": 1}
    hits = nearside.run("search", "xylophone", "--json").fields["hits"]
    assert all(not hit["path"].endswith("note.md") for hit in hits)
    assert (extra / "note.md").exists()


def test_nothing_of_the_persons_stands_in_the_log(nearside: Nearside, documents: Path, engine: int) -> None:
    nearside.run("ask", "Is there a canaryword in my files?", "--json")
    logs = "".join(file.read_text("utf-8") for file in (nearside.home / "logs").glob("*.log*"))
    assert "call Ask" in logs
    for private in ("canaryword", "Helmond", "sample", str(documents)):
        assert private not in logs
