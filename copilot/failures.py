"""An error on its way from one process to another: its words and codes, nothing else.

An unexpected error's own text stays where it happened: it may hold what was in a file.
"""

from __future__ import annotations

import msgspec

from indexer.errors import NearsideError


class Failure(msgspec.Struct, frozen=True):
    code: str
    exit_code: int
    sentence: str
    advice: str


class RemoteFailure(NearsideError):
    """An error that happened in another process, with its own sentence, advice, code and exit code."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence, failure.advice)
        self.code = failure.code  # type: ignore[misc]
        self.exit_code = failure.exit_code  # type: ignore[misc]


def failure_of(error: BaseException) -> Failure:
    """What to tell the other side."""
    if isinstance(error, NearsideError):
        return Failure(error.code, error.exit_code, error.sentence, error.advice)
    return Failure(
        "unexpected",
        1,
        f"Something went wrong inside Nearside ({type(error).__name__}).",
        "Try again; if it happens again, the log file that nearside doctor names says where.",
    )
