"""Source code, scripts and the like, line for line, cut at functions and classes where a line tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.content import Content, FormatResult, Limits
from indexer.document import SectionKind
from indexer.encodings import looks_like_text
from indexer.lines import Mark, lined_result, read_lines

FORMAT_ID = "code"
_PYTHON = (".py", ".pyi", ".pyx", ".pyw")
_BRACES = (
    *(
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".cxx",
        ".hpp",
        ".hh",
        ".cs",
        ".java",
        ".kt",
        ".kts",
        ".scala",
        ".go",
        ".rs",
        ".swift",
    ),
    *(".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".php", ".dart", ".m", ".mm", ".proto", ".groovy", ".gradle"),
)
_OTHERS = (
    *(".rb", ".pl", ".pm", ".lua", ".r", ".jl", ".hs", ".ml", ".ex", ".exs", ".erl", ".clj", ".lisp", ".el", ".scm"),
    *(".sh", ".bash", ".zsh", ".fish", ".ps1", ".psm1", ".bat", ".cmd", ".awk", ".sed", ".vim", ".tcl", ".vbs", ".bas"),
    *(".sql", ".css", ".scss", ".sass", ".less", ".vue", ".svelte", ".cmake", ".mk", ".dockerfile", ".tf", ".nix"),
    *(".asm", ".s", ".f", ".f90", ".pas", ".ada", ".v", ".sv", ".vhd", ".cu", ".cl", ".glsl", ".hlsl", ".qml", ".tex"),
    *(".sty", ".bst", ".diff", ".patch", ".graphql", ".j2", ".jinja", ".y", ".l", ".d", ".zig", ".nim", ".cob", ".cbl"),
)
EXTENSIONS = (*_PYTHON, *_BRACES, *_OTHERS)
MEDIA_TYPES = ("text/x-source", "text/x-python", "text/x-c", "text/javascript", "text/x-shellscript", "text/x-patch")

_NAMES = frozenset(("makefile", "dockerfile", "cmakelists.txt", "jenkinsfile", "rakefile", "gemfile", "vagrantfile"))
_PYTHON_DEFINITION = re.compile(r"^([ \t]{0,8})(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")
_BRACE_TYPE = re.compile(
    r"^(?:[\w@()\[\]<>:]+[ \t]+){0,4}?(?:class|struct|interface|enum|trait|impl|namespace|module|record|object|message)"
    r"[ \t]+(\w[\w:<>, ]{0,60}?)\s*(?:[{(:;]|extends\b|implements\b|for\b|where\b|$)"
)
_GO_METHOD = re.compile(r"^func[ \t]+\([^()]{1,80}\)[ \t]*(\w+)")
_BRACE_FUNCTION = re.compile(
    r"^(?!return\b|else\b|if\b|for\b|while\b|switch\b|case\b|typedef\b|using\b)"
    r"(?:[\w@*&<>\[\]:.]+[ \t*&]+){1,6}?\*?(~?\w[\w:]{0,80})[ \t]*\([^;]{0,300}$"
)
_SCRIPT_FUNCTION = re.compile(
    r"^[ \t]{0,4}(?:(?:sub|function|def|class|module|defun|defmodule|proc|local function|fn|let)[ \t]+([\w:.!?\-]+)"
    r"|([\w\-]+)[ \t]*\(\)[ \t]*\{?[ \t]*$"
    r"|CREATE[ \t]+(?:OR[ \t]+REPLACE[ \t]+)?(?:TABLE|VIEW|FUNCTION|PROCEDURE|INDEX)[ \t]+"
    r"(?:IF[ \t]+NOT[ \t]+EXISTS[ \t]+)?([\w.\"`]+))",
    re.IGNORECASE,
)
_LONGEST_LINE = 400
"""Longer lines are machine-made: no definition starts on them, and a pattern need not look."""


def unavailable() -> str | None:
    return None


def recognizes(head: bytes, name: str) -> bool:
    if not looks_like_text(head):
        return False
    lower = name.lower()
    return lower.endswith(EXTENSIONS) or lower in _NAMES or (head.startswith(b"#!") and "." not in lower)


def extract(content: Content, limits: Limits) -> FormatResult:
    text = read_lines(content, limits)
    lower = content.name.lower()
    marks = _python_marks(text) if lower.endswith(_PYTHON) else _line_marks(text, lower.endswith(_BRACES))
    # The name is the title as it stands: `word_count.py` is not two words to a programmer.
    return lined_result(content, text, marks, content.name)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line and len(line) <= _LONGEST_LINE:
            yield start, line
        start += len(line) + 1


def _python_marks(text: str) -> Iterator[Mark]:
    """Classes and their methods, functions and nested ones to depth two; a decorator belongs to what it decorates."""
    yield Mark(0, (), SectionKind.CODE)
    path: list[tuple[int, str]] = []
    decorated = -1
    for start, line in _lines(text):
        if line.lstrip().startswith("@"):
            decorated = start if decorated < 0 else decorated
            continue
        match = _PYTHON_DEFINITION.match(line)
        if match:
            depth = len(match.group(1).expandtabs(4))
            while path and path[-1][0] >= depth:
                path.pop()
            path.append((depth, match.group(2)))
            yield Mark(decorated if decorated >= 0 else start, tuple(name for _, name in path), SectionKind.CODE)
        elif path and not line[0].isspace() and line[0] not in "#)]}\"'":
            # Back at the left margin: what follows belongs to the module again.
            path.clear()
            yield Mark(start, (), SectionKind.CODE)
        decorated = -1


def _line_marks(text: str, braces: bool) -> Iterator[Mark]:
    """Types and functions that begin at the left margin (or nearly so, in scripts)."""
    yield Mark(0, (), SectionKind.CODE)
    for start, line in _lines(text):
        if braces:
            if line[0].isspace() or line[0] in "#/*{}":
                continue
            match = _BRACE_TYPE.match(line) or _GO_METHOD.match(line) or _BRACE_FUNCTION.match(line)
        else:
            match = _SCRIPT_FUNCTION.match(line)
        if match:
            name = next((group for group in match.groups() if group), "").strip()
            yield Mark(start, (name,) if name else (), SectionKind.CODE)
