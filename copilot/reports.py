"""What calls give back besides answers and hits: documents as they are shown, pages as pictures, rows, states.

Shapes only: calls.py says which call gives which, the modules that fill them say how.
"""

from __future__ import annotations

from dataclasses import dataclass

from copilot.conversation import Answer, Origin
from copilot.failures import Failure
from copilot.privacy.entries import LedgerEntry, Problem
from indexer.belts import Belt
from indexer.document import Section
from indexer.pictures import Box as Box
from indexer.pictures import PageImage as PageImage
from indexer.pictures import TextLine
from indexer.query import Filter
from indexer.reporter import Progress
from indexer.store.records import Counts, Folder


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What the library holds. `embed_model` is empty when it was indexed by words only."""

    folders: tuple[Folder, ...]
    counts: Counts
    failures: tuple[tuple[str, str, str], ...]
    """(path, state, reason) of every file that could not be read."""
    embed_model: str
    pending: int
    bytes_on_disk: int


@dataclass(frozen=True, slots=True)
class EngineReport:
    """The engine process as it is now."""

    pid: int
    protocol: int
    started_at: float
    """Seconds since the epoch."""
    resident_bytes: int
    loaded: tuple[str, ...]
    """Model packs in memory, each with its device: `qwen2.5-coder-1.5b on CPU`."""
    watching: int
    """Folders whose changes are followed."""
    belts: tuple[Belt, ...] = ()
    """What keeps the engine off the network, and whether it holds."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A file's text as it was read, so that every span of a citation still points at its words.

    `missing`: the file is not on disk any more; `changed`: it differs from what was read. `size` in bytes.
    """

    path: str
    title: str
    format_id: str
    text: str
    sections: tuple[Section, ...]
    size: int
    modified_ns: int
    changed: bool
    missing: bool
    state: str = "indexed"
    """The library's state of the file, a value of indexer.document.FileState."""
    reason: str = ""
    """Why there is no text, where there is none."""
    has_lines: bool = False
    """True when line numbers of `text` are those a text editor shows."""


@dataclass(frozen=True, slots=True)
class FolderReport:
    """A folder of the library with what it holds; `label_forced` when policy decides over it.

    `files` are those on disk that were taken in, members not counted; `bytes` is their size; `missing` when the folder
    is not there now.
    """

    path: str
    label: str
    label_forced: bool
    excludes: tuple[str, ...]
    files: int
    indexed: int
    pending: int
    failed: int
    chunks: int
    bytes: int
    missing: bool
    waiting: int = 0
    """Files and members with a page that waits for text recognition."""


@dataclass(frozen=True, slots=True)
class FolderReports:
    folders: tuple[FolderReport, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file or member as the library knows it. `state` is a value of indexer.document.FileState."""

    path: str
    state: str
    reason: str
    size: int
    modified_ns: int
    chunks: int
    format_id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class FileRows:
    """Some rows of `total` that there are."""

    files: tuple[FileRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """`updated_at` in seconds since the epoch; `turns` is their number."""

    id: str
    title: str
    pinned: bool
    updated_at: float
    turns: int


@dataclass(frozen=True, slots=True)
class Conversations:
    """Pinned ones first, then the latest first."""

    rows: tuple[ConversationRow, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it. `state` is done, stopped, failed, interrupted, or running.

    `partial` is what had been written when it ended without an answer. `asked_at` in seconds since the epoch.
    """

    number: int
    question: str
    scope: Filter
    answer: Answer | None
    partial: str
    asked_at: float
    state: str
    failure: str = ""
    """The code of the error that ended a failed turn."""
    offer: str = ""
    """Id of the offer that this answer came by, for one from a provider; the turn before has the same question."""
    sources: tuple[str, ...] = ()
    """Files that the answer was made from; what it says is as private as they are."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns in order, numbered from 1."""

    id: str
    title: str
    pinned: bool
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """Text that the local model made of a text. `seconds` altogether; `tokens` written."""

    text: str
    origin: Origin
    seconds: float
    tokens: int


@dataclass(frozen=True, slots=True)
class PictureText:
    """What stands in a picture: `lines` in reading order, `text` the same as one text. `seconds` on `device`."""

    lines: tuple[TextLine, ...]
    text: str
    device: str
    seconds: float


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Entries, newest first, of `total` that there are."""

    entries: tuple[LedgerEntry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """Whether the chain of `entries` entries holds."""

    entries: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class SentBody:
    """The exact bytes, None when they are no longer kept."""

    body: bytes | None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A kind of device: `device` as OpenVINO names it, `name` as its maker does, `reason` why it is not there."""

    device: str
    name: str
    available: bool
    reason: str
    memory_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a device that would have been preferred does not run a role."""

    device: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What does a job here. `pack_id` and `device` are empty when nothing can; `reason` says why, and `failure` says it
    with code and facts where an error is the reason.
    """

    role: str
    pack_id: str
    pack_name: str
    device: str
    device_name: str
    refusals: tuple[Refusal, ...]
    loaded: bool
    reason: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class PackRow:
    """A model pack that is here, or that the catalogue knows how to get. `size` in bytes on disk or to fetch.

    `state` is here, fetchable or damaged; `reason` and `failure` say what is wrong with a damaged one.
    """

    id: str
    name: str
    role: str
    version: str
    licence: str
    size: int
    quantization: str
    devices: tuple[str, ...]
    state: str
    default: bool = False
    reason: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class ModelsReport:
    devices: tuple[DeviceRow, ...]
    roles: tuple[RoleRow, ...]
    packs: tuple[PackRow, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """How fast a device writes, measured now. Numbers are None where `reason` says why it can't be measured, and
    `failure` says the same with code and facts.

    `watts` is the whole processor package's mean draw while it wrote, None where the system does not tell.
    """

    device: str
    load_seconds: float | None
    first_token_seconds: float | None
    tokens_per_second: float | None
    watts: float | None
    reason: str = ""
    pack_id: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class EngineState:
    """An event: the engine as it is now, for whoever follows it.

    `indexing` while any run is under way. `paused` when the person paused it; `pause_reason` is empty or says why
    background indexing waits or goes slowly (paused, battery, busy, power_saver). `answer_device` is empty
    while no answer model is loaded. `fresh_at`: end of the last run that finished, in seconds since the epoch; 0 when
    there was none.
    """

    indexing: bool
    paused: bool
    pause_reason: str
    progress: Progress | None
    counts: Counts
    loaded: tuple[str, ...]
    answer_device: str
    fresh_at: float
