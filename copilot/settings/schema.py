"""Every setting: its name, type, default, limits and what it does, in one table. Policies force values of this table.

The settings file, `docs/settings.md`, the command line, the installers' policy templates and the settings page are made
from it. No reading here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from copilot.errors import SettingInvalid

SCHEMA_VERSION = 1

DEVICES = ("auto", "CPU", "GPU", "NPU")
LABELS = ("local", "ask", "redacted")
SHORTCUT = "keys such as Ctrl+Alt+Space, or nothing"
THEMES = ("system", "light", "dark", "contrast")
LANGUAGES = ("system", "en", "zh_CN")
SENDING = ("question", "passages", "sketch")
REDACTION_KINDS = (
    *("address", "amount", "card", "date", "email", "iban", "ip", "national_id", "organization", "passport", "person"),
    *("phone", "plate", "secret", "term", "url"),
)
"""What the room privacy/detectors/ finds, and `term`, the person's own words; a test holds the two together."""

Value = bool | int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _About:
    """What stands beside a default: the words, the limits, and whether only policy may set it."""

    text: str
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0
    takes: str = ""
    policy_only: bool = False


def _setting(default: Any, text: str, **limits: Any) -> Any:
    return field(default=default, metadata={"about": _About(text, **limits)})


@dataclass(frozen=True, slots=True)
class Settings:
    """Values in force. Names are what the settings file, policies and `nearside settings` use."""

    answer_device: str = _setting(
        "auto", "Device that writes answers; auto takes the best that works.", choices=DEVICES
    )
    embed_device: str = _setting("auto", "Device that reads files into the index.", choices=DEVICES)
    answer_pack: str = _setting("", "Model pack that writes answers; empty takes the best one on this computer.")
    embed_pack: str = _setting("", "Model pack that reads files into the index; empty takes the best one here.")
    rerank: bool = _setting(False, "Let a reranker pack, where there is one, sort the passages again.")
    answer_tokens: int = _setting(256, "Longest answer, in tokens.", low=32, high=2048)
    passages: int = _setting(6, "Passages that an answer is looked for in.", low=1, high=20)
    index_workers: int = _setting(2, "Processes that read files side by side.", low=1, high=16)
    file_megabytes: int = _setting(64, "Files larger than this many MB are skipped.", low=1, high=4096)
    file_seconds: int = _setting(30, "Processor seconds after which reading one file is given up.", low=1, high=600)
    unload_minutes: int = _setting(
        10, "Minutes after the last question at which the engine frees the answer model.", low=1, high=1440
    )
    watch: bool = _setting(True, "Follow changes in the folders while the engine runs.")
    pace_battery_percent: int = _setting(
        50, "On battery, indexing that nobody waits for waits below this charge, in percent.", low=0, high=100
    )
    pace_cpu_percent: int = _setting(
        80, "Indexing goes slowly while other programs take more of the processor than this, in percent.", high=100
    )
    pace_power_saver: bool = _setting(True, "Indexing waits while the system saves power.")
    pace_full_screen: bool = _setting(
        True, "Indexing waits while a program fills the screen: a presentation, a film, a game."
    )

    cloud_mode: str = _setting(
        "offer",
        "local: never offer the cloud. offer: offer it when the files or the local model can't answer.",
        choices=("local", "offer"),
    )
    send: str = _setting("passages", "What an offer holds when nothing else is said.", choices=SENDING)
    cloud_answer_tokens: int = _setting(700, "Longest answer from a cloud provider, in tokens.", low=32, high=8192)
    monthly_budget: float = _setting(
        0.0, "Most that a month's answers may cost, in the provider's currency; 0: no budget.", high=1e6
    )
    budget_warning: float = _setting(0.8, "Part of the budget from which every offer warns.", low=0.1, high=1.0)
    keep_sent_days: int = _setting(
        30, "Days for which what was offered or sent can be read back in the ledger; 0: an hour.", low=0, high=3650
    )
    redact_also: tuple[str, ...] = _setting(
        (), "Words and names of your own that never leave, besides what is recognized."
    )
    redact_amounts: bool = _setting(False, "Replace amounts of money, too.")
    redact_dates: bool = _setting(False, "Replace dates, too.")

    theme: str = _setting("system", "How the window looks; system follows the desktop.", choices=THEMES)
    text_size: int = _setting(100, "Size of the window's text, in percent.", low=100, high=200)
    language: str = _setting("system", "Language of the window; system follows the desktop.", choices=LANGUAGES)
    reduced_motion: bool = _setting(False, "Show changes in the window at once, without movement.")
    keep_running: bool = _setting(True, "Closing the window leaves Nearside in the tray, ready for the quick bar.")
    autostart: bool = _setting(False, "Start Nearside, out of sight, when you sign in to this computer.")
    quick_shortcut: str = _setting(
        "Ctrl+Alt+Space", "Keys that bring up the quick bar over any program; empty: none.", takes=SHORTCUT
    )
    region_shortcut: str = _setting(
        "", "Keys that read text from a part of the screen into the quick bar.", takes=SHORTCUT
    )
    summarize_shortcut: str = _setting("", "Keys that summarize the text selected in any program.", takes=SHORTCUT)
    translate_shortcut: str = _setting("", "Keys that translate the text selected in any program.", takes=SHORTCUT)
    rewrite_shortcut: str = _setting("", "Keys that rewrite the text selected in any program.", takes=SHORTCUT)
    explain_shortcut: str = _setting("", "Keys that explain the text selected in any program.", takes=SHORTCUT)

    cloud_allowed: bool = _setting(True, "Whether cloud providers may be used at all.", policy_only=True)
    providers_allowed: tuple[str, ...] = _setting(
        (), "Names of providers that may be used; empty: all.", policy_only=True
    )
    hosts_allowed: tuple[str, ...] = _setting(
        (), "Hosts that may be sent to, `*.example.com` for all below; empty: all.", policy_only=True
    )
    plain_http_hosts: tuple[str, ...] = _setting(
        (), "Hosts that may be reached without encryption, besides this computer.", policy_only=True
    )
    inside_hosts: tuple[str, ...] = _setting(
        (),
        "Hosts of your company that count as inside the boundary: labels don't hold text back from them.",
        policy_only=True,
    )
    sending_allowed: tuple[str, ...] = _setting(SENDING, "What may be sent.", choices=SENDING, policy_only=True)
    unattended: bool = _setting(False, "Whether scripts may send without a person who decides.", policy_only=True)
    forced_labels: tuple[str, ...] = _setting(
        (), "Labels by folder or pattern, as `PATTERN=local`, over what the person chose.", policy_only=True
    )
    forced_redaction: tuple[str, ...] = _setting(
        (),
        "Kinds of private data that are always replaced, amounts and dates too, and whose replacement can't be lifted.",
        choices=REDACTION_KINDS,
        policy_only=True,
    )
    pack_sources: tuple[str, ...] = _setting(
        ("registry",),
        "Where model packs may be fetched from; with none they come by `nearside models add` alone.",
        choices=("registry",),
        policy_only=True,
    )
    folders_allowed: tuple[str, ...] = _setting(
        (),
        "Folders that may be indexed, with all below them; `~` is the person's own folder; empty: all.",
        policy_only=True,
    )
    folders_denied: tuple[str, ...] = _setting(
        (),
        "Folders and files that may not be indexed, whatever else allows them; what was known of them is forgotten.",
        policy_only=True,
    )
    updates_allowed: bool = _setting(
        True, "Whether the program may look for updates. Today's program never does.", policy_only=True
    )
    diagnostics_allowed: bool = _setting(True, "Whether `nearside doctor` may make its report.", policy_only=True)


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One line of the table, as documents and pages show it. `low` and `high` are a number's limits."""

    name: str
    kind: str
    default: str
    takes: str
    about: str
    policy_only: bool
    choices: tuple[str, ...] = ()
    low: float = 0
    high: float = 0


def rows() -> tuple[SettingRow, ...]:
    return tuple(_row(f, _about(f)) for f in fields(Settings))


def _row(f: Any, about: _About) -> SettingRow:
    kind, default = type(f.default).__name__, plain(f.default)
    return SettingRow(
        f.name, kind, default, _takes(f), about.text, about.policy_only, about.choices, about.low, about.high
    )


def names() -> tuple[str, ...]:
    return tuple(f.name for f in fields(Settings))


def set_by_policy_only(name: str) -> bool:
    """Whether a person's own settings file has no say in it; False for a name that is no setting."""
    return any(f.name == name and _about(f).policy_only for f in fields(Settings))


def plain(value: object) -> str:
    """A value as a person types it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def parse(name: str, text: str) -> Value:
    """The typed value of `text`, which a person typed. Raises SettingInvalid; also for what only policy may set."""
    setting = _field(name, text)
    if _about(setting).policy_only:
        raise SettingInvalid(name, text, "its value from your IT department's policy only")
    stripped = text.strip()
    value: object = text
    match setting.default:
        case bool():
            value = {"true": True, "false": False, "yes": True, "no": False}.get(stripped.lower(), text)
        case int():
            value = int(stripped) if stripped.lstrip("-").isdigit() else text
        case float():
            value = _number(stripped)
        case tuple():
            value = tuple(part.strip() for part in text.split(",") if part.strip())
    return checked(name, value)


def checked(name: str, value: object) -> Value:
    """`value`, lists as tuples, if the setting can take it. Raises SettingInvalid with what it takes instead."""
    setting = _field(name, value)
    about = _about(setting)
    match setting.default:
        case bool():
            good = isinstance(value, bool)
        case int():
            good = isinstance(value, int) and not isinstance(value, bool) and about.low <= value <= about.high
        case float():
            good = isinstance(value, int | float) and not isinstance(value, bool) and about.low <= value <= about.high
        case tuple():
            value = tuple(value) if isinstance(value, list) else value
            good = isinstance(value, tuple) and all(
                isinstance(part, str) and (not about.choices or part in about.choices) for part in value
            )
        case _:
            good = isinstance(value, str) and (not about.choices or value in about.choices)
    if not good:
        raise SettingInvalid(name, str(value), _takes(setting))
    return value  # type: ignore[return-value]


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _field(name: str, value: object) -> Any:
    for candidate in fields(Settings):
        if candidate.name == name:
            return candidate
    raise SettingInvalid(name, str(value), f"no value: there is no such setting. Known: {', '.join(names())}")


def _about(setting: Any) -> _About:
    about: _About = setting.metadata["about"]
    return about


def _takes(setting: Any) -> str:
    about = _about(setting)
    if about.takes:
        return about.takes
    match setting.default:
        case bool():
            return "true or false"
        case int() | float():
            return (
                f"a {'whole ' if isinstance(setting.default, int) else ''}number from {about.low:g} to {about.high:g}"
            )
        case tuple() if about.choices:
            return "any of " + ", ".join(about.choices) + ", separated by commas"
        case tuple():
            return "a list, separated by commas"
    return "one of " + ", ".join(about.choices) if about.choices else "the name of a model pack, or nothing"
