"""Makes docs/settings.md and docs/errors.md from the code, so that neither says something else than the program."""

from __future__ import annotations

import inspect
from pathlib import Path

from copilot import errors as copilot_errors
from copilot import far_errors
from copilot.settings import schema
from indexer import errors as indexer_errors

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Made from the code by `make docs`. -->\n"


def settings_page() -> str:
    lines = [
        MADE,
        "# Settings\n",
        "`nearside settings list`, `nearside settings set NAME VALUE`, `nearside settings reset NAME`.\n",
    ]
    lines += ["| setting | default | takes | what it does |", "|---|---|---|---|"]
    lines += [
        f"| `{r.name}` | {f'`{r.default}`' if r.default else '(empty)'} | {r.takes} | {r.about} |"
        for r in schema.rows()
    ]
    return "\n".join(lines) + "\n"


def error_types() -> tuple[type[indexer_errors.NearsideError], ...]:
    """Every error that is raised as itself: roots, which have no code of their own, are left out."""
    found = {
        thing
        for module in (indexer_errors, copilot_errors, far_errors)
        for thing in vars(module).values()
        if inspect.isclass(thing) and issubclass(thing, indexer_errors.NearsideError) and "code" in vars(thing)
    }
    return tuple(sorted(found - {indexer_errors.NearsideError}, key=lambda error: (error.exit_code, error.code)))


def errors_page() -> str:
    lines = [
        MADE,
        "# Errors\n",
        "With `--json` an error is printed to standard output:\n",
        '`{"error": {"code", "exit_code", "sentence", "advice", "facts"}}`, facts as pairs of a name and a text.\n',
    ]
    lines += ["| code | exit code | what happened, as it is said |", "|---|---|---|"]
    lines += [f"| `{error.code}` | {error.exit_code} | {_sentence(error)} |" for error in error_types()]
    return "\n".join(lines) + "\n"


def _sentence(error: type[indexer_errors.NearsideError]) -> str:
    """The sentence with its facts as names in braces: made by giving each argument its own name."""
    arguments = [_stand_in(p) for p in list(inspect.signature(error.__init__).parameters.values())[1:]]
    try:
        return error(*arguments).sentence.replace("|", "\\|")
    except (TypeError, ValueError, AttributeError):
        return (inspect.getdoc(error) or error.__name__).splitlines()[0]


def _stand_in(parameter: inspect.Parameter) -> object:
    kind = str(parameter.annotation)
    if kind.startswith("int"):
        return _Number(f"{{{parameter.name}}}")
    if kind.startswith("tuple"):
        return ()
    return f"{{{parameter.name}}}"


class _Number(str):
    """A number whose every rendering is its own name."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return str(self)

    def __truediv__(self, other: float) -> _Number:
        return self


if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    (DOCS / "settings.md").write_text(settings_page(), "utf-8")
    (DOCS / "errors.md").write_text(errors_page(), "utf-8")
