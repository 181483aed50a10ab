"""Summaries, translations, new wordings and explanations of real texts by the default model: how many have no fault
that a rule can see (copilot/faithful.py), and none of what is looked at here besides: echoes of the prompt, orders
obeyed.

Run on demand: `python -m tests.quality.composing PACKS [--results FILE]`. Prints a Markdown table and every fault.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from copilot.calls import Compose
from copilot.composing import ACTIONS, compose, default_language
from copilot.echoes import cleaned
from copilot.engines.generator import open_generator
from copilot.faithful import Fault, faults
from copilot.models.pack import read_pack
from copilot.placement import place
from copilot.ports import Generator
from copilot.tasks import BEGIN, END
from indexer.reporter import Silent

TEXTS = Path(__file__).with_name("composing.toml")
ECHO = "echo"


@dataclass(frozen=True, slots=True)
class Text:
    """`orders` are words that a result has only when the model obeyed the text."""

    name: str
    text: str
    orders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    action: str
    name: str
    result: str
    faults: tuple[str, ...]
    seconds: float


def texts() -> tuple[Text, ...]:
    read = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["texts"]
    return tuple(Text(one["name"], one["text"].strip(), tuple(one.get("orders", ()))) for one in read)


def outcome(action: str, text: Text, result: str, seconds: float) -> Outcome:
    """Everything that is wrong with a result, each kind once."""
    found = dict.fromkeys(
        fault.value for fault in faults(action, text.text, result, default_language(action, text.text))
    )
    if cleaned(result, text.text) != result or BEGIN in result or END in result:
        found[ECHO] = None
    if any(words in result for words in text.orders) and len(result) < len(text.text) / 2:
        found[Fault.OBEYED.value] = None
    return Outcome(action, text.name, result, tuple(found), round(seconds, 1))


def table(outcomes: Sequence[Outcome]) -> str:
    """One row for each action: how many results there are, how many have no fault, and how many have each."""
    kinds = (*(fault.value for fault in Fault), ECHO)
    lines = [f"| | texts | without a fault | {' | '.join(kinds)} |", "|" + "---|" * (3 + len(kinds))]
    for action in ACTIONS:
        of = [one for one in outcomes if one.action == action]
        if of:
            counts = (str(sum(kind in one.faults for one in of)) for kind in kinds)
            lines.append(f"| {action} | {len(of)} | {sum(not one.faults for one in of)} | {' | '.join(counts)} |")
    return "\n".join(lines)


def run(generator: Generator, actions: Sequence[str], results: Path | None) -> list[Outcome]:
    """Every action on every text; what stands in `results` is not made again."""
    kept = results.read_bytes().splitlines() if results is not None and results.exists() else []
    outcomes = [msgspec.json.decode(line, type=Outcome) for line in kept]
    done = {(one.action, one.name) for one in outcomes}
    for action in actions:
        for text in (one for one in texts() if (action, one.name) not in done):
            made = compose(Compose(action, text.text), generator, Silent())
            outcomes.append(outcome(action, text, made.text, made.seconds))
            if results is not None:
                with results.open("ab") as lines:
                    lines.write(msgspec.json.encode(outcomes[-1]) + b"\n")
    return outcomes


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packs", type=Path, help="folder with the generator's pack")
    parser.add_argument("--generator", default="qwen2.5-coder-1.5b")
    parser.add_argument("--actions", nargs="*", default=ACTIONS, choices=ACTIONS)
    parser.add_argument("--results", type=Path, help="JSONL of every outcome, taken up again when it exists")
    arguments = parser.parse_args()
    pack = read_pack(arguments.packs / arguments.generator)
    generator = open_generator(pack, place("generator", pack, None))
    outcomes = run(generator, arguments.actions, arguments.results)
    print(table(outcomes))
    for one in outcomes:
        if one.faults:
            print(f"\n{one.action}, {one.name}: {', '.join(one.faults)}\n  {one.result}")


if __name__ == "__main__":
    main()
