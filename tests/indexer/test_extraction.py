"""One file to documents, chunks and words: states and reasons, members, and limits that hold for all together."""

from __future__ import annotations

import hashlib
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from indexer.content import Limits
from indexer.document import Extracted, FileState
from indexer.extraction import extract, member_name


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def written(path: Path, data: bytes, limits: Limits | None = None) -> tuple[Extracted, ...]:
    path.write_bytes(data)
    return extract(str(path), limits or Limits())


def names(extracted: tuple[Extracted, ...], path: Path) -> list[str]:
    return [each.source.path.removeprefix(str(path)) for each in extracted]


def test_a_file_becomes_document_chunks_and_words(tmp_path: Path) -> None:
    data = "会议改到星期五。The meeting moved to Friday.\n".encode()
    (extracted,) = written(tmp_path / "memo.txt", data)
    assert extracted.state is FileState.INDEXED
    assert extracted.source.digest == hashlib.blake2b(data, digest_size=32).hexdigest()
    assert extracted.source.size == len(data)
    assert extracted.document is not None
    assert extracted.document.format_id == "text"
    assert len(extracted.words) == len(extracted.chunks) == 1
    assert {"会议", "meet", "friday"} <= set(extracted.words[0].split())


@pytest.mark.parametrize(
    ("name", "data", "state"),
    [
        ("a.txt", b"", FileState.EMPTY),
        ("a.txt", b" \n\t\n", FileState.EMPTY),
        ("a.html", b"<html><script>x</script></html>", FileState.EMPTY),
        ("a.eml", b"\n", FileState.EMPTY),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), FileState.DAMAGED),
        ("a.zip", zipped(), FileState.EMPTY),
        ("a.zip", zipped(("b.txt", b"x"))[:40], FileState.DAMAGED),
        ("a.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\3rubbish", FileState.DAMAGED),
        ("a.tar.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\3rubbish", FileState.DAMAGED),
        ("a.mbox", b"From a@b Mon Mar  2 09:00:00 2026\n", FileState.EMPTY),
    ],
)
def test_what_can_not_be_read_has_a_state_and_a_reason(
    tmp_path: Path, name: str, data: bytes, state: FileState
) -> None:
    extracted = written(tmp_path / name, data)[0]
    assert extracted.state is state
    assert extracted.reason.endswith(".")
    assert extracted.document is None
    assert not extracted.chunks
    assert not extracted.words


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this account may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    assert extract(str(tmp_path / "a.txt"), Limits())[0].state is FileState.UNREADABLE


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    assert extract(str(tmp_path / "none"), Limits())[0].state is FileState.UNREADABLE
    assert extract(str(tmp_path), Limits())[0].state is FileState.UNREADABLE


def test_a_large_file_is_not_opened_and_a_medium_one_only_when_its_format_streams(tmp_path: Path) -> None:
    limits = Limits(file_bytes=2000, read_bytes=1000)
    (large,) = written(tmp_path / "large.txt", b"x " * 1001, limits)
    assert (large.state, large.source.digest) == (FileState.TOO_LARGE, "")
    (medium,) = written(tmp_path / "medium.txt", b"x " * 600, limits)
    assert medium.state is FileState.TOO_LARGE
    assert medium.source.digest
    archive = written(
        tmp_path / "medium.zip", zipped(("a.txt", os.urandom(300).hex().encode()), ("b.txt", b"y" * 900)), limits
    )
    assert [each.state for each in archive] == [FileState.INDEXED] * 3


def test_members_carry_their_path_and_their_own_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    extracted = written(path, zipped(("x/b.txt", b"one"), ("in.zip", zipped(("c.txt", b"two")))))
    assert names(extracted, path) == ["", "!/x/b.txt", "!/in.zip", "!/in.zip!/c.txt"]
    assert extracted[1].source.digest == hashlib.blake2b(b"one", digest_size=32).hexdigest()
    assert extracted[1].source.modified_ns == path.stat().st_mtime_ns


def test_members_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("b.txt", b"one"), ("b.txt", b"two"), ("./b.txt", b"three"), ("c", b"x"), ("/c", b"y"))
    assert names(written(path, data), path) == ["", "!/b.txt", "!/b (2).txt", "!/b (3).txt", "!/c", "!/c (2)"]


def test_depth_is_limited(tmp_path: Path) -> None:
    data = b"the core"
    for depth in range(4):
        data = zipped((f"{depth}.{'zip' if depth else 'txt'}", data))
    extracted = written(tmp_path / "onion.zip", data, Limits(member_depth=3))
    assert [each.state for each in extracted] == [FileState.UNSUPPORTED] * 5
    assert "3 files deep" in extracted[-1].reason
    assert extracted[0].reason.count("Nothing in it could be read.") == 1
    assert written(tmp_path / "onion.zip", data, Limits(member_depth=4))[-1].state is FileState.INDEXED


def test_too_many_members_and_too_much_text_stop_the_walk(tmp_path: Path) -> None:
    data = zipped(*((f"{number}.txt", b"word " * 10) for number in range(20)))
    many = written(tmp_path / "a.zip", data, Limits(member_count=5))
    assert (many[0].state, len(many)) == (FileState.TOO_LARGE, 6)
    long = written(tmp_path / "a.zip", data, Limits(output_chars=120))
    assert [each.state for each in long].count(FileState.INDEXED) == 3
    assert long[-1].state is FileState.TOO_LARGE


def test_unpacked_bytes_are_limited_one_by_one_and_in_sum(tmp_path: Path) -> None:
    data = zipped(("a.txt", b"a" * 900), ("b.txt", b"b" * 600), ("c.txt", b"c" * 600), ("d.txt", b"d" * 100))
    extracted = written(tmp_path / "a.zip", data, Limits(member_bytes=800, total_member_bytes=1000))
    assert [each.state for each in extracted[1:]] == [
        FileState.TOO_LARGE,
        FileState.INDEXED,
        FileState.TOO_LARGE,
        FileState.INDEXED,
    ]


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\x.txt", "C:/Users/x.txt"),
        ("/abs//./x", "abs/x"),
        ("a\nb\0c", "a_b_c"),
        ("trick!/inner", "trick!_/inner"),
        ("..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_names_of_members_are_harmless(given: str, safe: str) -> None:
    assert member_name(given) == safe
