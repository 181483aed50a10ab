"""The shelf: the folder where this computer's packs stand, one folder a pack. How a pack comes to be is sources.py."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psutil

from copilot.errors import PackInvalid, PackMissing, PackProblem
from copilot.models.catalogue import default_packs
from copilot.models.pack import MANIFEST, Pack, read_pack, verify
from indexer.reporter import Reporter

LARGEST_ARCHIVE_BYTES = 64_000_000_000


class Shelf:
    """Packs below `folder`. What is half-made stands in folders that begin with a dot and is never seen."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def packs(self) -> tuple[Pack, ...]:
        """Every pack whose manifest can be read, by id."""
        return tuple(found for found in self._look() if isinstance(found, Pack))

    def broken(self) -> tuple[PackProblem, ...]:
        """Folders that should be packs and aren't."""
        return tuple(found for found in self._look() if isinstance(found, PackProblem))

    def get(self, pack_id: str) -> Pack:
        """One pack, its files compared by size. Raises PackMissing, PackInvalid, PackDamaged."""
        folder = self.folder / pack_id
        if not (folder / MANIFEST).exists():
            raise PackMissing(pack_id)
        pack = read_pack(folder)
        verify(pack, deep=False)
        return pack

    def best(self, role: str) -> Pack | None:
        """The pack for a role when nobody chose: OpenVINO form before GGUF, defaults of the catalogue before others.

        Raises PackDamaged rather than going on with another one in silence.
        """
        defaults = default_packs()
        fitting = [pack for pack in self.packs() if pack.role == role]
        fitting.sort(key=lambda pack: (pack.kind != "openvino", pack.id.removesuffix("-gguf") not in defaults, pack.id))
        if not fitting:
            return None
        verify(fitting[0], deep=False)
        return fitting[0]

    def add(self, path: Path, reporter: Reporter) -> Pack:
        """Take in a pack made elsewhere: a folder, or a .zip or .tar with one. Every file is checked by its hash.

        Raises PackInvalid for what is none and PackDamaged for what is not whole; the shelf then stays as it was.
        """
        with self.making("added") as folder:
            if path.is_dir():
                source = path
            else:
                _unpack(path, folder)
                source = _pack_folder(folder, path)
            pack = read_pack(source)
            verify(pack, deep=True, reporter=reporter)
            made = folder / ".made"
            for file in pack.files:
                target = made / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / file.name, target)
            shutil.copyfile(source / MANIFEST, made / MANIFEST)
            return self.put(replace(pack, folder=made))

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """A folder on the shelf's disk to make a pack in; gone afterwards, with whatever was not put on the shelf."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._sweep()
        folder = Path(tempfile.mkdtemp(prefix=f".{name}-{os.getpid()}-", dir=self.folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, pack: Pack) -> Pack:
        """Move a finished pack into its place, over an older one of the same id."""
        target = self.folder / pack.id
        if target.exists():
            with self.making("old") as old:
                target.rename(old / pack.id)
                pack.folder.rename(target)
        else:
            pack.folder.rename(target)
        return read_pack(target)

    def remove(self, pack_id: str) -> None:
        """Raises PackMissing."""
        folder = self.folder / pack_id
        if not (folder / MANIFEST).exists():
            raise PackMissing(pack_id)
        with self.making("old") as old:
            folder.rename(old / pack_id)

    def _sweep(self) -> None:
        """Remove what processes left that were killed while they made a pack: gigabytes that nobody would ever miss."""
        for folder in self.folder.glob(".*-*-*"):
            maker = folder.name.split("-")[-2]
            if maker.isdigit() and not psutil.pid_exists(int(maker)):
                shutil.rmtree(folder, ignore_errors=True)

    def _look(self) -> Iterator[Pack | PackProblem]:
        folders = sorted(self.folder.iterdir()) if self.folder.is_dir() else []
        for folder in folders:
            if folder.name.startswith(".") or not folder.is_dir():
                continue
            try:
                yield read_pack(folder)
            except PackProblem as problem:
                yield problem


def _unpack(path: Path, folder: Path) -> None:
    """An archive's files below `folder`. Nothing lands outside of it, no link is followed, no size is trusted."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                if sum(member.file_size for member in archive.infolist()) > LARGEST_ARCHIVE_BYTES:
                    raise PackInvalid(path.name, "it is larger than any pack")
                archive.extractall(folder)  # noqa: S202  zipfile drops leading slashes and `..` itself
        elif path.is_file() and tarfile.is_tarfile(path):
            with tarfile.open(path) as archive:
                archive.extractall(folder, filter="data")
        else:
            raise PackInvalid(path.name, "it is neither a folder nor a .zip or .tar file")
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError) as error:
        raise PackInvalid(path.name, f"it can't be unpacked ({type(error).__name__})") from error


def _pack_folder(folder: Path, archive: Path) -> Path:
    manifests = sorted(folder.rglob(MANIFEST), key=lambda found: len(found.parts))
    if not manifests:
        raise PackInvalid(archive.name, f"it has no {MANIFEST}")
    return manifests[0].parent
