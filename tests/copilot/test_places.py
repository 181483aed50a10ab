"""What IT keeps out of the library: refused when it is added, passed over in a folder, forgotten where it was known."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import AddFolders, GetStatus, RunIndex, Search
from copilot.errors import FolderForbidden, PolicyInvalid
from copilot.paths import Paths, find_paths
from copilot.places import Places, places
from copilot.settings.policy import Machine
from copilot.settings.schema import Settings
from indexer.reporter import Silent

SILENT = Silent()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    root = tmp_path / "documents"
    for name in ("open", "board", "board/minutes"):
        (root / name).mkdir(parents=True, exist_ok=True)
        (root / name / "note.txt").write_text(f"The harbour plan as {name.replace('/', ' ')} has it.\n", "utf-8")
    return root


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    ruled(monkeypatch)
    return find_paths(tmp_path / "home")


def ruled(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    machine = Machine(managed=(("policy", values),))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda: machine)


def index(paths: Paths, *folders: Path) -> set[str]:
    """Take the folders in, run, and give the names of the folders in which a search finds something then."""
    copilot = Copilot(paths, writer=True)
    try:
        if folders:
            copilot.perform(AddFolders(tuple(map(str, folders)), words_only=True), SILENT)
        copilot.perform(RunIndex(words_only=True), SILENT)
        hits = copilot.perform(Search("harbour plan"), SILENT).hits
        return {Path(path).parent.name for hit in hits for path in (hit.path, *hit.also_at)}
    finally:
        copilot.close()


def test_a_denied_folder_is_refused_and_nothing_of_it_read(
    paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(monkeypatch, folders_denied=[str(documents / "board")])
    for wanted in (documents / "board", documents / "board" / "minutes", documents / "board" / "note.txt"):
        with pytest.raises(FolderForbidden) as refused:
            index(paths, wanted)
        assert "folders_denied" in refused.value.advice
    assert index(paths) == set()


def test_a_denied_folder_inside_an_added_one_is_passed_over(
    paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(monkeypatch, folders_denied=[str(documents / "board")])
    assert index(paths, documents) == {"open"}


def test_a_link_leads_into_no_denied_folder(paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(monkeypatch, folders_denied=[str(documents / "board")])
    (documents / "open" / "way in").symlink_to(documents / "board" / "minutes", target_is_directory=True)
    other = documents.parent / "other"
    other.symlink_to(documents / "board", target_is_directory=True)
    assert index(paths, documents) == {"open"}
    with pytest.raises(FolderForbidden):
        index(paths, other)


def test_only_what_is_allowed_is_taken_in(paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(monkeypatch, folders_allowed=[str(documents / "open")])
    with pytest.raises(FolderForbidden):
        index(paths, documents)
    assert index(paths, documents / "open") == {"open"}


def test_what_was_indexed_before_is_forgotten(paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert index(paths, documents) == {"open", "board", "minutes"}
    ruled(monkeypatch, folders_denied=[str(documents / "board" / "minutes")])
    assert index(paths) == {"open", "board"}
    ruled(monkeypatch, folders_allowed=[str(documents.parent / "elsewhere")])
    assert index(paths) == set()
    copilot = Copilot(paths, writer=True)
    assert copilot.perform(GetStatus(), SILENT).folders == ()
    copilot.close()


def test_who_only_reads_does_not_find_what_was_closed_since(
    paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert index(paths, documents) == {"open", "board", "minutes"}
    ruled(monkeypatch, folders_denied=[str(documents / "board")])
    reader = Copilot(paths, writer=False)
    try:
        hits = reader.perform(Search("harbour plan"), SILENT).hits
        assert {Path(path).parent.name for hit in hits for path in (hit.path, *hit.also_at)} == {"open"}
        assert reader.perform(GetStatus(), SILENT).counts.files == 1
    finally:
        reader.close()


def test_a_folder_is_closed_while_the_library_is_open(
    paths: Paths, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copilot = Copilot(paths, writer=True)
    try:
        copilot.perform(AddFolders((str(documents),), words_only=True), SILENT)
        ruled(monkeypatch, folders_denied=[str(documents / "board")])
        (documents / "board" / "late.txt").write_text("The harbour plan again.\n", "utf-8")
        copilot.perform(RunIndex((str(documents / "board" / "late.txt"),), words_only=True), SILENT)
        found = copilot.perform(Search("harbour plan"), SILENT).hits
        assert {Path(hit.path).parent.name for hit in found} == {"open"}
    finally:
        copilot.close()


def test_places_are_absolute_or_the_persons_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    read = places(Settings(folders_allowed=("~/Documents",), folders_denied=(str(tmp_path / "x"),)))
    assert read.permit(str(tmp_path / "Documents" / "a.txt"))
    assert not read.permit(str(tmp_path / "Documents of others" / "a.txt"))
    with pytest.raises(PolicyInvalid, match="folders_denied"):
        places(Settings(folders_denied=("Documents",)))


def test_without_rules_everything_is_permitted() -> None:
    assert Places().permit(os.sep)
