"""What extraction makes of a file, as text that a person can review: the golden files beside the samples.

`python -m tests.contracts.golden` writes those that are missing; delete one to have it written anew, and read it.
"""

from __future__ import annotations

from pathlib import Path

from indexer.content import Limits
from indexer.document import MEMBER_SEPARATOR, Document, Extracted, Section
from indexer.extraction import extract

SAMPLES = Path(__file__).parents[1] / "samples"
ENDING = ".golden.txt"


def samples() -> tuple[Path, ...]:
    """Every sample of every format: all files in `samples/<format_id>/` but golden texts and licences."""
    found = (path for path in SAMPLES.glob("*/*") if path.is_file())
    return tuple(sorted(p for p in found if not p.name.endswith(ENDING) and not p.name.startswith("LICENSE")))


def golden_of(sample: Path) -> Path:
    return sample.with_name(sample.name + ENDING)


def render(sample: Path) -> str:
    """All documents of one sample: a line for the file, a line for each section's place, then the section's text."""
    return "\n".join(_file(extracted, sample) for extracted in extract(str(sample), Limits()))


def _file(extracted: Extracted, sample: Path) -> str:
    member = extracted.source.path.removeprefix(str(sample)).removeprefix(MEMBER_SEPARATOR)
    name = f"=== {sample.name} {MEMBER_SEPARATOR} {member}" if member else f"=== {sample.name}"
    document = extracted.document
    if document is None or extracted.unread:
        pages = "".join(f" {page}" for page in extracted.unread)
        return f"{name}\n{extracted.state.value}{pages}: {extracted.reason}\n"
    lines = " lines" if document.has_lines else ""
    return f"{name}\n{document.format_id} [{document.language}]{lines} {document.title}\n{_sections(document)}"


def _sections(document: Document) -> str:
    return "".join(
        f"--- {_place(section)}\n{document.text[section.span.start : section.span.end]}\n"
        for section in document.sections
    )


def _place(section: Section) -> str:
    parts = [section.kind.value, *(["/".join(section.heading)] if section.heading else [])]
    for name in ("page", "slide", "sheet", "first_row", "header"):
        value = getattr(section, name)
        if value not in (None, ""):
            parts.append(f"{name}={value}")
    return " ".join(parts)


def main() -> None:
    for sample in samples():
        if not golden_of(sample).exists():
            golden_of(sample).write_text(render(sample), "utf-8", newline="\n")
            print(golden_of(sample).relative_to(SAMPLES))


if __name__ == "__main__":
    main()
