"""What bad input gets on the command line: one sentence, one advice, an exit code, JSON when asked, nothing lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.journeys.cli import Nearside


@pytest.fixture
def nearside(tmp_path: Path) -> Nearside:
    return Nearside(tmp_path / "home")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "lease.txt").write_text("The lease ends on 30 June 2027.\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("index", "add", "/no/such/folder", "--words-only"), 2, "folder_missing"),
        (("index", "remove", "/no/such/folder"), 2, "folder_missing"),
        (("index", "add", "."), 6, "pack_missing"),
        (("search", "  "), 2, "empty_query"),
        (("search", 'after:someday "x"'), 2, "query_syntax"),
        (("ask", " "), 2, "empty_question"),
        (("search", "lease"), 4, "library_missing"),
        (("ask", "When does the lease end?"), 4, "library_missing"),
        (("models", "fetch", "no-such-pack"), 6, "pack_unknown"),
        (("models", "add", "/no/such/pack"), 6, "pack_invalid"),
        (("settings", "set", "answer_device", "TPU"), 2, "setting_invalid"),
    ],
)
def test_each_mistake_has_its_code(nearside: Nearside, words: tuple[str, ...], exit_code: int, code: str) -> None:
    json_flag = () if words[0] == "settings" else ("--json",)
    said = nearside.run(*words, *json_flag)
    assert said.code == exit_code, said.err
    if json_flag:
        error = said.fields["error"]
        assert error["code"] == code
        assert error["sentence"].endswith(".")
        assert error["advice"].endswith((".", "fetch", "FOLDER", "PATH")) or "nearside" in error["advice"]
    assert "Traceback" not in said.err


def test_an_empty_library_is_no_mistake(nearside: Nearside) -> None:
    said = nearside.run("index", "status", "--json")
    assert (said.code, said.fields["files"], said.fields["folders"]) == (0, 0, [])


def test_without_json_an_error_is_two_lines_on_standard_error(nearside: Nearside) -> None:
    said = nearside.run("index", "add", "/no/such/folder", "--words-only")
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 2


def test_a_folder_without_permission_is_refused(nearside: Nearside, documents: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    documents.chmod(0)
    try:
        assert nearside.run("index", "add", documents, "--words-only", "--json").code == 2
    finally:
        documents.chmod(0o700)


def test_a_wrong_key_opens_nothing_and_destroys_nothing(nearside: Nearside, documents: Path) -> None:
    assert nearside.run("index", "add", documents, "--words-only").code == 0
    key_file = nearside.home / "library.key"
    right = key_file.read_text()
    key_file.write_text("00" * 32)
    said = nearside.run("search", "lease", "--json")
    assert (said.code, said.fields["error"]["code"]) == (4, "store_key_wrong")
    key_file.write_text(right)
    assert len(nearside.run("search", "lease", "--json").fields["hits"]) == 1


def test_a_key_file_that_others_can_read_is_refused(nearside: Nearside, documents: Path) -> None:
    assert nearside.run("index", "add", documents, "--words-only").code == 0
    (nearside.home / "library.key").chmod(0o644)
    said = nearside.run("search", "lease", "--json")
    assert (said.code, said.fields["error"]["code"]) == (5, "key_file_exposed")


def test_a_damaged_library_says_so(nearside: Nearside, documents: Path) -> None:
    assert nearside.run("index", "add", documents, "--words-only").code == 0
    library = nearside.home / "data" / "library" / "library.db"
    for beside in library.parent.glob("library.db-*"):
        beside.unlink()
    content = bytearray(library.read_bytes())
    for place in range(5000, len(content), 4096):
        content[place] ^= 0xFF
    library.write_bytes(content)
    said = nearside.run("search", "lease", "--json")
    assert said.code == 4
    assert said.fields["error"]["code"] in ("store_damaged", "store_key_wrong")


def test_json_is_one_object_on_standard_output(nearside: Nearside, documents: Path) -> None:
    said = nearside.run("index", "add", documents, "--words-only", "--json")
    fields = json.loads(said.out)
    assert {k: fields[k] for k in ("files", "indexed", "failed", "skipped", "failures")} == {
        "files": 1,
        "indexed": 1,
        "failed": 0,
        "skipped": 0,
        "failures": [],
    }
    assert fields["chunks"] == 1
    assert fields["seconds"] > 0
