"""Other people's models: a sentence-transformers or Hugging Face folder becomes a pack on the shelf.

The work is done by conversion.py in a process of its own, in whatever Python environment has the extra
`nearside[convert]`: torch never enters the process that answers questions, nor needs to be where Nearside is installed.

Decision: the process is kept off the network by its libraries' own offline switches and runs no code out of the
folder. A model that needs either can't be imported, and the reason is shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from copilot.errors import ImportImpossible
from copilot.models.pack import Pack, write_pack
from copilot.models.shelf import Shelf
from copilot.paths import Paths, child_environment
from indexer.reporter import Progress, Reporter

SCRIPT = Path(__file__).with_name("conversion.py")
INSTALL = 'Install the extra with: pip install "nearside[convert]", or name a Python that has it with --python.'
UNSUITABLE = "Choose a folder with a sentence-transformers model, or an encoder or language model in Hugging Face form."
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "PYTHONUTF8": "1"}
POLL_SECONDS = 0.2
KEPT = (".xml", ".bin", ".json", ".jinja")
"""Files of a converted folder that a pack needs; nothing that could be executed."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A pack made from a folder, and how near it is to the original: `parity` is 1 when they are the same."""

    pack: Pack
    parity: float
    measure: str
    """What `parity` is, for a person."""


def import_model(
    paths: Paths,
    folder: Path,
    reporter: Reporter,
    *,
    bits: int = 8,
    licence: str = "unknown",
    python: Path | None = None,
) -> Imported:
    """Convert the model in `folder` to `bits` 8 or 4 and put it on the shelf, under the folder's name.

    `python` is the interpreter of the environment that has the extra, this one by default.
    Raises ImportImpossible and Cancelled; the shelf is then as it was.
    """
    name = folder.resolve().name
    if not (folder / "config.json").exists():
        raise ImportImpossible(name, "it is not a folder with a config.json", UNSUITABLE)
    shelf = Shelf(paths.packs)
    with shelf.making("import") as scratch:
        made = scratch / "pack"
        made.mkdir()
        told = _convert(paths, folder.resolve(), made, bits, python or Path(sys.executable), reporter)
        if "impossible" in told:
            raise ImportImpossible(name, str(told["impossible"]), INSTALL if told.get("missing") else UNSUITABLE)
        for file in made.iterdir():
            if file.is_file() and file.suffix not in KEPT:
                file.unlink()
        pack = shelf.put(write_pack(_described(told, made, licence)))
    return Imported(pack, float(told["parity"]), str(told["measure"]))


def _convert(paths: Paths, folder: Path, made: Path, bits: int, python: Path, reporter: Reporter) -> dict[str, Any]:
    """Run the conversion to its end; what it says in its last line."""
    environment = {**child_environment(paths), **OFFLINE}
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                [str(python), "-I", str(SCRIPT), str(folder), str(made), str(bits)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:
            raise ImportImpossible(
                folder.name, f"{python} can't be started ({type(error).__name__})", INSTALL
            ) from error
        began = time.monotonic()
        try:
            while process.poll() is None:
                reporter.check()
                reporter.report(Progress("convert", int(time.monotonic() - began), subject=folder.name))
                time.sleep(POLL_SECONDS)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
        output.seek(0)
        lines = output.read().decode("utf-8", "replace").strip().splitlines()
    try:
        told = json.loads(lines[-1])
    except (IndexError, ValueError):
        told = None
    if process.returncode or not isinstance(told, dict):
        raise ImportImpossible(folder.name, f"the conversion ended early (exit code {process.returncode})", UNSUITABLE)
    return told


def _described(told: dict[str, Any], made: Path, licence: str) -> Pack:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "-" for c in str(told["name"]).lower())
    weights = (made / "openvino_model.bin").stat().st_size
    generator = told["role"] == "generator"
    devices = ("CPU", "GPU", "NPU") if generator else ("CPU", "GPU")
    return Pack(
        id=plain.strip(".-_") or "imported",
        role=str(told["role"]),
        name=str(told["name"]),
        version="1",
        licence=licence,
        kind="openvino",
        folder=made,
        devices=devices,
        quantization=str(told["quantization"]),
        context_tokens=int(told["context_tokens"]),
        # Weights are read once more into the layout that the device wants, and work needs room.
        memory_bytes=2 * weights + 200_000_000,
        dimension=int(told.get("dimension", 0)),
        query_prefix=str(told.get("query_prefix", "")),
        passage_prefix=str(told.get("passage_prefix", "")),
        pooling=str(told.get("pooling", "")),
        sources=(f"imported from {told['name']}",),
    )
