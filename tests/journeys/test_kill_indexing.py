"""Indexing in a real process that is killed at random moments, again and again, while files change between the kills.

After each kill the library opens, its check passes, and every file that was reported as done is there. After a last run
that is left alone it equals a library made in one go. Ten kills here; `NEARSIDE_KILLS=200` for the full count.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from indexer.scanner import digest_of
from indexer.store.library import Store
from indexer.words import query_words
from tests.fakes import KEY

FILES = 240
SEED = 20261122

INDEX = """
import sys
from pathlib import Path
from indexer.indexing import Indexing
from indexer.store.library import Store
from indexer.store.records import Folder
from tests.fakes import KEY, WatchedEmbedder

class Aloud:
    def report(self, event):
        if event.stage == "extract":
            print(event.subject, flush=True)
    def check(self):
        pass

if __name__ == "__main__":
    root, library = sys.argv[1:]
    with Store.open(Path(library), KEY) as store:
        folder = Folder(root)
        if not store.folders():
            store.put_folder(folder)
        print("begin", flush=True)
        Indexing(store, WatchedEmbedder(), workers=1).run([folder], Aloud())
"""


def text_of(number: int, version: int) -> str:
    """Some chunks' worth of words; one paragraph that all files share, one that no other file or version has."""
    own = f"File {number} in version {version} says marker{number}v{version}. " * 20
    shared = "The same terms of delivery stand in every one of these files. " * 18
    return f"{own}\n\n{shared}\n\n" + "\n\n".join(
        f"Item {n} of {number}: {n * version} pieces." for n in range(version % 7)
    )


def change_some(root: Path, chance: random.Random, version: int) -> None:
    """Edit, move, copy, delete and add: whatever people do between two crashes."""
    files = sorted(root.rglob("*.txt"))
    for path in chance.sample(files, 60):
        path.write_text(text_of(int(path.stem.split("-")[-1]), version))
    for path in chance.sample(files, 12):
        path.rename(path.with_name(f"moved{version}-{path.stem.split('-')[-1]}.txt"))
    for number in range(6):
        (root / f"new{version}-{version * 1000 + number}.txt").write_text(text_of(version * 1000 + number, version))
    remaining = sorted(root.rglob("*.txt"))
    for path in chance.sample(remaining, 6):
        path.unlink()
    copied = chance.choice(sorted(root.rglob("*.txt")))
    (root / f"copy{version}-{copied.stem.split('-')[-1]}.txt").write_bytes(copied.read_bytes())


def start(root: Path, library: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", INDEX, str(root), str(library)], stdout=subprocess.PIPE, text=True)


def index_all(root: Path, library: Path) -> None:
    subprocess.run([sys.executable, "-c", INDEX, str(root), str(library)], stdout=subprocess.DEVNULL, check=True)


def kill_after(process: subprocess.Popen[str], seconds: float) -> set[str]:
    """Let it run for a while after it began, kill it, and tell the files it had reported as done."""
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    time.sleep(seconds)
    workers = psutil.Process(process.pid).children()
    process.kill()
    lines = process.stdout.read().split("\n")[:-1]
    process.wait()
    process.stdout.close()
    assert psutil.wait_procs(workers, 20)[1] == [], "a worker lives on"
    return {line for line in lines if line}


def contents(library: Path, root: Path) -> tuple[object, ...]:
    """Everything a person could find, without what may differ: numbers and times."""
    with Store.open(library, KEY) as store:
        files = store.known_files(str(root))
        texts = {file.path: store.document_text(file.path) for file in files}
        found = {}
        for word in sorted({text.partition("says ")[2].partition(".")[0] for text in texts.values()}):
            hits = store.search_words(query_words(word), 50)
            found[word] = sorted(
                (stored.path, stored.chunk.text) for stored in store.chunk_hits([h.chunk_id for h in hits])
            )
        counts = store.counts()
        return (
            sorted((file.path, file.size, file.digest, file.state, file.chunk_count) for file in files),
            texts,
            found,
            (counts.files, counts.indexed, counts.pending, counts.failed, counts.chunks),
        )


@pytest.mark.timeout(1200)
def test_kills_lose_nothing_and_leave_nothing_behind(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    root, library = tmp_path / "files", tmp_path / "library" / "library.db"
    root.mkdir()
    for number in range(FILES):
        folder = root / f"folder{number % 7}"
        folder.mkdir(exist_ok=True)
        (folder / f"file-{number}.txt").write_text(text_of(number, 1))
    for cycle in range(int(os.environ.get("NEARSIDE_KILLS", "10"))):
        done = kill_after(start(root, library), chance.uniform(0, 1.5))
        with Store.open(library, KEY) as store:
            report = store.check()
            assert report.sound, report.problems
            known = [(file.path, file.digest) for file in store.known_files(str(root))]
            assert len(dict(known)) == len(known)
            assert {path: dict(known).get(path) for path in done} == {path: digest_of(path) for path in done}
        change_some(root, chance, cycle + 2)
    index_all(root, library)
    fresh = tmp_path / "fresh" / "library.db"
    index_all(root, fresh)
    assert contents(library, root) == contents(fresh, root)
