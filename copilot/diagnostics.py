"""What `nearside doctor` finds out: versions, devices, packs, key, library, engine, seals. No private text in it.

It looks and tells; it mends nothing. Findings name no file of the person's. Whoever asks has sealed the process first,
as the engine does, so that what is found out about seals here is true there.
"""

from __future__ import annotations

import enum
import os
import platform
import shutil
import sys
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

from copilot.calls import GetEngine
from copilot.devices import probes
from copilot.errors import DiagnosticsForbidden, EngineUnreachable, KeyringMissing, PackProblem
from copilot.failures import failure_of
from copilot.host.client import connect
from copilot.keys import KEY_FILE_VARIABLE, keyring_state
from copilot.models.pack import verify
from copilot.models.shelf import Shelf
from copilot.paths import Paths, environment_path
from copilot.placement import place
from copilot.probe import Probe
from copilot.sealing import belts
from copilot.settings.policy import resolve
from indexer.belts import Belt, tried
from indexer.errors import NearsideError, WorkersFailed
from indexer.isolation import worker_belts
from indexer.reporter import Silent

LOW_DISK_BYTES = 2_000_000_000
LOW_MEMORY_BYTES = 3_000_000_000
NEEDED_ROLES = ("generator", "embedder")
HELPFUL_ROLES = ("recognizer",)
"""Without which something can't be done, but everything else can."""
NOT_ON, HOLDS, LACKS = "not on ", "holds", "lacks "
"""Names of facts, or their beginnings: a device or a belt follows."""
UNSEALED = "On Linux install libseccomp2 and start the engine again."


class Verdict(enum.StrEnum):
    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `subject` is stable, `says` a sentence, `advice` empty when all is well.

    `code` names the sentence and `facts` fill it, for whoever says it in another language; a name may come more than
    once. The code of an error is the error's own.
    """

    subject: str
    verdict: Verdict
    says: str
    advice: str = ""
    code: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def examine(paths: Paths) -> tuple[Finding, ...]:
    """Everything worth knowing before asking for help. Takes about a second; loads no model.

    Raises DiagnosticsForbidden where policy says so.
    """
    if not resolve(paths.settings).settings.diagnostics_allowed:
        raise DiagnosticsForbidden
    return (
        _versions(),
        *_memory_and_disk(paths),
        *_devices(),
        *_packs(paths),
        *_placements(paths),
        _key(),
        _library(paths),
        *_engine(paths),
        _workers(),
        _log(paths.logs / "engine.log"),
    )


def _problem(subject: str, problem: NearsideError) -> Finding:
    failure = failure_of(problem)
    return Finding(subject, Verdict.BAD, failure.sentence, failure.advice, failure.code, failure.facts)


def _log(file: Path) -> Finding:
    return Finding("log", Verdict.NOTE, f"The engine's log is {file}.", "", "log", (("path", str(file)),))


def _versions() -> Finding:
    try:
        own = version("nearside")
    except PackageNotFoundError:
        own = "from source"
    openvino = version("openvino")
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, OpenVINO {openvino}"
    facts = (("own", own), ("system", system))
    return Finding("version", Verdict.GOOD, f"Nearside {own} on {system}.", "", "version", facts)


def _memory_and_disk(paths: Paths) -> tuple[Finding, ...]:
    memory, place_on_disk = psutil.virtual_memory(), paths.data
    while not place_on_disk.exists():
        place_on_disk = place_on_disk.parent
    free = shutil.disk_usage(place_on_disk).free
    short = memory.available < LOW_MEMORY_BYTES
    full = free < LOW_DISK_BYTES
    return (
        Finding(
            "memory",
            Verdict.NOTE if short else Verdict.GOOD,
            f"{memory.available / 1e9:.1f} of {memory.total / 1e9:.1f} GB of memory free, {os.cpu_count()} processors.",
            "Close other programs, or choose a smaller answer pack." if short else "",
            "memory_short" if short else "memory",
            (
                ("free", str(memory.available)),
                ("total", str(memory.total)),
                ("processors", str(os.cpu_count() or 1)),
            ),
        ),
        Finding(
            "disk",
            Verdict.NOTE if full else Verdict.GOOD,
            f"{free / 1e9:.1f} GB are free where the library lives.",
            "Free some space before indexing more." if full else "",
            "disk_short" if full else "disk",
            (("free", str(free)),),
        ),
    )


def _devices() -> tuple[Finding, ...]:
    return tuple(map(_device, probes()))


def _device(probe: Probe) -> Finding:
    subject, device = f"device {probe.device}", ("device", probe.device)
    if probe.available:
        says = f"{probe.device} is there: {probe.name}."
        return Finding(subject, Verdict.GOOD, says, "", "device", (device, ("name", probe.name)))
    says = f"{probe.device} can't be used: {probe.reason}."
    return Finding(subject, Verdict.NOTE, says, "", "no_device", (device, ("reason", probe.reason)))


def _packs(paths: Paths) -> tuple[Finding, ...]:
    findings = []
    for pack in Shelf(paths.packs).packs():
        try:
            verify(pack, deep=False)
        except PackProblem as problem:
            findings.append(_problem(f"pack {pack.id}", problem))
        else:
            says = f"{pack.name} ({pack.role}, {pack.quantization}, {pack.size / 1e6:,.0f} MB) is complete."
            facts = (("name", pack.name), ("role", pack.role), ("size", str(pack.size)))
            findings.append(Finding(f"pack {pack.id}", Verdict.GOOD, says, "", "pack", facts))
    return tuple(findings)


def _placements(paths: Paths) -> tuple[Finding, ...]:
    findings = []
    shelf = Shelf(paths.packs)
    for role in (*NEEDED_ROLES, *HELPFUL_ROLES):
        pack = shelf.best(role)
        if pack is None:
            says, advice = f"There is no {role} pack on this computer.", "Run: nearside models fetch"
            verdict = Verdict.BAD if role in NEEDED_ROLES else Verdict.NOTE
            findings.append(Finding(role, verdict, says, advice, "no_pack", (("role", role),)))
            continue
        try:
            placement = place(role, pack, None)
        except NearsideError as problem:
            findings.append(_problem(role, problem))
            continue
        not_on = "".join(f" Not on {device}: {reason}." for device, reason in placement.refusals)
        says = f"{pack.name} runs on {placement.device}.{not_on}"
        refused = tuple((f"{NOT_ON}{device}", reason) for device, reason in placement.refusals)
        facts = (("pack", pack.name), ("device", placement.device), *refused)
        findings.append(Finding(role, Verdict.GOOD, says, "", "placed", facts))
    return tuple(findings)


def _key() -> Finding:
    if (file := environment_path(KEY_FILE_VARIABLE)) is not None:
        says = f"The library's key is kept in the key file {file}."
        return Finding("key", Verdict.GOOD, says, "", "key_file", (("path", str(file)),))
    state = keyring_state()
    if state.name is not None:
        says = f"The library's key is kept by {state.name}."
        return Finding("key", Verdict.GOOD, says, "", "key", (("name", state.name),))
    why = "; ".join(state.reasons) or "none is installed"
    advice = f"Unlock or install one, or set {KEY_FILE_VARIABLE} to a file that only you can read."
    return Finding("key", Verdict.BAD, f"No secure keyring is available ({why}).", advice, KeyringMissing.code)


def _library(paths: Paths) -> Finding:
    if not paths.library.exists():
        says, advice = "There is no library yet.", "Run: nearside index add FOLDER"
        return Finding("library", Verdict.NOTE, says, advice, "no_library")
    size = sum(file.stat().st_size for file in Path(paths.library.parent).iterdir() if file.is_file())
    says = f"The library at {paths.library} takes {size / 1e6:,.0f} MB, encrypted."
    facts = (("path", str(paths.library)), ("size", str(size)))
    return Finding("library", Verdict.GOOD, says, "", "library", facts)


def _engine(paths: Paths) -> tuple[Finding, ...]:
    try:
        remote = connect(paths)
    except EngineUnreachable as problem:
        return (_problem("engine", problem),)
    if remote is None:
        says = "The engine is not running; commands do their work themselves."
        asleep = Finding("engine", Verdict.NOTE, says, "", "engine_asleep")
        return asleep, _sealed("engine", "An engine started now", _tried_here())
    with remote:
        report = remote.perform(GetEngine(), Silent())
    says = f"The engine runs and answers at {paths.engine_address}."
    running = Finding("engine", Verdict.GOOD, says, "", "engine", (("address", str(paths.engine_address)),))
    return running, _sealed("engine", "The running engine", report.belts)


def _tried_here() -> tuple[Belt, ...]:
    """This process is sealed in the same way as an engine: what refuses here refuses there."""
    reasons = {belt.name: belt.reason for belt in belts()}
    return tuple(
        belt if belt.holds else replace(belt, reason=reasons.get(belt.name) or belt.reason) for belt in tried()
    )


def _workers() -> Finding:
    try:
        return _sealed("workers", "The processes that read files", worker_belts())
    except WorkersFailed as problem:
        return _problem("seal workers", problem)


def _sealed(name: str, who: str, found: tuple[Belt, ...]) -> Finding:
    subject = f"seal {name}"
    holding = " and ".join(belt.name for belt in found if belt.holds)
    missing = "; ".join(f"no {belt.name}: {belt.reason}" for belt in found if not belt.holds)
    belts_told = tuple((HOLDS, belt.name) if belt.holds else (f"{LACKS}{belt.name}", belt.reason) for belt in found)
    facts = (("who", name), *belts_told)
    if not holding:
        says = f"{who} could open a network connection ({missing})."
        return Finding(subject, Verdict.BAD, says, UNSEALED, "unsealed", facts)
    says = f"{who} can open no network connection: {holding} {'hold' if ' and ' in holding else 'holds'}."
    if missing and sys.platform.startswith("linux"):
        return Finding(subject, Verdict.NOTE, f"{says} There is {missing}.", UNSEALED, "sealed_partly", facts)
    return Finding(subject, Verdict.GOOD, f"{says} There is {missing}." if missing else says, "", "sealed", facts)
