"""Precision and recall of the redaction by kind: `python -m tests.quality.redaction.run [--misses]`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from tests.quality.redaction.labelled import LANGUAGES, Outcome, Score, judged, scores, sentences


def main(arguments: list[str]) -> None:
    outcomes = [judged(sentence) for language in LANGUAGES for sentence in sentences(language)]
    if "--tuned-misses" in arguments or "--misses" in arguments:
        _show_misses(o for o in outcomes if "--misses" in arguments or not o.sentence.held)
        return
    print(f"All {len(outcomes)} sentences\n")
    _show(scores(outcomes))
    for language in LANGUAGES:
        for held, name in ((False, "tuned on"), (True, "held back")):
            chosen = [o for o in outcomes if o.sentence.language == language and o.sentence.held == held]
            total = scores(chosen)[-1]
            print(
                f"\n{language}, {name}, {len(chosen)} sentences: precision {total.precision:.3f}, "
                f"recall {total.recall:.3f}, protected {total.protection:.3f}",
                end="",
            )
    print()


def _show(rows: Iterable[Score]) -> None:
    print("| kind | in the set | precision | recall | replaced entirely | found besides |")
    print("|---|---:|---:|---:|---:|---:|")
    for row in rows:
        print(
            f"| {row.kind} | {row.expected} | {row.precision:.3f} | {row.recall:.3f} | {row.protection:.3f} "
            f"| {row.besides} |"
        )


def _show_misses(outcomes: Iterable[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.missed or outcome.besides:
            print(repr(outcome.sentence.text))
            for name, found in (("missed", outcome.missed), ("besides", outcome.besides)):
                for one in found:
                    print(f"    {name}: {one.kind} {one.text!r}")


if __name__ == "__main__":
    main(sys.argv[1:])
