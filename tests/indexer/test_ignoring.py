"""What is left out, tried on names and, where git is installed, compared with git's own reading of the same rules."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from indexer.ignoring import IGNORE_FILE, Rules, excluded_by_default, rules_above


@pytest.mark.parametrize(
    "name",
    [
        ".git",
        ".env",
        ".DS_Store",
        "node_modules",
        "__pycache__",
        "Thumbs.db",
        "THUMBS.DB",
        "desktop.ini",
        "~$report.docx",
        ".~lock.report.odt#",
        "$RECYCLE.BIN",
        "System Volume Information",
        "film.mkv.part",
        "page.crdownload",
        "notes.txt~",
        "#notes.txt#",
        ".notes.txt.swp",
        "x.tmp",
        "module.pyc",
        "package-lock.json",
    ],
)
def test_usual_rubbish_is_left_out(name: str) -> None:
    assert excluded_by_default(name)


@pytest.mark.parametrize(
    "name",
    [
        "report.docx",
        "git",
        "nodes.txt",
        "Thumbs.db.txt",
        "temporary.txt",
        "partner.docx",
        "合同.pdf",
        "a~b.txt",
        "lock.json",
        "#1.txt",
    ],
)
def test_ordinary_names_are_kept(name: str) -> None:
    assert not excluded_by_default(name)


def test_the_last_matching_line_wins_and_may_bring_back_a_default() -> None:
    rules = Rules().with_lines(["*.log", "!keep.log", "/drafts/", "!.notes/"])
    assert rules.excludes("a/x.log", "x.log", is_folder=False)
    assert not rules.excludes("a/keep.log", "keep.log", is_folder=False)
    assert rules.excludes("drafts", "drafts", is_folder=True)
    assert not rules.excludes("a/drafts", "drafts", is_folder=True)
    assert not rules.excludes("drafts", "drafts", is_folder=False), "a trailing slash means folders only"
    assert not rules.excludes(".notes", ".notes", is_folder=True)
    assert rules.excludes(".git", ".git", is_folder=True)


def test_a_deeper_file_speaks_before_a_higher_one() -> None:
    rules = Rules().with_lines(["*.txt"]).with_lines(["!important.txt", "/top.md"], "sub")
    assert not rules.excludes("sub/deep/important.txt", "important.txt", is_folder=False)
    assert rules.excludes("sub/other.txt", "other.txt", is_folder=False)
    assert rules.excludes("sub/top.md", "top.md", is_folder=False)
    assert not rules.excludes("sub/deep/top.md", "top.md", is_folder=False)


def test_lines_that_are_no_patterns_do_no_harm() -> None:
    rules = Rules().with_lines(["", "# a remark", "!", "/", "[", "*.bak"])
    assert rules.excludes("a.bak", "a.bak", is_folder=False)
    assert not rules.excludes("a.txt", "a.txt", is_folder=False)
    assert Rules().with_lines(["# nothing but a remark", ""]) == Rules()


def test_an_ignore_file_in_any_encoding_or_of_any_size_is_survived(tmp_path: Path) -> None:
    (tmp_path / IGNORE_FILE).write_bytes(b"\xef\xbb\xbf*.bak\r\n\xff\xfe*.x\r\n")
    rules = Rules().inside("", str(tmp_path))
    assert rules.excludes("a.bak", "a.bak", is_folder=False)
    (tmp_path / IGNORE_FILE).write_bytes(b"*.bak\n" * 300_000)
    assert Rules().inside("", str(tmp_path)) == Rules()


def test_rules_above_reads_the_files_on_the_way(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "a" / IGNORE_FILE).write_text("*.log\n")
    (deep / IGNORE_FILE).write_text("!x.log\n/c/\n")
    rules = rules_above(str(tmp_path), (), str(deep / "x.log"))
    assert rules is not None
    assert not rules.excludes("a/b/x.log", "x.log", is_folder=False)
    assert rules.excludes("a/b/y.log", "y.log", is_folder=False)
    assert rules_above(str(tmp_path), (), str(deep / "c" / "d" / "e.txt")) is None
    assert rules_above(str(tmp_path), ("b/",), str(deep / "x.txt")) is None
    assert rules_above(str(tmp_path), ("/a",), str(tmp_path)) == Rules().with_lines(["/a"])


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge here")
def test_git_agrees(tmp_path: Path) -> None:
    lines = [
        "*.log",
        "!keep.log",
        "/only-top.txt",
        "build/",
        "docs/**/draft.*",
        "a/*/z.txt",
        "**/cache",
        "name with space.txt",
        "\\#odd.txt",
        "[0-9].txt",
        "trailing.txt   ",
        "报告*.pdf",
    ]
    paths = [
        "x.log",
        "sub/x.log",
        "keep.log",
        "only-top.txt",
        "sub/only-top.txt",
        "build/x.txt",
        "sub/build/x.txt",
        "docs/draft.txt",
        "docs/a/b/draft.md",
        "a/q/z.txt",
        "a/q/r/z.txt",
        "q/cache",
        "name with space.txt",
        "#odd.txt",
        "5.txt",
        "55.txt",
        "trailing.txt",
        "报告2026.pdf",
        "sub/报告.pdf",
        "plain.txt",
    ]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("\n".join(lines), encoding="utf-8")
    asked = "\0".join(paths).encode()
    answer = subprocess.run(
        ["git", "-C", str(tmp_path), "check-ignore", "-z", "--stdin", "--no-index"],
        input=asked,
        capture_output=True,
        check=False,
    )
    ignored = set(answer.stdout.decode().split("\0")) - {""}
    rules = Rules().with_lines(lines)

    def excluded(path: str) -> bool:
        parts = path.split("/")
        folders = ["/".join(parts[:n]) for n in range(1, len(parts))]
        return any(rules.excludes(f, os.path.basename(f), is_folder=True) for f in folders) or rules.excludes(
            path, parts[-1], is_folder=False
        )

    assert {path for path in paths if excluded(path)} == ignored
