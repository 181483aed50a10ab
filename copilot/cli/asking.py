"""`nearside search`, `ask` and `chat`: from a few words or a question to hits and a cited answer."""

from __future__ import annotations

import time
from pathlib import Path

import click
from rich.live import Live
from rich.text import Text

from copilot.calls import Ask, Performer, Search
from copilot.cli.screen import err, json_option, out, performer, print_json, reporting
from copilot.conversation import Answer, Citation, Message, Question, Role
from indexer.query import Filter, Hit
from indexer.reporter import Cancelled

SHOWN_CHARACTERS = 240
REMEMBERED_TURNS = 6


@click.command()
@click.argument("query")
@click.option("--top-k", default=10, show_default=True, type=click.IntRange(1, 200), help="How many hits at the most.")
@json_option
def search(query: str, top_k: int, as_json: bool) -> None:
    """Find passages by words and by meaning.

    Filters: type:pdf in:Contracts after:2026-01-01 "exact phrase" -word name:budget
    """
    with performer() as copilot, reporting(as_json=as_json) as reporter:
        found = copilot.perform(Search(query, top_k), reporter)
    if as_json:
        print_json(
            {"query": found.query, "hits": [_hit_fields(hit) for hit in found.hits], "seconds": round(found.seconds, 4)}
        )
        return
    if found.note:
        err.print(found.note)
    for hit in found.hits:
        out.print(Text(f"{hit.rank}. {_place(hit)}", style="bold"))
        out.print(Text("   " + _shortened(hit.chunk.text)))
    if not found.hits:
        out.print("Nothing found.")
    err.print(f"{len(found.hits)} hits in {found.seconds * 1000:.0f} ms", style="dim")


@click.command()
@click.argument("question")
@click.option("--top-k", default=0, type=click.IntRange(0, 20), help="Passages to look into; 0 takes the setting.")
@click.option("--in", "folders", multiple=True, metavar="FOLDER", help="Look only into this folder or file.")
@json_option
def ask(question: str, top_k: int, folders: tuple[str, ...], as_json: bool) -> None:
    """Answer a question from your files, with the passages it rests on."""
    with performer() as copilot:
        answer = _ask(copilot, _question(question, top_k, folders), as_json)
    if as_json:
        print_json(answer_fields(answer))
    else:
        show_answer(answer)


@click.command()
@click.option("--in", "folders", multiple=True, metavar="FOLDER", help="Look only into this folder or file.")
def chat(folders: tuple[str, ...]) -> None:
    """Ask, and ask on: follow-up questions know what was said before. An empty line or Ctrl+D ends it."""
    history: tuple[Message, ...] = ()
    with performer() as copilot:
        while True:
            try:
                text = click.prompt("You", prompt_suffix="> ", default="", show_default=False)
            except click.Abort:
                return
            if not text.strip():
                return
            try:
                answer = _ask(copilot, _question(text, 0, folders, history), as_json=False)
            except Cancelled:
                err.print("Stopped.")
                continue
            show_answer(answer)
            turn = (Message(Role.USER, text), Message(Role.ASSISTANT, answer.text))
            history = (*history, *turn)[-2 * REMEMBERED_TURNS :]


def _question(text: str, top_k: int, folders: tuple[str, ...], history: tuple[Message, ...] = ()) -> Question:
    scope = Filter(folders=tuple(str(Path(folder).expanduser().absolute()) for folder in folders))
    return Question(text, scope, top_k, history) if top_k else Question(text, scope, history=history)


def _ask(copilot: Performer, question: Question, as_json: bool) -> Answer:
    """Shows the words as they are written, then makes room for the checked answer."""
    if as_json or not out.is_terminal:
        with reporting(as_json=True) as reporter:
            return copilot.perform(Ask(question), reporter)
    written = Text()
    with Live(Text("…", style="dim"), console=out, transient=True, refresh_per_second=12) as live:

        def show(text: str) -> None:
            written.append(text)
            live.update(written)

        with reporting(as_json=False, on_text=show) as reporter:
            return copilot.perform(Ask(question), reporter)


def show_answer(answer: Answer) -> None:
    """The answer, what it rests on, and where it was made."""
    out.print(Text(answer.text))
    if answer.citations:
        out.print()
        if not answer.found:
            out.print(Text("The nearest passages:", style="dim"))
    for citation in answer.citations:
        out.print(Text(f"[{citation.marker}] {_citation_place(citation)}", style="bold"))
        out.print(Text("    " + _shortened(citation.quote)))
    origin = answer.origin
    if not answer.found or any(s.support.value == "unsupported" for s in answer.statements):
        err.print(answer.reason, style="dim", markup=False)
    err.print(
        f"{origin.model} on {origin.device}, {answer.seconds.total:.1f} s, nothing left this computer", style="dim"
    )


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
    }


def _hit_fields(hit: Hit) -> dict[str, object]:
    chunk = hit.chunk
    return {
        "path": hit.path,
        "title": hit.title,
        "score": round(hit.score, 6),
        "found_by": [way.value for way in hit.found_by],
        "page": chunk.page,
        "slide": chunk.slide,
        "sheet": chunk.sheet,
        "rows": chunk.rows,
        "section": " › ".join(chunk.heading),
        "lines": chunk.lines,
        "span": [chunk.span.start, chunk.span.end],
        "modified": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(hit.modified_ns / 1e9)),
        "also_at": hit.also_at,
        "text": chunk.text,
    }


def _place(hit: Hit) -> str:
    chunk = hit.chunk
    return _spot(hit.path, chunk.page, chunk.slide, chunk.sheet, chunk.rows, chunk.lines, " › ".join(chunk.heading))


def _citation_place(citation: Citation) -> str:
    return _spot(
        citation.path, citation.page, citation.slide, citation.sheet, citation.rows, citation.lines, citation.section
    )


def _spot(
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


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN_CHARACTERS else flat[: SHOWN_CHARACTERS - 1] + "…"
