"""Workers: what a hostile file, a killed worker, a late one and a dead parent lead to."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import psutil
import pytest

from indexer.document import Extracted, FileState, SourceFile
from indexer.errors import WorkersFailed
from indexer.isolation import Answer, ExtractionPool, Limits
from indexer.reporter import Cancelled, Reporter, Silent

ROOT = Path(__file__).parents[2]
TIGHT = Limits(cpu_seconds=1.0, wall_seconds=20.0, memory_bytes=400 << 20, output_chars=3_000_000)


def source(path: Path) -> SourceFile:
    status = path.stat()
    return SourceFile(str(path), status.st_size, status.st_mtime_ns)


def notes(folder: Path, count: int) -> list[SourceFile]:
    for number in range(count):
        (folder / f"note {number}.txt").write_text(f"The number of this note is {number}.\n", "utf-8")
    return [source(folder / f"note {number}.txt") for number in range(count)]


def children() -> list[psutil.Process]:
    return psutil.Process().children()


@pytest.fixture(scope="module")
def pool() -> Iterator[ExtractionPool]:
    with ExtractionPool(TIGHT, workers=1) as pool:
        yield pool


def each(pool: ExtractionPool, sources: Iterable[SourceFile], reporter: Reporter) -> Iterator[Answer]:
    """The answers of all batches, one by one."""
    return itertools.chain.from_iterable(pool.extract_all(sources, reporter))


def one(pool: ExtractionPool, path: Path) -> Extracted:
    ((_, extracted),) = each(pool, [source(path)], Silent())
    return extracted[0]


def test_every_file_comes_back_once_with_its_own_text(tmp_path: Path) -> None:
    with ExtractionPool(workers=2) as pool:
        answers = list(each(pool, notes(tmp_path, 60), Silent()))
    assert len({asked.path for asked, _ in answers}) == len(answers) == 60
    for asked, extracted in answers:
        document = extracted[0].document
        assert document is not None
        assert extracted[0].source.path == asked.path
        assert asked.path.split()[-1].removesuffix(".txt") + "." in document.text
        assert extracted[0].chunks
        assert extracted[0].words
        assert len(extracted[0].source.digest) == 64


def test_no_files_need_no_worker() -> None:
    others = children()
    with ExtractionPool(workers=1) as pool:
        assert list(each(pool, [], Silent())) == []
        assert children() == others


def test_a_file_that_vanished_or_is_a_folder_or_a_pipe_is_unreadable(pool: ExtractionPool, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    asked = [SourceFile(str(tmp_path / name), 1, 1) for name in ("gone.txt", "", "pipe.txt", "bad \udcff name.txt")]
    answers = dict(each(pool, asked, Silent()))
    assert [answers[each][0].state for each in asked] == [FileState.UNREADABLE] * 4


def test_endless_nesting_is_too_slow_and_the_next_file_is_read(pool: ExtractionPool, tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<div>" * 200_000 + "x", "utf-8")
    begun = time.monotonic()
    assert one(pool, tmp_path / "deep.html").state is FileState.TOO_SLOW
    assert time.monotonic() - begun < 15
    (good,) = notes(tmp_path, 1)
    assert one(pool, Path(good.path)).state is FileState.INDEXED


def test_much_memory_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "wide.html").write_bytes(b"<b>x</b>" * 6_000_000)
    limits = Limits(memory_bytes=150 << 20)
    with ExtractionPool(limits, workers=1) as small:
        assert one(small, tmp_path / "wide.html").state is FileState.TOO_LARGE


def test_bombs_and_entities_end_with_a_reason(pool: ExtractionPool, tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    document = f'<!DOCTYPE l [<!ENTITY a0 "lol">{entities}]><document><body>&a9;</body></document>'
    with zipfile.ZipFile(tmp_path / "laughs.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", document)
    assert one(pool, tmp_path / "laughs.docx").state is FileState.DAMAGED
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("zeros.txt", bytes(120 << 20))
    (tmp_path / "bomb.zip").write_bytes(inner.getvalue())
    assert one(pool, tmp_path / "bomb.zip").state is FileState.TOO_LARGE
    (tmp_path / "line.txt").write_bytes(b"a" * 4_000_000)
    assert one(pool, tmp_path / "line.txt").state is FileState.TOO_LARGE
    (tmp_path / "noise.txt").write_bytes(b"\xff\xfe" + os.urandom(99_999))
    assert one(pool, tmp_path / "noise.txt").state is FileState.DAMAGED


@pytest.mark.parametrize("killed", [True, False], ids=["killed", "hanging"])
def test_a_worker_that_dies_or_hangs_costs_one_file(tmp_path: Path, killed: bool) -> None:
    others = children()
    with ExtractionPool(Limits(wall_seconds=2.0), workers=1) as pool:
        list(each(pool, notes(tmp_path, 1), Silent()))
        (victim,) = (child for child in children() if child not in others)
        victim.suspend()
        if killed:
            # After the first files have been sent to it.
            threading.Timer(0.5, victim.kill).start()
        states = [extracted[0].state for _, extracted in each(pool, notes(tmp_path, 40), Silent())]
    assert states.count(FileState.DAMAGED if killed else FileState.TOO_SLOW) == 1
    assert states.count(FileState.INDEXED) == 39


def test_cancelling_stops_at_once_and_the_pool_goes_on(pool: ExtractionPool, tmp_path: Path) -> None:
    class Impatient(Silent):
        def check(self) -> None:
            raise Cancelled

    files = notes(tmp_path, 20)
    with pytest.raises(Cancelled):
        list(each(pool, files, Impatient()))
    answers = list(each(pool, files[:3], Silent()))
    assert {asked.path for asked, _ in answers} == {file.path for file in files[:3]}


def test_sources_are_read_only_a_little_ahead(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Iterator[SourceFile]:
        nonlocal taken
        (note,) = notes(tmp_path, 1)
        while True:
            taken += 1
            yield note

    with ExtractionPool(workers=1) as pool:
        answers = each(pool, endless(), Silent())
        for _ in range(3):
            next(answers)
        assert taken < 100


def test_workers_that_cannot_start_are_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.isolation.worker_command", lambda: [sys.executable, "-c", "raise SystemExit(3)"])
    with ExtractionPool(workers=1) as pool, pytest.raises(WorkersFailed) as caught:
        list(each(pool, notes(tmp_path, 3), Silent()))
    assert "3" in caught.value.detail


NOISY_WORKER = """
import os, sys
sys.path.insert(0, sys.argv[1])
from indexer import extraction, worker
quiet = extraction.extract
def noisy(path, limits):
    os.write(1, b"noise from a native library")
    print("noise from Python")
    print("and a complaint", file=sys.stderr)
    return quiet(path, limits)
extraction.extract = noisy
worker.run_worker()
"""


def test_what_libraries_print_does_not_disturb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.isolation.worker_command", lambda: [sys.executable, "-c", NOISY_WORKER, str(ROOT)])
    with ExtractionPool(workers=1) as pool:
        answers = list(each(pool, notes(tmp_path, 5), Silent()))
    assert [extracted[0].state for _, extracted in answers] == [FileState.INDEXED] * 5


def test_closing_ends_all_workers_and_threads(tmp_path: Path) -> None:
    others, threads = children(), threading.enumerate()
    with ExtractionPool(workers=2) as pool:
        list(each(pool, notes(tmp_path, 20), Silent()))
        workers = [child.pid for child in children() if child not in others]
        assert workers
    assert not [pid for pid in workers if psutil.pid_exists(pid)]
    assert threading.enumerate() == threads


DOOMED_PARENT = """
import sys, threading, time
sys.path.insert(0, sys.argv[1])
import psutil
from indexer.document import SourceFile
from indexer.isolation import ExtractionPool
from indexer.reporter import Silent
with ExtractionPool(workers=1) as pool:
    work = lambda: list(pool.extract_all([SourceFile(sys.argv[2], 1, 1)], Silent()))
    threading.Thread(target=work, daemon=True).start()
    while not psutil.Process().children():
        time.sleep(0.05)
    time.sleep(1.0)
    print(psutil.Process().children()[0].pid, flush=True)
    time.sleep(60)
"""


def test_workers_die_with_a_killed_parent(tmp_path: Path) -> None:
    (tmp_path / "deep.html").write_text("<div>" * 200_000 + "x", "utf-8")
    command = [sys.executable, "-c", DOOMED_PARENT, str(ROOT), str(tmp_path / "deep.html")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert psutil.pid_exists(worker)
        parent.kill()
    deadline = time.monotonic() + 5
    while psutil.pid_exists(worker) and psutil.Process(worker).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)
