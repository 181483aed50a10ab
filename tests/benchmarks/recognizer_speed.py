"""How well and how fast is text in pictures recognized, against RapidOCR with the same networks?

    python -m tests.benchmarks.recognizer_speed --pack FOLDER [--peer-python PYTHON] [--part quality|speed]

Quality: character error rate on drawn pages whose every row is known (rendered_pages.py): edits to the right text over
its length, row by row, what was found outside every row counted as wrong; after NFKC, spaces beside Chinese not
counted. Speed: wall time and processor time a picture on some of them, medians after a first reading that is not
counted. The peer runs in an interpreter that has rapidocr and openvino, with its own settings on its OpenVINO engine,
and once more without the network that turns lines over: it turns lines that stand upright.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from copilot import runtime
from copilot.engines.recognizer import open_recognizer
from copilot.models.pack import read_pack
from copilot.placement import Placement
from indexer.pictures import Picture
from tests.benchmarks.rendered_pages import Drawn, Row, all_pages

PEER = Path(__file__).with_name("rapid_peer.py")
WAYS = {"RapidOCR": (), "RapidOCR, turning no line": ("--upright",)}
TIMED = ("en page, clean", "zh page, clean", "en region 100%", "zh region 100%", "screen 100%")
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Lines with the middles of their places, and what each counted reading took."""

    lines: tuple[tuple[str, float, float], ...]
    seconds: tuple[float, ...]
    processor: tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--peer-python")
    parser.add_argument("--part", choices=("quality", "speed"))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--only", nargs="*", default=[""], metavar="TEXT", help="pictures whose name holds one of these"
    )
    chosen = parser.parse_args()
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}, OpenVINO {runtime.version()}")
    drawn = tuple(each for each in all_pages() if any(text in each.name for text in chosen.only))
    if chosen.part != "speed":
        _quality(drawn, chosen.pack, chosen.peer_python)
    if chosen.part != "quality":
        _speed([each for each in drawn if each.name in TIMED], chosen.pack, chosen.peer_python, chosen.rounds)


def _quality(drawn: Sequence[Drawn], pack: Path, python: str | None) -> None:
    readings = _readings(drawn, pack, python, 0)
    print("\ncharacter error rate, %\n\n| picture |", " | ".join(readings), "|\n|---|" + "---|" * len(readings))
    rates = {name: [_error_rate(*pair) for pair in zip(drawn, found, strict=True)] for name, found in readings.items()}
    for number, each in enumerate(drawn):
        print(f"| {each.name} |", " | ".join(f"{rates[name][number]:.2f}" for name in rates), "|")
    print("| mean |", " | ".join(f"**{statistics.mean(of):.2f}**" for of in rates.values()), "|")


def _speed(drawn: Sequence[Drawn], pack: Path, python: str | None, rounds: int) -> None:
    readings = _readings(drawn, pack, python, rounds)
    print(
        "\nms a picture (of processor time)\n\n| picture |", " | ".join(readings), "|\n|---|" + "---|" * len(readings)
    )
    for number, each in enumerate(drawn):
        cells = []
        for found in readings.values():
            wall, worked = (
                statistics.median(times) * 1000 for times in (found[number].seconds, found[number].processor)
            )
            cells.append(f"{wall:,.0f} ({worked:,.0f})")
        print(f"| {each.name}, {each.image.width} x {each.image.height} |", " | ".join(cells), "|")


def _readings(drawn: Sequence[Drawn], pack: Path, python: str | None, rounds: int) -> dict[str, list[Found]]:
    readings = {"Nearside": _ours(drawn, pack, rounds)}
    if python is not None:
        readings |= {name: _theirs(drawn, python, options, rounds) for name, options in WAYS.items()}
    return readings


def _ours(drawn: Sequence[Drawn], folder: Path, rounds: int) -> list[Found]:
    before = psutil.Process().memory_info().rss
    reader = open_recognizer(read_pack(folder), Placement("CPU", "", (), ()))
    readings = []
    for each in drawn:
        picture = Picture(each.image.width, each.image.height, each.image.tobytes())
        lines, seconds, processor = reader.read(picture), [], []
        for _ in range(rounds):
            began, worked = time.perf_counter(), time.process_time()
            lines = reader.read(picture)
            seconds.append(time.perf_counter() - began)
            processor.append(time.process_time() - worked)
        middles = ((line.text, line.box.x + line.box.width / 2, line.box.y + line.box.height / 2) for line in lines)
        readings.append(Found(tuple(middles), tuple(seconds), tuple(processor)))
    loaded = psutil.Process().memory_info().rss
    reader.close()
    freed = psutil.Process().memory_info().rss
    grown, kept = (loaded - before) / 1e6, (freed - before) / 1e6
    print(f"memory: {grown:.0f} MB more after these pictures, {kept:.0f} MB when let go")
    return readings


def _theirs(drawn: Sequence[Drawn], python: str, options: Sequence[str], rounds: int) -> list[Found]:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.png" for number in range(len(drawn))]
        for each, path in zip(drawn, paths, strict=True):
            each.image.save(path)
        names = Path(folder) / "names"
        names.write_text("\n".join(map(str, paths)), "utf-8")
        command = [python, str(PEER), "--list", str(names), "--rounds", str(rounds), *options]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return [_told(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]


def _told(fields: dict[str, list[object]]) -> Found:
    lines = tuple(
        (text, statistics.mean(x for x, _ in corners), statistics.mean(y for _, y in corners))
        for text, corners in fields["lines"]  # type: ignore[misc]
    )
    return Found(lines, tuple(fields["seconds"]), tuple(fields["processor"]))  # type: ignore[arg-type]


def _error_rate(drawn: Drawn, found: Found) -> float:
    """In percent."""
    rows: list[list[tuple[float, str]]] = [[] for _ in drawn.rows]
    edits = 0
    for text, x, y in found.lines:
        row = drawn.row_of(x, y)
        if row is None:
            edits += len(text)
        else:
            rows[row].append((x, text))
    for row, pieces in zip(drawn.rows, rows, strict=True):
        edits += _distance(_plain(row.text, row), _plain(" ".join(text for _, text in sorted(pieces)), row))
    return 100 * edits / sum(len(_plain(row.text, row)) for row in drawn.rows)


def _plain(text: str, row: Row) -> str:
    words = unicodedata.normalize("NFKC", text).split()
    return ("" if any(ord(letter) > 0x2E80 for letter in row.text) else " ").join(words)


def _distance(wanted: str, got: str) -> int:
    """Levenshtein's."""
    before = list(range(len(got) + 1))
    for row, letter in enumerate(wanted, 1):
        now = [row]
        for column, other in enumerate(got, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != other)))
        before = now
    return before[-1]


if __name__ == "__main__":
    sys.exit(main())
