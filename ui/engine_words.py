"""What the engine says about devices, packs and the ledger, in the window's language. The engine's own sentences are
made for the command line; one that is not known here is shown as the engine said it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate
Known = tuple[tuple[str, str], ...]
"""A pattern of the engine's words, and the window's with the pattern's groups in braces."""


def about_device(reason: str) -> str:
    """Why a device can't be used or doesn't run a job: the end of a sentence."""
    return known(
        reason,
        (
            (
                r"no Intel graphics with a compute driver was found",
                translate("EngineWords", "no Intel graphics with a compute driver was found"),
            ),
            (
                r"no Intel NPU with a driver was found",
                translate("EngineWords", "no Intel NPU with a driver was found"),
            ),
            (
                r"its driver failed \((?P<detail>.+)\)",
                translate("EngineWords", "its driver failed ({detail})"),
            ),
            (
                r"the pack (?P<pack>.+) is not made for it",
                translate("EngineWords", "the pack {pack} is not made for it"),
            ),
            (
                r"Nearside does not know this kind of device",
                translate("EngineWords", "Nearside does not know this kind of device"),
            ),
        ),
    )


def about_pack(reason: str) -> str:
    """Why a job has no pack, a pack can't be used, or a measurement gave nothing: a sentence."""
    return known(
        reason,
        (
            (r"No pack for it is on this computer\.", translate("EngineWords", "No pack for it is on this computer.")),
            (
                r"The model pack (?P<pack>\S+) is not on this computer\.",
                translate("EngineWords", "The model pack {pack} is not on this computer."),
            ),
            (
                r"The model pack (?P<pack>.+) is damaged: (?P<file>\S+) (?P<detail>.+)\.",
                translate("EngineWords", "The file {file} of it is damaged."),
            ),
            (
                r"(?P<pack>.+) is not a usable model pack: (?P<detail>.+)\.",
                translate("EngineWords", "It is not a usable model pack."),
            ),
        ),
    )


def about_ledger(problem: str, number: int) -> str:
    """Where the chain of the record does not hold: a sentence."""
    said = known(
        problem,
        (
            (
                r"entries (?P<first>\d+) to (?P<last>\d+) are missing",
                translate("EngineWords", "Entries {first} to {last} are missing."),
            ),
            (
                r"entries (?P<first>\d+) to (?P<last>\d+) are missing at the end",
                translate("EngineWords", "Entries {first} to {last} are missing at the end."),
            ),
            (
                r"the entry stands in another place than it was written for",
                translate("EngineWords", "Entry {number} stands in another place than it was written for."),
            ),
            (
                r"the entry or the one before it was changed",
                translate("EngineWords", "Entry {number} or the one before it was changed."),
            ),
            (
                r"the body (?P<digest>.+) was changed",
                translate("EngineWords", "What was sent under {digest} was changed."),
            ),
            (
                r"the file that holds the newest entry's hash is gone or damaged",
                translate("EngineWords", "The file that tells which entry is the newest is gone or damaged."),
            ),
            (
                r"the entry is not the one that was written here",
                translate("EngineWords", "Entry {number} is not the one that was written here."),
            ),
        ),
        number=str(number),
    )
    return said[:1].upper() + said[1:]


def known(sentence: str, table: Known, **facts: str) -> str:
    """The window's words for a sentence of the engine's; the sentence itself where no pattern of `table` fits."""
    for pattern, words in table:
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found is not None:
            return words.format(**found.groupdict(), **facts)
    return sentence
