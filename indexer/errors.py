"""Everything that can go wrong with files, the index and the store, as types.

An error carries facts as attributes. `sentence` says what happened, `advice` what to do now; both are plain English for
a person and are translated at the edge. Neither ever holds text from inside a file.
"""

from __future__ import annotations

from typing import ClassVar

from indexer.document import FileState


class NearsideError(Exception):
    """Root of every error that a person may see.

    `code` is stable (scripts rely on it) and `exit_code` is what the command line ends with.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice


class IndexerError(NearsideError):
    """Root of what the indexer raises."""


class FolderMissing(IndexerError):
    code = "folder_missing"
    exit_code = 2

    def __init__(self, path: str) -> None:
        super().__init__(
            f"There is no file or folder at {path}.",
            "Check the spelling, or connect the drive it lives on, and try again.",
        )
        self.path = path


class FolderUnreadable(IndexerError):
    code = "folder_unreadable"
    exit_code = 2

    def __init__(self, path: str) -> None:
        super().__init__(
            f"Nearside may not read {path}.", "Give your user account read access to it, or choose another folder."
        )
        self.path = path


class PageUnavailable(IndexerError):
    """`reason` is a sentence."""

    code = "page_unavailable"
    exit_code = 3

    def __init__(self, path: str, page: int, reason: str) -> None:
        super().__init__(f"Page {page} can't be shown. {reason}", "Read the text beside it, or open the file itself.")
        self.path = path
        self.page = page
        self.reason = reason


class QuerySyntax(IndexerError):
    """`position` counts characters from 0 in the query as typed."""

    code = "query_syntax"
    exit_code = 2

    def __init__(self, sentence: str, position: int, advice: str) -> None:
        super().__init__(sentence, advice)
        self.position = position


class EmptyQuery(IndexerError):
    code = "empty_query"
    exit_code = 2

    def __init__(self) -> None:
        super().__init__("There is nothing to search for.", "Type a few words, or a filter such as type:pdf.")


class StoreError(IndexerError):
    """Root of what the store raises. `path` is the library's file."""

    exit_code = 4

    def __init__(self, path: str, sentence: str, advice: str) -> None:
        super().__init__(sentence, advice)
        self.path = path


class StoreLocked(StoreError):
    code = "store_locked"

    def __init__(self, path: str, holder: int | None = None) -> None:
        who = f" (process {holder})" if holder else ""
        super().__init__(
            path,
            f"Another Nearside process{who} is already writing to this library.",
            "Wait until it has finished, or stop it with: nearside engine stop",
        )
        self.holder = holder


class StoreTooNew(StoreError):
    code = "store_too_new"

    def __init__(self, path: str, version: int, supported: int) -> None:
        super().__init__(
            path,
            f"This library was written by a newer Nearside (format {version}; this one reads up to {supported}).",
            "Update Nearside, or set NEARSIDE_HOME to another folder to start a new library.",
        )
        self.version = version
        self.supported = supported


class StoreKeyWrong(StoreError):
    code = "store_key_wrong"

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "The library can't be opened with this key, or it is not a Nearside library.",
            "Restore the key this library was made with; if it is lost, move the library file away and index again.",
        )


class StoreDamaged(StoreError):
    code = "store_damaged"

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(
            path,
            f"The library is damaged: {detail}.",
            "Run: nearside index check --repair. Your own files are not affected; at worst they are indexed again.",
        )
        self.detail = detail


class DiskFull(StoreError):
    code = "disk_full"
    exit_code = 9

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "The disk is full; what was indexed before is kept.",
            "Free some space and run: nearside index run. It goes on where it stopped.",
        )


class ExtractionFailed(IndexerError):
    """One file could not be turned into text. Raised by formats; extraction.py turns it into a state and a reason."""

    code = "extraction_failed"

    def __init__(self, state: FileState, reason: str) -> None:
        super().__init__(reason, "Open the file in its own program to see what is wrong with it.")
        self.state = state
        self.reason = reason


class WorkersFailed(IndexerError):
    code = "workers_failed"

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"The processes that read files could not be started: {detail}.",
            "Close other programs to free memory, then run: nearside index run",
        )
        self.detail = detail
