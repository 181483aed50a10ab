"""Manifests: written and read back, refused when they lie, files checked by size and by hash."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.errors import PackDamaged, PackInvalid
from copilot.models.pack import MANIFEST, Pack, PackFile, read_pack, verify, write_pack
from tests.fakes import WatchedReporter


def made(folder: Path, **changes: object) -> Pack:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "openvino_model.xml").write_text("<net/>")
    (folder / "openvino_model.bin").write_bytes(b"weights")
    fields: dict[str, object] = {
        "id": "small",
        "role": "embedder",
        "name": "Small",
        "version": "1",
        "licence": "MIT",
        "kind": "openvino",
        "folder": folder,
        "devices": ("CPU", "GPU"),
        "quantization": "f16",
        "context_tokens": 512,
        "memory_bytes": 1000,
        "dimension": 4,
        "query_prefix": "query: ",
        "passage_prefix": "passage: ",
        "pooling": "mean",
        "sources": ("somewhere 1.0",),
    }
    return Pack(**{**fields, **changes})  # type: ignore[arg-type]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    pack = write_pack(made(tmp_path / "p"))
    assert pack == read_pack(tmp_path / "p")
    assert [file.name for file in pack.files] == ["openvino_model.bin", "openvino_model.xml"]
    assert pack.size == 13
    assert pack.query_prefix == "query: "
    verify(pack, deep=True)


def test_only_named_files_belong_to_a_pack(tmp_path: Path) -> None:
    pack = write_pack(made(tmp_path / "p", files=(PackFile("openvino_model.xml", 0, ""),)))
    assert [file.name for file in pack.files] == ["openvino_model.xml"]


def test_sizes_are_compared_always_and_hashes_on_demand(tmp_path: Path) -> None:
    pack = write_pack(made(tmp_path / "p"))
    weights = tmp_path / "p" / "openvino_model.bin"
    weights.write_bytes(b"WEIGHTS")
    verify(pack, deep=False)
    with pytest.raises(PackDamaged, match="checksum"):
        verify(pack, deep=True)
    weights.write_bytes(b"weight")
    with pytest.raises(PackDamaged, match="6 bytes instead of 7"):
        verify(pack, deep=False)
    weights.unlink()
    with pytest.raises(PackDamaged, match="missing") as caught:
        verify(pack, deep=False)
    assert (caught.value.pack, caught.value.file) == ("small", "openvino_model.bin")


def test_verifying_reports_every_file(tmp_path: Path) -> None:
    reporter = WatchedReporter()
    verify(write_pack(made(tmp_path / "p")), deep=True, reporter=reporter)
    assert [(event.stage, event.done, event.total) for event in reporter.events] == [
        ("verify", 0, 2),
        ("verify", 1, 2),
        ("verify", 2, 2),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "../up"},
        {"id": ""},
        {"role": "oracle"},
        {"kind": "pickle"},
        {"pooling": "max"},
        {"devices": ()},
        {"dimension": 0},
    ],
)
def test_impossible_packs_are_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(PackInvalid):
        write_pack(made(tmp_path / "p", **changes))


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a\\\\b", "C:/x", "a//b", "./a", ""])
def test_files_outside_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    write_pack(made(tmp_path / "p"))
    manifest = tmp_path / "p" / MANIFEST
    manifest.write_text(manifest.read_text().replace("openvino_model.xml", name))
    with pytest.raises(PackInvalid):
        read_pack(tmp_path / "p")


@pytest.mark.parametrize(
    ("text", "detail"),
    [("", "format None"), ("format = 2", "format 2"), ("format = ", "can't be read"), ("format = 1", "incomplete")],
)
def test_broken_manifests_are_refused(tmp_path: Path, text: str, detail: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(PackInvalid, match=detail):
        read_pack(tmp_path)


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackInvalid, match=MANIFEST):
        read_pack(tmp_path)
