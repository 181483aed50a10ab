"""Looking through the library: search that waits for no model, documents whose citations hold, pages, changed files."""

from __future__ import annotations

import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.browsing import LOADING_NOTE, WORDS_ONLY_NOTE
from copilot.calls import AddFolders, Ask, FindFiles, GetDocument, RenderPage, Search
from copilot.conversation import Question
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.errors import FileUnknown
from copilot.lineup import Lineup
from indexer.errors import EmptyQuery, PageUnavailable
from tests.copilot.rehearsed import SILENT, WatchedGenerator, rehearsed

LEASE = Path(__file__).parents[2] / "docs/sample-folder/Contracts/Office lease Harbour Street.pdf"


@pytest.fixture
def copilot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copilot]:
    with rehearsed(tmp_path, monkeypatch, generator=WatchedGenerator()) as copilot:
        yield copilot


def test_a_document_holds_the_spans_of_its_citations(copilot: Copilot) -> None:
    answer = copilot.perform(Ask(Question("What is the rent of the harbour office?")), SILENT)
    assert answer.citations
    for citation in answer.citations:
        view = copilot.perform(GetDocument(citation.path), SILENT)
        assert view.text[citation.span.start : citation.span.end] == citation.quote
        assert any(s.span.start <= citation.span.start and citation.span.end <= s.span.end for s in view.sections)
        assert (view.changed, view.missing, view.state) == (False, False, "indexed")


def test_a_file_that_changed_since_says_so(copilot: Copilot, tmp_path: Path) -> None:
    lease = tmp_path / "notes" / "lease.txt"

    def seen() -> tuple[bool, bool]:
        view = copilot.perform(GetDocument(str(lease)), SILENT)
        assert "2,400 euros" in view.text, "what was read stays to be read"
        return view.changed, view.missing

    os.utime(lease, ns=(1, 1))
    assert seen() == (False, False), "another time, the same bytes"
    lease.write_text(lease.read_text("utf-8").replace("2,400", "9,900"), "utf-8")
    assert seen() == (True, False)
    lease.unlink()
    assert seen() == (True, True)


def test_what_the_library_does_not_know_is_not_shown(copilot: Copilot, tmp_path: Path) -> None:
    stranger = tmp_path / "secret.pdf"
    shutil.copy(LEASE, stranger)
    for call in (GetDocument(str(stranger)), RenderPage(str(stranger), 1, 300), GetDocument("/etc/passwd")):
        with pytest.raises(FileUnknown):
            copilot.perform(call, SILENT)


def test_pages_of_a_pdf_inside_an_archive(copilot: Copilot, tmp_path: Path) -> None:
    archive = tmp_path / "notes" / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(LEASE, "lease.pdf")
    copilot.perform(AddFolders((str(tmp_path / "notes"),)), SILENT)
    member = f"{archive}!/lease.pdf"
    view = copilot.perform(GetDocument(member), SILENT)
    second = next(section for section in view.sections if section.page == 2)
    image = copilot.perform(RenderPage(member, 2, 400, view.text[second.span.start : second.span.start + 120]), SILENT)
    assert (image.width, image.pages) == (400, 2)
    assert image.boxes
    os.utime(archive, ns=(1, 1))
    assert not copilot.perform(GetDocument(member), SILENT).changed
    archive.write_bytes(b"something else")
    assert copilot.perform(GetDocument(member), SILENT).changed
    with pytest.raises(PageUnavailable):
        copilot.perform(RenderPage(member, 2, 400), SILENT)


def test_names_are_found(copilot: Copilot) -> None:
    (row,) = copilot.perform(FindFiles("合"), SILENT).files
    assert (Path(row.path).name, row.state, row.chunks, row.format_id) == ("合同.txt", "indexed", 1, "text")
    assert copilot.perform(FindFiles("zebra"), SILENT).total == 0


def test_a_search_at_once_waits_for_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def open_slowly(_: Lineup) -> RehearsalEmbedder:
        gate.wait(20)
        return RehearsalEmbedder()

    with rehearsed(tmp_path, monkeypatch) as copilot:
        pass
    with rehearsed(tmp_path, monkeypatch, indexed=False) as copilot:
        copilot._lineup.embedder._open = lambda: open_slowly(copilot._lineup)
        found = copilot.perform(Search("harbour rent", at_once=True), SILENT)
        assert [Path(hit.path).name for hit in found.hits] == ["lease.txt"]
        assert found.note == LOADING_NOTE
        gate.set()
        copilot._lineup.embedder()
        copilot._lineup.reranker()
        assert copilot.perform(Search("harbour rent", at_once=True), SILENT).note == ""


def test_without_a_pack_words_must_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with rehearsed(tmp_path, monkeypatch) as copilot:
        copilot._lineup.embedder._open = lambda: None
        copilot._lineup.embedder.forget()
        assert copilot.perform(Search("harbour rent"), SILENT).note == WORDS_ONLY_NOTE
        with pytest.raises(EmptyQuery):
            copilot.perform(Search("  "), SILENT)
