"""What the doctor found, in the window's language, by the codes and facts of its findings. One of a newer engine keeps
the engine's words.

The report that can be handed on has no private text: no path of this computer stands in it, for folders have the names
of people, clients and cases.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from copilot.failures import Failure
from ui import wording
from ui.doctor import Found
from ui.engine_words import about_belt, about_device
from ui.messages import said

translate = QCoreApplication.translate
Said = tuple[str, str]
SIZES = ("free", "total", "size")
"""Facts that are bytes."""
NOT_ON, HOLDS, LACKS = "not on ", "holds", "lacks "
"""Facts of copilot/diagnostics.py that come more than once, or whose name goes on."""


def words(found: Found) -> str:
    """What was found and what to do, without the person's name or folders."""
    return wording.sentences(*_said(found)).replace(str(Path.home()), "~")


def report(findings: tuple[Found, ...]) -> str:
    """Lines to hand to whoever helps."""
    marks = {"good": "ok", "note": "note", "bad": "BAD"}
    return "".join(f"{marks.get(one.verdict, one.verdict):<6}{_without_paths(one)}\n" for one in findings)


def _without_paths(found: Found) -> str:
    says = wording.sentences(*_said(found))
    for _, value in sorted(found.facts, key=lambda fact: -len(fact[1])):
        if Path(value).is_absolute():
            says = says.replace(value, "…")
    return says.replace(str(Path.home()), "~")


def _said(found: Found) -> Said:
    if found.code in ("sealed", "sealed_partly", "unsealed"):
        return _seal(found)
    if found.code == "placed":
        return _placed(found), ""
    plain = (_computer() | _parts()).get(found.code)
    if plain is None:
        return said(Failure(found.code, 1, found.says, found.advice, found.facts))
    sentence, advice = plain
    return sentence.format_map(_facts(found)), advice


def _facts(found: Found) -> dict[str, str]:
    facts = {name: wording.size(int(value)) if name in SIZES else value for name, value in found.facts}
    if "device" in facts:
        facts["device"] = wording.device(facts["device"].split(".")[0])
    if "reason" in facts:
        facts["reason"] = about_device(facts["reason"])
    if "role" in facts:
        facts["role"] = wording.role_of_pack(facts["role"])
    if facts.get("own") == "from source":
        facts["own"] = translate("Doctor", "from source")
    return facts


def _computer() -> dict[str, Said]:
    memory = translate("Doctor", "{free} of {total} of memory are free. Processors: {processors}.")
    disk = translate("Doctor", "{free} are free on the disk that the library is on.")
    return {
        "version": (translate("Doctor", "Nearside {own} on {system}."), ""),
        "memory": (memory, ""),
        "memory_short": (memory, translate("Doctor", "Close other programs, or choose a smaller model.")),
        "disk": (disk, ""),
        "disk_short": (disk, translate("Doctor", "Free some space before more is read.")),
        "device": (translate("Doctor", "{device} is there: {name}."), ""),
        "no_device": (translate("Doctor", "{device} can't be used: {reason}."), ""),
    }


def _parts() -> dict[str, Said]:
    return {
        "pack": (translate("Doctor", "The model pack {name} is complete. {role}, {size}."), ""),
        "no_pack": (
            translate("Doctor", "No model pack is here for this: {role}."),
            translate("Doctor", "Fetch one on the Models page."),
        ),
        "key_file": (translate("Doctor", "The library's key is kept in the file {path}."), ""),
        "key": (translate("Doctor", "The library's key is kept by {name}."), ""),
        "library": (translate("Doctor", "The library at {path} takes {size}, encrypted."), ""),
        "no_library": (
            translate("Doctor", "There is no library yet."),
            translate("Doctor", "Add a folder on the Library page."),
        ),
        "engine": (translate("Doctor", "The engine runs and answers."), ""),
        "engine_asleep": (translate("Doctor", "The engine is not running. It starts when it is needed."), ""),
        "log": (translate("Doctor", "The engine's log is {path}."), ""),
    }


def _placed(found: Found) -> str:
    parts = [translate("Doctor", "{pack} runs on {device}.").format_map(_facts(found))]
    for name, value in found.facts:
        if name.startswith(NOT_ON):
            device = wording.device(name.removeprefix(NOT_ON))
            not_on = translate("Doctor", "Not on {device}: {reason}.")
            parts.append(not_on.format(device=device, reason=about_device(value)))
    return wording.sentences(*parts)


def _seal(found: Found) -> Said:
    """Whether a process can reach the network, what keeps it from it, and what is missing."""
    who = {
        "engine": translate("Doctor", "The engine"),
        "workers": translate("Doctor", "The processes that read files"),
    }.get(dict(found.facts).get("who", ""), "")
    comma = translate("Doctor", " and ")
    holding = comma.join(wording.belt(value) for name, value in found.facts if name == HOLDS)
    missing = [
        translate("Doctor", "{belt} is missing: {reason}.").format(
            belt=wording.belt(name.removeprefix(LACKS)), reason=about_belt(value)
        )
        for name, value in found.facts
        if name.startswith(LACKS)
    ]
    if found.code == "unsealed":
        sentence = translate("Doctor", "{who} could open a network connection.").format(who=who)
    else:
        sentence = translate("Doctor", "{who} can open no network connection ({belts}).")
        sentence = sentence.format(who=who, belts=holding)
    advice = "" if found.code == "sealed" else translate("Doctor", "On Linux install libseccomp2 and restart Nearside.")
    return wording.sentences(sentence, *missing), advice
