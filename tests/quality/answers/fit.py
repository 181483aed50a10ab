"""Tells from a trace of run.py how good evidence, reading and judgement are, fits the judgement's weights, and prints
what each threshold would do. Changes nothing.

Logistic regression with a small ridge, judged leave-one-out: what is printed about a question was computed without it.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from copilot import grounding
from copilot.evidence import Passage
from copilot.judgement import Signs, chance
from indexer.document import Span
from tests.copilot.answering import hit
from tests.quality.answers.questions import names_gold, questions
from tests.quality.answers.trace import Shown, Traced

NAMES = ("log-odds of Yes", "cosine", "coverage", "missing share", "missing name")
_RIDGE = 1.0
_LEVELS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


def row(signs: Signs) -> tuple[float, ...]:
    """The signs as numbers, in the order of NAMES."""
    yes = min(max(signs.yes, 1e-3), 1 - 1e-3)
    odds = math.log(yes / (1 - yes))
    return (odds, signs.similarity or 0.0, signs.coverage, signs.missing_share, float(signs.missing_name))


def fit(rows: NDArray[np.float64], answerable: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights for `rows` [n, signs], and the constant last: Newton's method on standardized signs."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    design = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    ridge = np.diag([_RIDGE] * rows.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        expected = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (expected - answerable) + ridge @ weights
        curve = (design * (expected * (1 - expected))[:, None]).T @ design + ridge
        weights -= np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def left_out(rows: NDArray[np.float64], answerable: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of each question by weights fitted to all the others."""
    found = []
    for place in range(len(rows)):
        others = np.arange(len(rows)) != place
        weights = fit(rows[others], answerable[others])
        found.append(1 / (1 + math.exp(-float(rows[place] @ weights[:-1] + weights[-1]))))
    return np.array(found)


def area(chances: NDArray[np.float64], answerable: NDArray[np.float64]) -> float:
    """Area under the ROC curve: how often an answerable question stands above one that is not."""
    yes, no = chances[answerable == 1], chances[answerable == 0]
    return float(np.mean((yes[:, None] > no) + 0.5 * (yes[:, None] == no)))


def table(traces: Sequence[Traced], chances: NDArray[np.float64]) -> str:
    """What each threshold does. An answer that the check of its sentences left empty counts as a refusal too."""
    lines = [
        "| threshold | unanswerable refused | answerable refused | right and cited | wrong answers |",
        "|---|---|---|---|---|",
    ]
    yes = [place for place, one in enumerate(traces) if one.answerable]
    no = [place for place, one in enumerate(traces) if not one.answerable]
    for level in _LEVELS:
        told = [bool(one.bold) and bool(chances[place] >= level) for place, one in enumerate(traces)]
        right = sum(told[place] and traces[place].bold_right for place in yes)
        wrong = sum(told[place] and not traces[place].bold_right for place in yes)
        lines.append(
            f"| {level:.2f} | {_share(sum(not told[place] for place in no), len(no))} "
            f"| {_share(sum(not told[place] for place in yes), len(yes))} | {_share(right, len(yes))} "
            f"| {_share(wrong, len(yes))} |"
        )
    return "\n".join(lines)


def evidence(traces: Sequence[Traced]) -> str:
    """How often the answer stands in the first passages shown, and how often the model then reads it."""
    yes = [one for one in traces if one.answerable]
    lines = []
    for count in range(1, 1 + max(len(one.shown) for one in yes)):
        held = sum(any(passage.holds_gold for passage in one.shown[:count]) for one in yes)
        lines.append(f"answer in the first {count} of the passages shown: {_share(held, len(yes))}")
    shown = [one for one in yes if any(passage.holds_gold for passage in one.shown)]
    lines.append(f"of those, read and cited rightly: {_share(sum(one.bold_right for one in shown), len(shown))}")
    return "\n".join(lines)


def marks(traces: Sequence[Traced]) -> str:
    """Of the statements that hold an accepted string and have support: whether the stretch that is quoted holds it,
    too, and the sentence, row or item marked in that. By words and facts alone, without an embedder."""
    gold = {asked.text: asked.gold for asked in questions()}
    quoted, marked = [], []
    for one in (one for one in traces if one.bold_right):
        passages = tuple(_passage(number, shown) for number, shown in enumerate(one.shown, start=1))
        for part in grounding.ground(one.bold, one.text, passages, None):
            if part.passage is not None and names_gold(part.text, gold[one.text]):
                stretch = grounding.telling(part.text, one.text, passages[part.passage])
                quoted.append((stretch.text, names_gold(stretch.text, gold[one.text])))
                exact = grounding.marked(part.text, one.text, stretch).text
                marked.append((exact, names_gold(exact, gold[one.text])))
    told = (
        f"{name}: {sum(holds for _, holds in texts)} of {len(texts)} hold the answer, "
        f"{statistics.median(len(text.encode()) for text, _ in texts):.0f} bytes in the middle"
        for name, texts in (("quoted", quoted), ("marked", marked))
        if texts
    )
    return "\n".join(told)


def _passage(number: int, shown: Shown) -> Passage:
    heading, _, text = shown.text.partition("\n")
    return Passage(
        hit(text, heading, number=number),
        Span(0, len(text)),
        text,
        shown.coverage,
        shown.similarity,
        shown.similarity or 0,
    )


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count / max(1, of):.0f} %)"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("trace", type=Path, help="what run.py wrote with --trace, on the development half")
    traces = [msgspec.json.decode(line, type=Traced) for line in parser.parse_args().trace.open("rb")]
    rows, answerable = np.array([row(one.signs) for one in traces]), np.array([float(one.answerable) for one in traces])
    current = np.array([chance(one.signs) for one in traces])
    print(f"{int(answerable.sum())} answerable, {int(len(traces) - answerable.sum())} not")
    print(f"\n{evidence(traces)}\n{marks(traces)}")
    print(f"\nThe weights in use: AUC {area(current, answerable):.3f}\n\n{table(traces, current)}")
    fitted, fresh = left_out(rows, answerable), fit(rows, answerable)
    print(f"\nFitted anew, leave-one-out: AUC {area(fitted, answerable):.3f}\n\n{table(traces, fitted)}\n")
    for name, weight in zip((*NAMES, "constant"), fresh, strict=True):
        print(f"{name}: {weight:.2f}")
    for place, name in enumerate(NAMES):
        print(f"{name} alone: AUC {max(auc := area(rows[:, place], answerable), 1 - auc):.3f}")


if __name__ == "__main__":
    main()
