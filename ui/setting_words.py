"""Settings in plain words: which group each stands in, what it is called, what it does, what its choices are called.

Types, limits and defaults are copilot/settings/schema.py's. One without words here has the schema's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui import wording

translate = QCoreApplication.translate
Words = tuple[str, str]
"""What it is called, and what it does."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the settings page with the settings below it."""

    id: str
    title: str
    words: dict[str, Words]


def groups() -> tuple[Group, ...]:
    return (
        Group("window", translate("Settings", "Window"), _window()),
        Group("shortcuts", translate("Settings", "Shortcuts"), shortcuts()),
        Group("answers", translate("Settings", "Answers"), _answers()),
        Group("reading", translate("Settings", "Reading files"), _reading()),
        Group("leaving", translate("Settings", "What may leave"), leaving()),
    )


def _window() -> dict[str, Words]:
    return {
        "theme": (translate("Settings", "Look"), translate("Settings", "Light, dark, or as your desktop has it.")),
        "text_size": (translate("Settings", "Text size"), translate("Settings", "In percent of the usual size.")),
        "language": (translate("Settings", "Language"), translate("Settings", "Of the window, not of your files.")),
        "reduced_motion": (
            translate("Settings", "Less motion"),
            translate("Settings", "Changes show at once, without movement."),
        ),
        "keep_running": (
            translate("Settings", "Stay in the tray"),
            translate("Settings", "Closing the window leaves Nearside ready for the quick bar."),
        ),
        "autostart": (
            translate("Settings", "Start when you sign in"),
            translate("Settings", "Nearside waits in the tray, without a window."),
        ),
    }


def shortcuts() -> dict[str, Words]:
    selected = translate("Settings", "For the text that is selected in any program.")
    return {
        "quick_shortcut": (
            translate("Settings", "Quick bar"),
            translate("Settings", "Brings up the quick bar over any program."),
        ),
        "region_shortcut": (
            translate("Settings", "Read the screen"),
            translate("Settings", "Mark a part of the screen; the text in it comes into the quick bar."),
        ),
        "summarize_shortcut": (translate("Settings", "Summarize"), selected),
        "translate_shortcut": (translate("Settings", "Translate"), selected),
        "rewrite_shortcut": (translate("Settings", "Rewrite"), selected),
        "explain_shortcut": (translate("Settings", "Explain"), selected),
    }


def _answers() -> dict[str, Words]:
    return {
        "answer_device": (
            translate("Settings", "Device that answers"),
            translate("Settings", "Automatic takes the best one that works; the answer always says which it was."),
        ),
        "answer_pack": (
            translate("Settings", "Model that answers"),
            translate("Settings", "More of them are on the Models page."),
        ),
        "answer_tokens": (
            translate("Settings", "Longest answer"),
            translate("Settings", "In tokens; a token is about three quarters of a word."),
        ),
        "passages": (
            translate("Settings", "Passages per answer"),
            translate("Settings", "More of them take longer and can find more."),
        ),
        "rerank": (
            translate("Settings", "Sort passages again"),
            translate("Settings", "A second model looks at them once more, where its pack is here."),
        ),
        "unload_minutes": (
            translate("Settings", "Free the memory after"),
            translate("Settings", "Minutes after the last question; the next one loads the model again."),
        ),
    }


def _reading() -> dict[str, Words]:
    return {
        "watch": (
            translate("Settings", "Follow changes"),
            translate("Settings", "New and changed files are read by themselves."),
        ),
        "pace_battery_percent": (
            translate("Settings", "Wait on battery below"),
            translate("Settings", "Charge in percent below which indexing waits; 0 never waits."),
        ),
        "pace_cpu_percent": (
            translate("Settings", "Slow down when busy"),
            translate("Settings", "When other programs take more of the processor than this, indexing goes slowly."),
        ),
        "pace_power_saver": (
            translate("Settings", "Wait in power saver"),
            translate("Settings", "Indexing goes on once the power saver is off."),
        ),
        "pace_full_screen": (
            translate("Settings", "Wait behind full screens"),
            translate("Settings", "Indexing waits while a presentation, a film or a game fills the screen."),
        ),
        "embed_device": (
            translate("Settings", "Device that reads"),
            translate("Settings", "Automatic takes the best one that works."),
        ),
        "embed_pack": (
            translate("Settings", "Model that compares meanings"),
            translate("Settings", "Another one reads everything again; until then the old index answers."),
        ),
        "index_workers": (
            translate("Settings", "Files read side by side"),
            translate("Settings", "More are faster and take more memory."),
        ),
        "file_megabytes": (
            translate("Settings", "Largest file"),
            translate("Settings", "In MB. Larger files are left out and listed in the library."),
        ),
        "file_seconds": (
            translate("Settings", "Longest time for a file"),
            translate("Settings", "Seconds after which reading it is given up."),
        ),
    }


def leaving() -> dict[str, Words]:
    return {
        "cloud_mode": (
            translate("Settings", "Ask elsewhere"),
            translate("Settings", "Whether a provider is offered when your files or the model here can't answer."),
        ),
        "send": (
            translate("Settings", "What an offer holds"),
            translate("Settings", "You can choose anew each time, and you see every word first."),
        ),
        "redact_also": (
            translate("Settings", "Your own words"),
            translate("Settings", "Names and words that are always replaced, one a line."),
        ),
        "redact_amounts": (
            translate("Settings", "Replace amounts"),
            translate("Settings", "Sums of money, besides names, numbers and addresses."),
        ),
        "redact_dates": (
            translate("Settings", "Replace dates"),
            translate("Settings", "Days, months and years, besides names, numbers and addresses."),
        ),
        "monthly_budget": (
            translate("Settings", "Budget for a month"),
            translate("Settings", "In the provider's currency; 0 sets none. When it is spent nothing is offered."),
        ),
        "budget_warning": (
            translate("Settings", "Warn from"),
            translate("Settings", "Part of the budget from which every offer says how much is left."),
        ),
        "cloud_answer_tokens": (
            translate("Settings", "Longest answer from a provider"),
            translate("Settings", "In tokens; it limits what an answer can cost."),
        ),
        "keep_sent_days": (
            translate("Settings", "Keep what was sent"),
            translate("Settings", "Days for which you can read back what was offered or sent; 0 keeps it an hour."),
        ),
    }


def title(name: str) -> str:
    """What a setting is called; empty for one without words of its own."""
    named = {setting: words for group in groups() for setting, words in group.words.items()}
    return (named | policy_words()).get(name, ("", ""))[0]


def policy_words() -> dict[str, Words]:
    """What only an organization sets, as it is said to the person whom it concerns."""
    empty = translate("Settings", "Where none is named, all may be.")
    return {
        "cloud_allowed": (
            translate("Settings", "Cloud providers"),
            translate("Settings", "Whether anything may be offered or sent at all."),
        ),
        "providers_allowed": (translate("Settings", "Providers that may be used"), empty),
        "hosts_allowed": (translate("Settings", "Addresses that may be sent to"), empty),
        "plain_http_hosts": (
            translate("Settings", "Addresses without encryption"),
            translate("Settings", "Besides this computer itself."),
        ),
        "inside_hosts": (
            translate("Settings", "Addresses inside your company"),
            translate("Settings", "Text of every folder may be offered to them."),
        ),
        "sending_allowed": (
            translate("Settings", "Ways of sending"),
            translate("Settings", "What an offer may hold."),
        ),
        "unattended": (
            translate("Settings", "Sending by scripts"),
            translate("Settings", "Whether something may be sent without a person who decides."),
        ),
        "forced_labels": (
            translate("Settings", "What may leave, by folder"),
            translate("Settings", "Stronger than what you choose for these folders and files."),
        ),
        "forced_redaction": (
            translate("Settings", "Always replaced"),
            translate("Settings", "Private data that is replaced before anything is offered."),
        ),
        "pack_sources": (
            translate("Settings", "Sources of model packs"),
            translate("Settings", "Where none is named, packs come as files."),
        ),
    } | _policy_on_this_computer()


def _policy_on_this_computer() -> dict[str, Words]:
    return {
        "folders_allowed": (
            translate("Settings", "Folders that may be read"),
            translate("Settings", "With all that is in them; where none is named, all may be."),
        ),
        "folders_denied": (
            translate("Settings", "Folders that are never read"),
            translate("Settings", "What was known of them is forgotten."),
        ),
        "updates_allowed": (
            translate("Settings", "Looking for updates"),
            translate("Settings", "Nearside does not look for any today."),
        ),
        "diagnostics_allowed": (
            translate("Settings", "Reports about this computer"),
            translate("Settings", "Whether Nearside may say how this computer is doing."),
        ),
    }


def choice_words(name: str, value: str) -> str:
    """What a choice is called."""
    if name in ("send", "sending_allowed"):
        return wording.sending(value)
    if name == "forced_redaction":
        return wording.finding_kind(value)
    if name.endswith("_device") and value != "auto":
        return wording.device(value)
    return {
        "auto": translate("Settings", "Automatic"),
        "system": translate("Settings", "As the desktop"),
        "light": translate("Settings", "Light"),
        "dark": translate("Settings", "Dark"),
        "contrast": translate("Settings", "High contrast"),
        "en": "English",
        "zh": "简体中文",
        "zh_CN": "简体中文",
        "local": translate("Settings", "Never"),
        "offer": translate("Settings", "Offer it, and I decide"),
        "registry": translate("Settings", "Package registry"),
    }.get(value, value)


def suffix(name: str) -> str:
    """The unit behind a number."""
    return {
        "text_size": " %",
        "pace_battery_percent": " %",
        "pace_cpu_percent": " %",
        "file_megabytes": " MB",
        "file_seconds": " s",
        "unload_minutes": translate("Settings", " min"),
        "keep_sent_days": translate("Settings", " days"),
    }.get(name, "")
