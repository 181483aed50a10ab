"""What an answer looks like on a terminal and as JSON, whoever gave it."""

from __future__ import annotations

from copilot.cli.screen import err, out, plain
from copilot.conversation import Answer, Citation

SHOWN_CHARACTERS = 240


def show_answer(answer: Answer) -> None:
    """The answer, what it rests on, and where it was made."""
    out.print(plain(answer.text))
    if answer.citations:
        out.print()
        if not answer.found:
            out.print(plain("The nearest passages:", style="dim"))
    for citation in answer.citations:
        out.print(plain(f"[{citation.marker}] {_citation_place(citation)}", style="bold"))
        out.print(plain("    " + shortened(citation.told)))
    origin = answer.origin
    if not answer.found or any(s.support.value == "unsupported" for s in answer.statements):
        err.print(plain(answer.reason, style="dim"))
    seconds = f"{answer.seconds.total:.1f} s"
    if origin.provider:
        err.print(f"{origin.provider}, {origin.model}, {seconds}; ledger entry {answer.ledger_entry}.", style="dim")
    else:
        who = f"{origin.model} on {origin.device}" if origin.model else origin.engine
        err.print(f"{who}, {seconds}, nothing left this computer.", style="dim")


def answer_fields(answer: Answer) -> dict[str, object]:
    """The JSON of `ask`: documented in docs/cli.md, and only grows."""
    return {
        "question": answer.question,
        "answer": answer.text,
        "found": answer.found,
        "citations": [_citation_fields(citation) for citation in answer.citations],
        "statements": [
            {"span": [s.span.start, s.span.end], "support": s.support.value, "markers": s.markers, "reason": s.reason}
            for s in answer.statements
        ],
        "origin": {"engine": answer.origin.engine, "model": answer.origin.model, "device": answer.origin.device},
        "reason": answer.reason,
        "seconds": {
            "retrieve": round(answer.seconds.retrieve, 3),
            "first_token": round(answer.seconds.first_token, 3),
            "total": round(answer.seconds.total, 3),
        },
        "tokens": {"prompt": answer.tokens.prompt, "answer": answer.tokens.answer},
    }


def _citation_fields(citation: Citation) -> dict[str, object]:
    return {
        "marker": citation.marker,
        "path": citation.path,
        "title": citation.title,
        "page": citation.page,
        "slide": citation.slide,
        "sheet": citation.sheet,
        "rows": citation.rows,
        "lines": citation.lines,
        "section": citation.section,
        "span": [citation.span.start, citation.span.end],
        "quote": citation.quote,
        "exact": [citation.marked.start, citation.marked.end],
    }


def _citation_place(citation: Citation) -> str:
    return spot(
        citation.path, citation.page, citation.slide, citation.sheet, citation.rows, citation.lines, citation.section
    )


def spot(
    path: str,
    page: int | None,
    slide: int | None,
    sheet: str | None,
    rows: tuple[int, int] | None,
    lines: tuple[int, int] | None,
    section: str,
) -> str:
    """`/x/report.pdf, page 3 · Costs`."""
    parts = [path]
    if page is not None:
        parts.append(f"page {page}")
    if slide is not None:
        parts.append(f"slide {slide}")
    if sheet:
        parts.append(f"sheet {sheet}")
    if rows is not None:
        parts.append(f"rows {rows[0]}-{rows[1]}")
    elif lines is not None:
        parts.append(f"lines {lines[0]}-{lines[1]}")
    return ", ".join(parts) + (f" · {section}" if section else "")


def shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN_CHARACTERS else flat[: SHOWN_CHARACTERS - 1] + "…"
