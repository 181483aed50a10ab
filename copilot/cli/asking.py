"""`nearside search`, `ask` and `chat`: from a few words or a question to hits and a cited answer."""

from __future__ import annotations

import time
from pathlib import Path

import click
from rich.live import Live
from rich.text import Text

from copilot.calls import Ask, Offer, Performer, Search
from copilot.cli.answers import answer_fields, shortened, show_answer, spot
from copilot.cli.offering import offer
from copilot.cli.screen import err, json_option, out, performer, plain, print_json, reporting
from copilot.conversation import Answer, Message, Question, Role
from copilot.settings.schema import SENDING
from indexer.query import Filter, Hit
from indexer.reporter import Cancelled

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
        out.print(plain(f"{hit.rank}. {_place(hit)}", style="bold"))
        out.print(plain("   " + shortened(hit.chunk.text)))
    if not found.hits:
        out.print("Nothing found.")
    err.print(f"{len(found.hits)} hits in {found.seconds * 1000:.0f} ms", style="dim")


@click.command()
@click.argument("question")
@click.option("--top-k", default=0, type=click.IntRange(0, 20), help="Passages to look into; 0 takes the setting.")
@click.option("--in", "folders", multiple=True, metavar="FOLDER", help="Look only into this folder or file.")
@click.option("--offer", "offered", is_flag=True, help="Show what a cloud provider would get, and ask.")
@click.option("--provider", default="", metavar="NAME", help="With --offer: which provider; else the first.")
@click.option("--send", default="", type=click.Choice(["", *SENDING]), help="With --offer: what goes along.")
@click.option("--conversation", default="", metavar="NAME", help="With --offer: consents for it hold for this name.")
@click.option("--redact", "add", multiple=True, metavar="WORD", help="With --offer: replace this, too.")
@click.option("--keep", "lift", multiple=True, metavar="WORD", help="With --offer: leave this as it is.")
@click.option("--yes", "unattended", is_flag=True, help="With --offer: send without asking, where policy allows it.")
@json_option
def ask(
    question: str,
    top_k: int,
    folders: tuple[str, ...],
    offered: bool,
    provider: str,
    send: str,
    conversation: str,
    add: tuple[str, ...],
    lift: tuple[str, ...],
    unattended: bool,
    as_json: bool,
) -> None:
    """Answer a question from your files, with the passages it rests on."""
    asked = _question(question, top_k, folders)
    if offered:
        wanted = Offer(asked, provider, send, conversation, add, lift)
        offer(wanted, unattended=unattended, as_json=as_json)
        return
    with performer() as copilot:
        answer = _ask(copilot, asked, as_json)
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
    with Live(plain("…", style="dim"), console=out, transient=True, refresh_per_second=12) as live:

        def show(text: str) -> None:
            written.append_text(plain(text))
            live.update(written)

        with reporting(as_json=False, on_text=show) as reporter:
            return copilot.perform(Ask(question), reporter)


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
    return spot(hit.path, chunk.page, chunk.slide, chunk.sheet, chunk.rows, chunk.lines, " › ".join(chunk.heading))
