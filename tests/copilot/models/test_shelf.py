"""The shelf: packs taken in from folders and archives, found again, and half-made ones never seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from copilot.errors import PackDamaged, PackInvalid, PackMissing
from copilot.models.pack import MANIFEST, write_pack
from copilot.models.shelf import Shelf
from indexer.reporter import Silent
from tests.copilot.models.test_pack import made


def test_a_folder_is_taken_in(tmp_path: Path) -> None:
    write_pack(made(tmp_path / "elsewhere"))
    (tmp_path / "elsewhere" / "install.py").write_text("print('not part of the pack')")
    shelf = Shelf(tmp_path / "shelf")
    pack = shelf.add(tmp_path / "elsewhere", Silent())
    assert pack.folder == tmp_path / "shelf" / "small"
    assert sorted(path.name for path in pack.folder.iterdir()) == ["openvino_model.bin", "openvino_model.xml", MANIFEST]
    assert shelf.get("small") == pack
    assert shelf.packs() == (pack,)


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
def test_an_archive_is_taken_in(tmp_path: Path, kind: str) -> None:
    write_pack(made(tmp_path / "outer" / "inner"))
    archive = shutil.make_archive(str(tmp_path / "pack"), kind, tmp_path / "outer")
    assert Shelf(tmp_path / "shelf").add(Path(archive), Silent()).id == "small"
    assert [path.name for path in (tmp_path / "shelf").iterdir()] == ["small"]


def test_a_newer_pack_takes_the_place_of_the_older(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    for version in ("1", "2"):
        write_pack(made(tmp_path / version, version=version))
        shelf.add(tmp_path / version, Silent())
    assert [pack.version for pack in shelf.packs()] == ["2"]
    assert [path.name for path in (tmp_path / "shelf").iterdir()] == ["small"]


def test_a_damaged_pack_does_not_replace_a_good_one(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    write_pack(made(tmp_path / "good"))
    good = shelf.add(tmp_path / "good", Silent())
    (tmp_path / "good" / "openvino_model.bin").write_bytes(b"WEIGHTS")
    with pytest.raises(PackDamaged):
        shelf.add(tmp_path / "good", Silent())
    assert shelf.packs() == (good,)
    assert (good.folder / "openvino_model.bin").read_bytes() == b"weights"


def test_what_is_no_pack_is_refused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    (tmp_path / "note.txt").write_text("hello")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    for path in (tmp_path / "note.txt", tmp_path / "empty.zip", tmp_path / "nowhere"):
        with pytest.raises(PackInvalid):
            shelf.add(path, Silent())
    assert list((tmp_path / "shelf").iterdir()) == []


def test_archives_write_nothing_outside(tmp_path: Path) -> None:
    write_pack(made(tmp_path / "p"))
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "p", "p")
        archive.add(tmp_path / "p" / MANIFEST, "../../escaped")
    with pytest.raises(PackInvalid):
        Shelf(tmp_path / "shelf").add(tmp_path / "evil.tar", Silent())
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        for path in (tmp_path / "p").iterdir():
            archive.write(path, f"p/{path.name}")
        archive.writestr("../../escaped", "x")
    Shelf(tmp_path / "shelf").add(tmp_path / "evil.zip", Silent())
    assert not [path for path in tmp_path.rglob("escaped") if "shelf" not in path.parts]


def test_missing_and_damaged_packs_are_told_apart(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    with pytest.raises(PackMissing):
        shelf.get("small")
    write_pack(made(tmp_path / "shelf" / "small"))
    (tmp_path / "shelf" / "small" / "openvino_model.bin").unlink()
    with pytest.raises(PackDamaged):
        shelf.get("small")
    (tmp_path / "shelf" / "odd").mkdir()
    assert [problem.pack for problem in shelf.broken()] == ["odd"]


def test_the_best_is_openvino_then_the_default(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    assert shelf.best("generator") is None
    for pack_id, kind in (
        ("qwen2.5-coder-1.5b-gguf", "gguf"),
        ("another", "openvino"),
        ("qwen2.5-coder-1.5b", "openvino"),
    ):
        write_pack(made(tmp_path / "shelf" / pack_id, id=pack_id, kind=kind, role="generator"))
        best = shelf.best("generator")
        assert best is not None
        assert best.id == pack_id
    assert shelf.best("reranker") is None


def test_half_made_folders_are_never_seen_and_go_away(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")

    def interrupted() -> None:
        with shelf.making("new") as folder:
            write_pack(made(folder / "pack"))
            assert shelf.packs() == ()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert list((tmp_path / "shelf").iterdir()) == []


def test_removed_packs_are_gone(tmp_path: Path) -> None:
    write_pack(made(tmp_path / "shelf" / "small"))
    shelf = Shelf(tmp_path / "shelf")
    shelf.remove("small")
    assert shelf.packs() == ()
    with pytest.raises(PackMissing):
        shelf.remove("small")


def test_what_a_killed_process_left_is_swept_away(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from copilot.models.shelf import Shelf\n"
        "with Shelf(Path(sys.argv[1])).making('new') as folder:\n"
        "    (folder / 'half').write_text('x'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    left = list(tmp_path.iterdir())
    assert len(left) == 1
    with Shelf(tmp_path).making("other") as folder:
        assert list(tmp_path.iterdir()) == [folder]
