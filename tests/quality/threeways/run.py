"""The three ways of asking a far model, side by side: what leaves, what of it is private, and what the answer is worth.

    python -m tests.quality.threeways.run PACKS [--far qwen2.5-coder-1.5b --seconds 420]

Files are indexed and found, and offers made, by the product's own code: labels, redactor, wire format. Leaks are
counted twice: by the values that were labelled by hand, and by a detector that shares nothing with the product's. For
the answers a *small* local model plays the far one, because nothing may leave here; a large one would do better.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from copilot.conversation import Message, Role
from copilot.engines.embedder import open_embedder
from copilot.engines.generator import open_generator
from copilot.farside import FarSide, Wanted
from copilot.models.pack import read_pack
from copilot.outbound import unpack_context
from copilot.paths import find_paths
from copilot.placement import place
from copilot.ports import Generator
from copilot.privacy.consent import ConsentRequest
from copilot.privacy.ledger import Ledger
from copilot.privacy.memory import Memory
from copilot.privacy.restoring import Restoring
from copilot.settings.providers import Provider, write_providers
from copilot.settings.schema import SENDING, Settings
from indexer.indexing import Indexing
from indexer.query import Query
from indexer.reporter import Silent
from indexer.retriever import Retriever
from indexer.store.library import Folder, Store
from tests.quality.threeways.cases import OPTIONAL, Case, Private, cases

PASSAGES = 6
ANSWER_TOKENS = 120
AS_IT_IS = "as it is"
"""For comparison: question and passages with nothing replaced. The product has no such way."""

SECOND_DETECTOR = re.compile(
    r"""[\w.+-]+@[\w-]+\.[\w.]+                              # a mail address
    |\b(?:\d[ -]?){12,19}[\dXx]?\b                           # a card, an account, an identity number
    |(?<![\w.])\+?\d[\d ()-]{7,}\d                           # a telephone number
    |\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b                        # an IBAN
    |\b(?:\d{1,3}\.){3}\d{1,3}\b                             # an address of a computer
    |\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{12,}\b            # a key
    |\b(?:Mr|Mrs|Ms|Dr|Prof)\.?[ ][A-Z]\w+                   # a title and a name
    |\b[A-Z][\w&]+(?:[ ][A-Z&][\w&]*)*[ ](?:Ltd|GmbH|Inc|LLP|AS|Srl)\b
    |[\u4e00-\u9fff]{2,12}(?:有限公司|研究院)
    |[\u4e00-\u9fff]{2,8}(?:路|街|大道)\d+号""",
    re.VERBOSE,
)
"""What looks private to somebody who never saw the product's rules."""
_STAND_IN = re.compile(r"\b(?:Person|Company|Address)\b|(?:公司|人员|地址)[ ]?[A-Z]")


@dataclass(frozen=True, slots=True)
class Sent:
    """One case, one way: the bytes of the body, the words of it that are the person's, and what was leaked."""

    case: Case
    way: str
    size: int
    said: str
    in_play: int
    leaked: tuple[Private, ...]
    optional_in_play: int
    optional_leaked: int
    seen_by_second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    way: str
    language: str
    right: bool


class Bench:
    """A library of all files, and a far side that makes offers of what is found in it."""

    def __init__(self, store: Store, retriever: Retriever, side: FarSide, ledger: Ledger) -> None:
        self._retriever = retriever
        self._side = side
        self.ledger = ledger
        self.store = store

    def offer(self, case: Case, way: str) -> tuple[ConsentRequest, str]:
        """The offer, and question and passages as they were before anything was replaced."""
        hits = self._retriever.search(Query(case.question, PASSAGES))
        raw = "\n".join([case.question, *(hit.chunk.text for hit in hits)])
        return self._side.offer(Wanted(case.question, hits, "", way, "", "")), raw


@contextmanager
def bench(packs: Path) -> Iterator[Bench]:
    pack = read_pack(packs / "e5-small")
    embedder = open_embedder(pack, place("embedder", pack, None))
    with tempfile.TemporaryDirectory() as scratch:
        documents, paths = Path(scratch) / "documents", find_paths(Path(scratch) / "home")
        documents.mkdir()
        for number, case in enumerate(cases()):
            (documents / f"{number:02d}.txt").write_text(case.text + "\n", "utf-8")
        write_providers(paths.providers, (Provider("far", "openai", "https://api.example.com/v1", "large"),))
        with Store.open(paths.library, bytes(32)) as store, Ledger.open(paths.ledger, bytes(32)) as ledger:
            store.put_folder(Folder(str(documents)))
            Indexing(store, embedder).run(store.folders(), Silent())
            side = FarSide(paths, Settings(), ledger, None)
            side.set_label(str(documents), "ask")
            yield Bench(store, Retriever(store, embedder), side, ledger)


def judged(case: Case, way: str, size: int, said: str, raw: str) -> Sent:
    """Which of the labelled values that stood in question and passages still stand in what leaves."""
    values = {value for one in cases() for value in one.private if value.text in raw}
    core = {value for value in values if value.kind not in OPTIONAL}
    optional = values - core
    return Sent(
        case,
        way,
        size,
        said,
        len(core),
        tuple(sorted((value for value in core if value.text in said), key=lambda value: (value.kind, value.text))),
        len(optional),
        sum(value.text in said for value in optional),
        tuple(sorted({found for found in SECOND_DETECTOR.findall(said) if not _STAND_IN.search(found)})),
    )


def messages_of(body: bytes) -> tuple[Message, ...]:
    return tuple(Message(Role(m["role"]), m["content"]) for m in json.loads(body)["messages"])


def everything(one: Bench) -> list[tuple[Sent, tuple[Message, ...], Memory]]:
    """Every case in every way, cases in an order that mixes the languages."""
    made: list[tuple[Sent, tuple[Message, ...], Memory]] = []
    ordered = [case for pair in zip(cases()[:32], cases()[32:], strict=True) for case in pair]
    for case in ordered:
        for way in SENDING:
            request, raw = one.offer(case, way)
            messages = messages_of(request.body)
            memory = Memory(unpack_context(one.ledger.context(request.id)).memory)
            made.append((judged(case, way, request.byte_count, messages[-1].text, raw), messages, memory))
            if way == "passages":
                size = request.byte_count - len(messages[-1].text.encode()) + len(raw.encode())
                made.append((judged(case, AS_IT_IS, size, raw, raw), (), memory))
    return made


def answers(made: Sequence[tuple[Sent, tuple[Message, ...], Memory]], far: Generator, seconds: float) -> list[Graded]:
    """What the far model's reply is worth once private data is back in it; as many cases as fit into the time."""
    until, graded = time.monotonic() + seconds, []
    for sent, messages, memory in made:
        if not messages:
            continue
        if time.monotonic() > until and sent.way == SENDING[0]:
            break
        said = far.generate(messages, Silent(), max_tokens=ANSWER_TOKENS)
        restoring = Restoring(memory)
        text = restoring.feed(said.text) + restoring.finish()
        right = any(folded(gold) in folded(text) for gold in sent.case.gold)
        graded.append(Graded(sent.way, sent.case.language, right))
    return graded


def folded(text: str) -> str:
    return re.sub(r"[\s,]", "", text.lower())


def leak_table(sent: Sequence[Sent]) -> str:
    lines = [
        "| way | bytes, mean | bytes, most | private values in play | of them sent | amounts and dates in play | sent "
        "| seen by a second detector |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for way in (*SENDING, AS_IT_IS):
        of = [one for one in sent if one.way == way]
        mean = sum(one.size for one in of) / len(of)
        lines.append(
            f"| {way} | {mean:,.0f} | {max(one.size for one in of):,} | {sum(one.in_play for one in of):,} "
            f"| {sum(len(one.leaked) for one in of):,} | {sum(one.optional_in_play for one in of):,} "
            f"| {sum(one.optional_leaked for one in of):,} | {sum(len(one.seen_by_second) for one in of):,} |"
        )
    return "\n".join(lines)


def kind_table(sent: Sequence[Sent]) -> str:
    """Of the different values that stood in question and passages, how many were sent at least once, by kind."""
    lines = ["| kind | values | sent by question | sent by passages | sent by sketch |", "|---|---:|---:|---:|---:|"]
    everything = {value for case in cases() for value in case.private if value.kind not in OPTIONAL}
    for kind in (*sorted({value.kind for value in everything}), "all"):
        of = {value for value in everything if kind in (value.kind, "all")}
        gone = (len({v for one in sent if one.way == way for v in one.leaked} & of) for way in SENDING)
        lines.append(f"| {kind} | {len(of)} | {' | '.join(map(str, gone))} |")
    return "\n".join(lines)


def answer_table(graded: Sequence[Graded]) -> str:
    lines = ["| way | questions | right answer | English | Chinese |", "|---|---:|---:|---:|---:|"]
    for way in SENDING:
        of = [one for one in graded if one.way == way]
        parts = [[one.right for one in of if one.language == language] for language in ("english", "chinese")]
        both = " | ".join(f"{sum(part)} of {len(part)}" for part in parts)
        lines.append(f"| {way} | {len(of)} | {sum(one.right for one in of)} | {both} |")
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("packs", type=Path)
    options.add_argument("--far", default="", help="pack of the model that plays the far one; without, leaks only")
    options.add_argument("--seconds", type=float, default=420)
    options.add_argument("--leaks", action="store_true", help="list what was sent though it is private")
    chosen = options.parse_args()
    with bench(chosen.packs) as one:
        made = everything(one)
    sent = [each for each, _, _ in made]
    labelled = sum(len(case.private) for case in cases())
    print(f"{len(cases())} questions, {labelled} labelled values\n\n{leak_table(sent)}\n\n{kind_table(sent)}")
    if chosen.leaks:
        for each in sent:
            if each.way != AS_IT_IS and (each.leaked or each.seen_by_second):
                print(each.way, each.case.question, each.leaked, each.seen_by_second)
    if chosen.far:
        pack = read_pack(chosen.packs / chosen.far)
        far = open_generator(pack, place("generator", pack, None))
        print(f"\nThe far model is played by {pack.name}.\n\n{answer_table(answers(made, far, chosen.seconds))}")
        far.close()


if __name__ == "__main__":
    main()
