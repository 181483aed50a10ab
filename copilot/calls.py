"""What can be asked of a Copilot, as data: one frozen dataclass a call, each naming the type of its result.

The window, the command line and the pipe all speak these; app.py answers them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, get_args

from copilot.conversation import Answer, Question
from copilot.privacy.boundary import Labels
from copilot.privacy.consent import ConsentRequest
from copilot.reports import (
    Composed,
    Conversation,
    Conversations,
    DocumentView,
    EngineReport,
    FileRows,
    FolderReports,
    LedgerCheck,
    LedgerPage,
    LibraryStatus,
    Measured,
    ModelsReport,
    PageImage,
    PictureText,
    SentBody,
)
from indexer.pictures import Picture
from indexer.query import Hit
from indexer.reporter import Reporter
from indexer.runs import PagesRead, RunSummary
from indexer.store.records import CheckReport

R = TypeVar("R")


class Call(Generic[R]):
    """Root of the calls; R is what the call gives."""

    __slots__ = ()


class Performer(Protocol):
    """Whoever answers calls: app.Copilot in this process, host.client.RemoteCopilot at the end of a pipe."""

    def perform(self, call: Call[R], reporter: Reporter) -> R: ...


@dataclass(frozen=True, slots=True)
class Removed:
    """How many folders and files the library forgot. Nothing on disk is touched."""

    folders: int
    files: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of a search. `note` says what was missing from it, such as vectors, or nothing."""

    query: str
    hits: tuple[Hit, ...]
    seconds: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A call that gives nothing but its end."""


@dataclass(frozen=True, slots=True)
class AddFolders(Call[RunSummary]):
    """Take folders (or single files) into the library and read them. `words_only` leaves vectors for later.

    `waited_for`: somebody stands and waits, so the run goes on at full speed on battery and beside others' work, too.
    """

    paths: tuple[str, ...]
    excludes: tuple[str, ...] = ()
    words_only: bool = False
    waited_for: bool = False


@dataclass(frozen=True, slots=True)
class RemoveFolders(Call[Removed]):
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunIndex(Call[RunSummary]):
    """Bring the library up to date with its folders, or with `paths` alone; files that failed are tried again when
    they are named. `waited_for` as in AddFolders."""

    paths: tuple[str, ...] = ()
    words_only: bool = False
    waited_for: bool = False


@dataclass(frozen=True, slots=True)
class ReadWaiting(Call[PagesRead]):
    """Read the pictures and scanned pages that wait at or below `paths` (none: everywhere), now and at full speed,
    whatever the rules for background work say. Raises RecognizerMissing where there is no recognizer pack."""

    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GetStatus(Call[LibraryStatus]):
    pass


@dataclass(frozen=True, slots=True)
class CheckLibrary(Call[CheckReport]):
    repair: bool = False


@dataclass(frozen=True, slots=True)
class Search(Call[Found]):
    """`text` as the person typed it, filters included. With `at_once` no model is waited for: what is not in memory
    yet begins to load, and this search goes without it."""

    text: str
    top_k: int = 10
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Ask(Call[Answer]):
    """With a `conversation_id` (any text the asker makes up) the turn is saved as it goes, and a question without
    history takes it from the turns that are saved."""

    question: Question
    conversation_id: str = ""


@dataclass(frozen=True, slots=True)
class Offer(Call[ConsentRequest]):
    """Try here, then make the request that would go to a provider (empty: the only or first one). Nothing is sent.

    `send` is question, passages or sketch; empty takes the setting. `conversation_id` binds consents to it, and keeps
    stand-ins the same. `add` are words to replace besides, `lift` what is left as it is, as `swaps` name it.
    """

    question: Question
    provider: str = ""
    send: str = ""
    conversation_id: str = ""
    add: tuple[str, ...] = ()
    lift: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revise(Call[ConsentRequest]):
    """The offer `request_id` once more with words replaced besides (`add`) or left as they are (`lift`), at once and
    without asking the local model again. The older offer stays as it was, to be decided or not.
    """

    request_id: str
    add: tuple[str, ...] = ()
    lift: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decide(Call[Answer]):
    """What the person said to an offer, about the body with this digest. A yes sends it and gives the answer."""

    request_id: str
    digest: str
    decision: str


@dataclass(frozen=True, slots=True)
class TryProvider(Call[Answer]):
    """Send a fixed line without anything of the person's, to see whether address, key and model work."""

    provider: str


@dataclass(frozen=True, slots=True)
class SetLabel(Call[Labels]):
    """What may leave a folder or what matches a pattern: local, ask or redacted; empty takes the rule away."""

    pattern: str
    label: str


@dataclass(frozen=True, slots=True)
class ChangeFolder(Call[RunSummary]):
    """Other excludes for a folder of the library, and a run that follows them."""

    path: str
    excludes: tuple[str, ...]
    waited_for: bool = False


@dataclass(frozen=True, slots=True)
class GetFolders(Call[FolderReports]):
    pass


@dataclass(frozen=True, slots=True)
class ListFiles(Call[FileRows]):
    """Files below `folder` (empty: all), in a `state` (a FileState, or `failed` for all that gave no text), whose path
    has `text`. By path."""

    folder: str = ""
    state: str = ""
    text: str = ""
    limit: int = 500


@dataclass(frozen=True, slots=True)
class FindFiles(Call[FileRows]):
    """Files by their names alone, best first: what can be shown at every key."""

    text: str
    top_k: int = 8


@dataclass(frozen=True, slots=True)
class GetDocument(Call[DocumentView]):
    """A file or member `outer!/inner` as it was read. Raises FileUnknown for one that is not in the library."""

    path: str


@dataclass(frozen=True, slots=True)
class RenderPage(Call[PageImage]):
    """A page (1-based) of a PDF, `width` pixels wide, with the places of `quote` on it; `around` is the passage that
    the quote is from, and tells which place is meant where its words stand more than once."""

    path: str
    page: int
    width: int
    quote: str = ""
    around: str = ""


@dataclass(frozen=True, slots=True)
class ListConversations(Call[Conversations]):
    """Saved conversations; with `text`, those that have it in their title or turns."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class GetConversation(Call[Conversation]):
    id: str


@dataclass(frozen=True, slots=True)
class RenameConversation(Call[Done]):
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class PinConversation(Call[Done]):
    id: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class DeleteConversation(Call[Done]):
    """For good: its text is overwritten on disk."""

    id: str


@dataclass(frozen=True, slots=True)
class DropTurns(Call[Done]):
    """Forget the turns from number `first` on, so that the question can be asked anew."""

    id: str
    first: int


@dataclass(frozen=True, slots=True)
class Compose(Call[Composed]):
    """summarize, translate, rewrite or explain a text with the local model alone.

    `language` is the tag of the result's language: en, zh, ...; empty takes the other of English and Chinese for a
    translation and the text's own for the rest.
    """

    action: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReadPicture(Call[PictureText]):
    """Recognize the text in a picture. Raises RecognizerMissing, PictureUnusable, ModelError."""

    picture: Picture


@dataclass(frozen=True, slots=True)
class GetLedger(Call[LedgerPage]):
    """Entries before number `before` (0: the newest), newest first."""

    limit: int = 500
    before: int = 0


@dataclass(frozen=True, slots=True)
class VerifyLedger(Call[LedgerCheck]):
    pass


@dataclass(frozen=True, slots=True)
class GetSent(Call[SentBody]):
    """What was sent under a digest, while it is kept."""

    digest: str


@dataclass(frozen=True, slots=True)
class GetModels(Call[ModelsReport]):
    pass


@dataclass(frozen=True, slots=True)
class MeasureDevice(Call[Measured]):
    """Load the answer pack on a device (CPU, GPU, NPU) and time it; takes up to a minute."""

    device: str


@dataclass(frozen=True, slots=True)
class SetPause(Call[Done]):
    """Hold all indexing, whoever asked for it, or let it go on. Not kept beyond the engine's life."""

    paused: bool


@dataclass(frozen=True, slots=True)
class FillsScreen(Call[Done]):
    """A program fills the screen: stays open as long as that is so, and ends with its client. Indexing that nobody
    waits for waits meanwhile, where the setting says so."""


@dataclass(frozen=True, slots=True)
class Follow(Call[Done]):
    """Stays open until it is cancelled and reports an EngineState at once and whenever something changed."""


@dataclass(frozen=True, slots=True)
class ReloadSettings(Call[Done]):
    """Read the settings again; what they change takes effect from the next piece of work on."""


@dataclass(frozen=True, slots=True)
class GetEngine(Call[EngineReport]):
    pass


@dataclass(frozen=True, slots=True)
class StopEngine(Call[Done]):
    pass


CALLS: dict[str, type[Call[Any]]] = {
    name: kind
    for name, kind in vars().items()
    if isinstance(kind, type) and issubclass(kind, Call) and kind is not Call
}
"""Every call above, by its name on the wire."""


def result_type(call: type[Call[Any]]) -> type[Any]:
    """What a call gives, read off its declaration."""
    (base,) = call.__orig_bases__  # type: ignore[attr-defined]
    (result,) = get_args(base)
    return result  # type: ignore[no-any-return]
