"""ZIP, TAR and compressed files where the golden texts don't reach: links, locks, damage in the middle, old names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from indexer.content import Content, FormatResult, Limits, Member
from indexer.document import FileState
from indexer.errors import ExtractionFailed
from indexer.formats import archive_tar, archive_zip, compressed


def zipped(data: bytes, limits: Limits | None = None) -> list[Member]:
    limits = limits or Limits()
    return list(archive_zip.extract(Content("a.zip", data=data), limits).members)


def tarred(data: bytes, limits: Limits | None = None) -> FormatResult:
    return archive_tar.extract(Content("a.tar", data=data), limits or Limits())


def tar_of(*infos: tuple[tarfile.TarInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for info, data in infos:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def test_a_member_damaged_in_the_middle_costs_only_itself() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "first" * 20)
        archive.writestr("b.txt", "second" * 20)
    members = zipped(packed.getvalue().replace(b"firstfirst", b"fursTfirst", 1))
    assert members[0].problem is not None
    assert members[0].problem.state is FileState.DAMAGED
    assert members[1].data == b"second" * 20


def test_a_size_that_lies_does_not_get_more_out() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(100_000))
    data = packed.getvalue().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (member,) = zipped(data, Limits(member_bytes=1000))
    assert len(member.data) <= 1000


@pytest.mark.parametrize(
    ("name", "encoding"), [("見積書.txt", "shift_jis"), ("合同与发票.txt", "gbk"), ("naïve.txt", "cp437")]
)
def test_names_from_before_unicode_are_read(name: str, encoding: str) -> None:
    raw = name.encode(encoding)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x" * len(raw), "text")
        archive.writestr("お知らせ".encode("shift_jis").decode("cp437") if encoding == "shift_jis" else "plain", "text")
    data = packed.getvalue().replace(b"x" * len(raw), raw)
    assert zipped(data)[0].name == name


def test_links_and_devices_are_passed_over() -> None:
    link, device = tarfile.TarInfo("passwd"), tarfile.TarInfo("tty")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    device.type = tarfile.CHRTYPE
    members = list(tarred(tar_of((link, b""), (device, b""), (tarfile.TarInfo("a"), b"text"))).members)
    assert members == [Member("a", b"text")]


def test_a_tar_that_breaks_off_keeps_what_came_before_and_says_so() -> None:
    data = tar_of((tarfile.TarInfo("a"), b"text"), (tarfile.TarInfo("b"), b"x" * 4000))
    members = iter(tarred(data[:2000]).members)
    assert next(members).name == "a"
    with pytest.raises(ExtractionFailed) as caught:
        next(members)
    assert caught.value.state is FileState.DAMAGED


def test_a_tar_over_the_limit_names_the_file_and_stops() -> None:
    data = tar_of((tarfile.TarInfo("a"), b"x" * 500), (tarfile.TarInfo("b"), b"x" * 5000), (tarfile.TarInfo("c"), b"x"))
    members = list(tarred(gzip.compress(data), Limits(member_bytes=1000)).members)
    assert [(member.name, member.problem is None) for member in members] == [("a", True), ("b", False)]


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_single_files_are_told_from_compressed_tars(pack: object, ending: str) -> None:
    assert callable(pack)
    single, tar = pack(b"words " * 200), pack(tar_of((tarfile.TarInfo("a"), b"text")))
    assert compressed.recognizes(single[:4096], f"a.{ending}")
    assert not archive_tar.recognizes(single[:4096], f"a.{ending}")
    assert archive_tar.recognizes(tar[:4096], "whatever")
    (member,) = compressed.extract(Content(f"notes.txt.{ending}", data=single), Limits()).members
    assert member == Member("notes.txt", b"words " * 200)
    with pytest.raises(ExtractionFailed) as caught:
        compressed.extract(Content("a", data=single), Limits(member_bytes=100))
    assert caught.value.state is FileState.TOO_LARGE
