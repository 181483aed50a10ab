"""A conversation as a file to keep or pass on: Markdown here, PDF by paper.py, Word by word_file.py."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from copilot.given import with_context
from copilot.reports import Conversation
from ui import paper, word_file
from ui.written import Part, source_head, written

translate = QCoreApplication.translate
LONGEST_NAME = 80
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_TAG = re.compile(r"(?<!\\)((?:\\\\)*)<(?=[A-Za-z][\w-]*[\s/]|(?:script|style|svg|math|iframe|img)\b)", re.IGNORECASE)
"""A tag that could load something: one with attributes, or one of a kind that runs or draws by itself."""
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def write(conversation: Conversation, path: str) -> None:
    """The ending says how: .docx, .pdf, anything else Markdown. Raises OSError."""
    target = Path(path)
    match target.suffix.lower():
        case ".docx":
            word_file.write(written(conversation), target)
        case ".pdf":
            paper.write(written(conversation), target)
        case _:
            target.write_text(as_markdown(conversation), "utf-8")


def file_name(title: str) -> str:
    """A title as a file's name that every system takes."""
    name = " ".join(_UNSAFE.sub(" ", title).split())[:LONGEST_NAME].rstrip(". ")
    return translate("Exporting", "Conversation") if not name or _RESERVED.match(name) else name


def as_markdown(conversation: Conversation) -> str:
    told = written(conversation)
    head = [f"# {told.title}", *([f"*{told.when}*"] if told.when else [])]
    return unloading("\n\n".join([*head, *(text for part in told.parts for text in _texts(part) if text)]) + "\n")


def _texts(part: Part) -> tuple[str, ...]:
    asked = with_context(part.question, part.context) if part.question else ""
    quoted = "\n".join(f"> {line}".rstrip() for line in asked.split("\n")) if asked else ""
    sources = "\n".join(f"- {source}" for source in part.sources)
    return quoted, part.text, f"{source_head()}:\n\n{sources}" if sources else "", f"*{part.origin}*"


def unloading(text: str) -> str:
    """Markdown that makes no program load anything when it is opened: images and HTML show as the text they are.

    In code, too, because a hostile text decides where code ends for whom. A file that an answer repeats may have asked
    for an image whose address carries your words away.
    """
    return _TAG.sub(r"\1\\<", text.replace("![", "!\\["))
