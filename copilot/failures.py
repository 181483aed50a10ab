"""An error on its way from one process to another: its words and codes, nothing else.

An unexpected error's own text stays where it happened: it may hold what was in a file.
"""

from __future__ import annotations

import msgspec

from indexer.errors import NearsideError


class Failure(msgspec.Struct, frozen=True):
    """`facts` are the error's own attributes as text, by name, so that its sentence can be said in another language.

    A list has its parts joined by ", ", pairs by ": ". An older engine sends none.
    """

    code: str
    exit_code: int
    sentence: str
    advice: str
    facts: tuple[tuple[str, str], ...] = ()


class RemoteFailure(NearsideError):
    """An error that happened in another process, with its own sentence, advice, code and exit code."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence, failure.advice)
        self.facts = failure.facts
        self.code = failure.code  # type: ignore[misc]
        self.exit_code = failure.exit_code  # type: ignore[misc]


def failure_of(error: BaseException) -> Failure:
    """What to tell the other side."""
    if isinstance(error, NearsideError):
        facts = error.facts if isinstance(error, RemoteFailure) else _facts(error)
        return Failure(error.code, error.exit_code, error.sentence, error.advice, facts)
    return Failure(
        "unexpected",
        1,
        f"Something went wrong inside Nearside ({type(error).__name__}).",
        "Try again; if it happens again, the log file that nearside doctor names says where.",
    )


def _facts(error: NearsideError) -> tuple[tuple[str, str], ...]:
    words = ("sentence", "advice")
    return tuple((name, _plain(value)) for name, value in vars(error).items() if name not in words)


def _plain(value: object) -> str:
    if not isinstance(value, tuple | list):
        return str(value)
    pairs = all(isinstance(part, tuple | list) and len(part) == 2 for part in value)
    return ", ".join(": ".join(map(_plain, part)) if pairs else _plain(part) for part in value)
