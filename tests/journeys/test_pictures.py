"""Pictures as a person meets them: a screenshot and a scan in a folder are found by what stands on them, and a citation
shows where. Real processes, real recognizer."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import apsw
import pytest

from copilot.app import Copilot
from copilot.calls import GetDocument, RenderPage
from copilot.paths import find_paths
from indexer.errors import StoreError
from indexer.reporter import Silent
from indexer.scanner import digest_of
from indexer.store.library import Store
from tests.journeys.cli import ROOT, Nearside
from tests.packs import packs_folder
from tests.pictures import printed, scan
from tests.samples.make_sample_scans import TARGET

REPORT = TARGET / "Contracts" / "到货验收单-扫描.pdf"
SCREEN = (
    "Build 7741 failed on the second machine",
    "The licence of the compiler ran out on 14 May",
    "Ask Oliver Strand",
)


@pytest.fixture(scope="module")
def nearside(tmp_path_factory: pytest.TempPathFactory) -> Nearside:
    return Nearside(tmp_path_factory.mktemp("pictures") / "home", packs_folder())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, nearside: Nearside) -> Path:
    folder = tmp_path_factory.mktemp("documents") / "firm"
    folder.mkdir()
    printed(SCREEN, size=22).save(folder / "screenshot.png")
    (folder / "scan.pdf").write_bytes(REPORT.read_bytes())
    printed((), width=300).save(folder / "view.jpg")
    said = nearside.run("index", "add", folder, "--json")
    assert said.code == 0, said.err
    summary = said.fields
    counts = {name: summary[name] for name in ("files", "indexed", "skipped", "waiting", "recognized", "failed")}
    assert counts == {"files": 3, "indexed": 2, "skipped": 1, "waiting": 0, "recognized": 3, "failed": 0}
    assert [(remark["path"], remark["reason"]) for remark in summary["remarks"]] == [
        (str(folder / "view.jpg"), "No text was recognized in it.")
    ]
    return folder


@pytest.mark.parametrize(
    ("asked", "name", "quote"),
    [
        ("compiler licence", "screenshot.png", "The licence of the compiler ran out"),
        ("焊点虚焊", "scan.pdf", "焊点虚焊"),
    ],
)
def test_what_stands_on_a_picture_is_found_and_shown_where_it_stands(
    nearside: Nearside, documents: Path, asked: str, name: str, quote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hits = nearside.run("search", asked, "--json").fields["hits"]
    assert (hits[0]["path"], hits[0]["page"]) == (str(documents / name), 1)
    assert quote in hits[0]["text"]
    monkeypatch.setenv("NEARSIDE_KEY_FILE", nearside.environment["NEARSIDE_KEY_FILE"])
    copilot = Copilot(find_paths(nearside.home), writer=False)
    try:
        view = copilot.perform(GetDocument(hits[0]["path"]), Silent())
        start, end = hits[0]["span"]
        assert view.text[start:end] == hits[0]["text"]
        page = copilot.perform(RenderPage(hits[0]["path"], 1, 800, quote), Silent())
    finally:
        copilot.close()
    (box,) = page.boxes
    assert page.pages == 1
    assert 0 < box.x < box.x + box.width < page.width
    assert 8 < box.height < page.height / 5


def test_a_second_run_reads_nothing_again(nearside: Nearside, documents: Path) -> None:
    again = nearside.run("index", "run", "--json").fields
    assert (again["recognized"], again["waiting"], again["indexed"]) == (0, 0, 2)
    assert nearside.run("index", "check", "--json").code == 0


def test_text_says_what_was_recognized(nearside: Nearside, documents: Path) -> None:
    status = nearside.run("index", "status", "--json").fields
    assert status["waiting"] == 0
    (documents / "late.png").write_bytes((documents / "screenshot.png").read_bytes())
    printed(("A later sheet",)).save(documents / "later.png")
    said = nearside.run("index", "run")
    assert "Text was recognized on 1 page." in said.out


def test_a_kill_in_the_middle_costs_the_page_in_hand(tmp_path: Path) -> None:
    nearside = Nearside(tmp_path / "home", packs_folder())
    nearside.place_packs()
    folder = tmp_path / "scans"
    folder.mkdir()
    pages = 5
    (folder / "minutes.pdf").write_bytes(
        scan(*(printed((f"Minutes, sheet {n}", "Tea is at four")) for n in range(pages)))
    )
    adding = subprocess.Popen(
        nearside.command("index", "add", folder, "--words-only"), cwd=ROOT, env=nearside.environment
    )
    kept = 0
    try:
        deadline = time.monotonic() + 120
        while kept < 2:
            assert adding.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.05)
            kept = pages_kept(nearside, digest_of(str(folder / "minutes.pdf")), pages)
    finally:
        adding.kill()
        adding.wait()
    kept = pages_kept(nearside, digest_of(str(folder / "minutes.pdf")), pages)
    again = nearside.run("index", "run", "--words-only", "--json").fields
    assert (again["recognized"], again["waiting"], again["indexed"]) == (pages - kept, 0, 1)
    hit = nearside.run("search", "minutes sheet 4", "--json").fields["hits"][0]
    assert hit["page"] == pages
    assert nearside.run("index", "check", "--json").code == 0


def pages_kept(nearside: Nearside, digest: str, pages: int) -> int:
    """How many pages of a file the library holds the lines of, seen from another process."""
    paths = find_paths(nearside.home)
    key = Path(nearside.environment["NEARSIDE_KEY_FILE"])
    if not paths.library.exists() or not key.exists():
        return 0
    try:
        with Store.open(paths.library, bytes.fromhex(key.read_text("ascii").strip()), writer=False) as store:
            return sum(store.scans.page(digest, page) is not None for page in range(1, pages + 1))
    except (StoreError, apsw.SQLError):
        return 0  # not made yet
