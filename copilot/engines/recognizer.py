"""The recognizer: PP-OCR's two networks from a pack folder; a picture in, its lines of text in reading order out.

One network finds where text stands (regions.py makes rectangles of its map), the other reads each line, cut out and set
level (strips.py). In which order lines are read is told by reading_order.py.

Decision: no network for lines that stand on their head. Where a picture reads badly it is turned and read again, and
the better reading counts: that costs nothing where text is upright, which is nearly always, and one network less.

Decision: strips come in a few widths. A device compiles anew for every shape it has not seen: fixed shapes on the NPU
and in graphics, and the processor plans its memory for each. Wider lines than the widest are squeezed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot import runtime
from copilot.errors import ModelError, PackInvalid, PictureUnusable
from copilot.models.ir.ppocr import CHARACTERS, DETECTION, HEIGHT, READING
from copilot.models.pack import Pack
from copilot.placement import Placement
from copilot.regions import Region, find_regions
from copilot.strips import Pixels, cut, shrunk
from indexer.pictures import Box, Picture, TextLine

MOST_POINTS = 50_000_000
"""Of a picture: an A3 sheet at 400 dots an inch has 31 million."""
LONGEST_SIDE = 1280
"""Of what the detection sees; a larger picture is made smaller for it, and read in full."""
GRAIN = 64
LEAST_CONFIDENCE = 0.5
WIDTHS = (160, 320, 480, 640, 800, 960, 1120, 1280, 1600, 1920, 2560, 3200)
BATCH_POINTS = 2048
"""Widths of a batch's strips together."""


def open_recognizer(pack: Pack, placement: Placement) -> PictureReader:
    """Load and compile. Raises PackInvalid, ModelError."""
    return PictureReader(pack, placement)


class PictureReader:
    """Fills indexer.ports.Recognizer. Thread-safe: calls queue up."""

    def __init__(self, pack: Pack, placement: Placement) -> None:
        self.model_id = f"{pack.id}-{pack.version}-{pack.quantization}"
        self.device = placement.device
        self._lock = threading.Lock()
        self._characters = _characters(pack)
        try:
            self._detection = _Network(pack, DETECTION, placement)
            self._reading = _Network(pack, READING, placement)
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, "it does not load or compile for this device") from error

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        pixels = _pixels(picture)
        try:
            with self._lock:
                return self._lines(pixels)
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, type(error).__name__) from error

    def close(self) -> None:
        with self._lock:
            del self._detection, self._reading

    def _lines(self, pixels: Pixels) -> tuple[TextLine, ...]:
        regions = self._regions(pixels)
        read = self._texts([cut(pixels, region, HEIGHT) for region in regions])
        lines = []
        for region, (text, confidence) in zip(regions, read, strict=True):
            if text.strip() and confidence >= LEAST_CONFIDENCE:
                lines.append(TextLine(text.strip(), _box(region, pixels), confidence))
        return tuple(sorted(lines, key=lambda line: (line.box.y, line.box.x)))

    def _regions(self, pixels: Pixels) -> tuple[Region, ...]:
        height, width = pixels.shape[:2]
        factor = min(1.0, LONGEST_SIDE / max(height, width))
        seen = shrunk(pixels, factor) if factor < 1.0 else pixels
        canvas = np.full((_rounded(seen.shape[0]), _rounded(seen.shape[1]), 3), 255, np.uint8)
        canvas[: seen.shape[0], : seen.shape[1]] = seen
        (probabilities,) = self._detection(canvas[None])
        return tuple(region.scaled(1 / factor) for region in find_regions(probabilities[0, 0]))

    def _texts(self, strips: Sequence[Pixels]) -> list[tuple[str, float]]:
        texts = [("", 0.0)] * len(strips)
        for width, members in _batches(strips):
            batch = np.full((len(members), HEIGHT, width, 3), 127, np.uint8)
            for row, member in enumerate(members):
                strip = strips[member]
                batch[row, :, : strip.shape[1]] = strip[:, :width]
            confidences, characters = self._reading(batch)
            for row, member in enumerate(members):
                texts[member] = self._decoded(characters[row], confidences[row])
        return texts

    def _decoded(self, numbers: NDArray[np.int32], confidences: NDArray[np.float32]) -> tuple[str, float]:
        """What the steps spell: a character that is repeated without a gap was seen twice; number 0 is the gap."""
        kept = (numbers != 0) & (numbers != np.concatenate(([0], numbers[:-1])))
        if not kept.any():
            return "", 0.0
        return "".join(self._characters[number] for number in numbers[kept]), float(confidences[kept].mean())


class _Network:
    def __init__(self, pack: Pack, stem: str, placement: Placement) -> None:
        config = {"PERFORMANCE_HINT": "LATENCY", **dict(placement.config)}
        core = runtime.openvino().Core()
        self._request = core.compile_model(pack.path_of(f"{stem}.xml"), placement.device, config).create_infer_request()

    def __call__(self, batch: NDArray[np.uint8]) -> tuple[NDArray[Any], ...]:
        self._request.infer([batch], share_inputs=True)
        return tuple(tensor.data for tensor in self._request.output_tensors)


def _batches(strips: Sequence[Pixels]) -> Iterator[tuple[int, list[int]]]:
    widths = [next((width for width in WIDTHS if strip.shape[1] <= width), WIDTHS[-1]) for strip in strips]
    for width in sorted(set(widths)):
        members = [number for number, its in enumerate(widths) if its == width]
        most = max(1, BATCH_POINTS // width)
        for begin in range(0, len(members), most):
            yield width, members[begin : begin + most]


def _rounded(size: int) -> int:
    return -(-size // GRAIN) * GRAIN


def _box(region: Region, pixels: Pixels) -> Box:
    left, top, right, bottom = region.extent()
    x, y = max(0, round(left)), max(0, round(top))
    return Box(x, y, min(pixels.shape[1], round(right)) - x, min(pixels.shape[0], round(bottom)) - y)


def _pixels(picture: Picture) -> Pixels:
    """[height, width, 3] of the picture's own bytes. Raises PictureUnusable."""
    points = picture.width * picture.height
    if picture.width < 1 or picture.height < 1 or len(picture.pixels) != 3 * points:
        raise PictureUnusable("its size and its pixels do not agree")
    if points > MOST_POINTS:
        raise PictureUnusable(f"it has {points:,} points and {MOST_POINTS:,} are the most")
    return np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.width, 3)


def _characters(pack: Pack) -> list[str]:
    try:
        return pack.path_of(CHARACTERS).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PackInvalid(pack.id, f"its {CHARACTERS} can't be read") from error
