"""What the engine says about devices, packs and the ledger, in the window's language. The engine's own sentences are
made for the command line; one that is not known here is shown as the engine said it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate
Known = tuple[tuple[str, str], ...]
"""A pattern of the engine's words, and the window's with the pattern's groups in braces."""


def about_device(reason: str) -> str:
    """Why a device can't be used or doesn't run a job: the end of a sentence. Empty for one that can."""
    if not reason:
        return ""
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
                r"OpenVINO's processor plug-in is missing",
                translate("EngineWords", "OpenVINO's part for the processor is missing"),
            ),
            (
                r"Nearside does not know this kind of device",
                translate("EngineWords", "Nearside does not know this kind of device"),
            ),
        ),
        otherwise=None if speaks_english() else translate("EngineWords", "it can't be used"),
    )


def about_belt(reason: str) -> str:
    """Why one of the measures that keep a process off the network does not hold: the end of a sentence."""
    return known(
        reason,
        (
            (r"it was not put on", translate("EngineWords", "it was not put on")),
            (r"only Linux has it; .*", translate("EngineWords", "only Linux has it; here a firewall rule does this")),
            (r"no network", translate("EngineWords", "this computer has no network")),
            (r"the kernel lets it open a socket", translate("EngineWords", "the system lets it open a connection")),
            (r"the library libseccomp2 is missing.*", translate("EngineWords", "the library libseccomp2 is missing")),
            (r"the kernel refused it.*", translate("EngineWords", "the system refused it")),
        ),
    )


def about_shortcuts(reason: str) -> str:
    """Why shortcuts can't be heard in one way: the end of a sentence. Empty for a way that is another system's."""
    if reason in ("this is not Windows", "it is for Wayland sessions; this one is not"):
        return ""
    return known(
        reason,
        (
            (
                r"this session is Wayland.*",
                translate("EngineWords", "this session is Wayland, where no program hears keys by itself"),
            ),
            (r"there is no X11 server.*", translate("EngineWords", "there is no X11 server to ask")),
            (
                r"this desktop's portal offers no .*",
                translate("EngineWords", "this desktop offers no global shortcuts"),
            ),
            (r"no desktop portal answers.*", translate("EngineWords", "this desktop does not answer")),
        ),
        otherwise=None if speaks_english() else "",
    )


def about_pack(reason: str) -> str:
    """Why a job has no pack: a sentence."""
    return known(
        reason,
        ((r"No pack for it is on this computer\.", translate("EngineWords", "No pack for it is on this computer.")),),
    )


def about_provider(detail: str) -> str:
    """What is wrong with a provider: the end of a sentence."""
    unknown = translate("EngineWords", "something in what it is called, or in its address, is wrong")
    return known(detail, _addresses() + _rules_for_providers(), otherwise=None if speaks_english() else unknown)


def _addresses() -> Known:
    return (
        (r"its address was changed.*", translate("EngineWords", "its address was changed since it was shown")),
        (r"its text is not what.*", translate("EngineWords", "the file with the providers was changed by hand")),
        (
            r"a name has small.*",
            translate("EngineWords", "a name has small letters, digits, dots and dashes, at most 40"),
        ),
        (r"its kind is one of (?P<kinds>.+)", translate("EngineWords", "it has to speak like one of: {kinds}")),
        (r"it needs the name of a model.*", translate("EngineWords", "it needs the name of a model")),
        (
            r"its address must not hold a name.*",
            translate("EngineWords", "its address must not hold a name or password"),
        ),
        (
            r"its address must not hold a key.*",
            translate("EngineWords", "its address must not hold a key; add the key by itself"),
        ),
        (r"its address must begin.*", translate("EngineWords", "its address must begin with https://")),
        (r"its address holds what.*", translate("EngineWords", "its address holds signs that no address has")),
        (r"its address can't be read", translate("EngineWords", "its address can't be read")),
        (r"a key is one word.*", translate("EngineWords", "a key is one word without spaces")),
    )


def _rules_for_providers() -> Known:
    return (
        (
            r"plain http is for.*",
            translate("EngineWords", "without encryption (http) only this computer, or what your IT allows, is asked"),
        ),
        (
            r"your IT department has switched the cloud off",
            translate("EngineWords", "your IT department has switched providers off"),
        ),
        (
            r"your IT department allows other providers only",
            translate("EngineWords", "your IT department allows other providers only"),
        ),
        (
            r"your IT department allows other hosts only",
            translate("EngineWords", "your IT department allows other addresses only"),
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


def known(sentence: str, table: Known, otherwise: str | None = None, **facts: str) -> str:
    """The window's words for a sentence of the engine's; `otherwise`, or the sentence itself, where no pattern of
    `table` fits.
    """
    for pattern, words in table:
        found = re.fullmatch(pattern, sentence, re.DOTALL)
        if found is not None:
            return words.format(**found.groupdict(), **facts)
    return sentence if otherwise is None else otherwise


def speaks_english() -> bool:
    """Whether a sentence of the engine's that is not known here may be shown as it is."""
    return QLocale().language() is QLocale.Language.English
