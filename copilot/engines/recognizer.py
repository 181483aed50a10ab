"""The recognizer: PP-OCR's two networks from a pack folder; a picture in, its lines of text in reading order out.

One network finds where text stands (regions.py makes rectangles of its map), the other reads each line, cut out and set
level (strips.py). In which order lines are read is told by reading_order.py.

Decision: no network for lines that stand on their head. Where a picture reads badly it is turned and read again, and
the better reading counts: that costs nothing where text is upright, which is nearly always, and one network less.

Decision: one line a pass, several passes at once, and no batches: a batch is no faster a line on the processor, and
each size of batch would be one more shape. Strips come in a few widths, for the NPU and graphics compile anew for every
shape, and the processor plans for each and keeps 4 MB of its plan as long as the process lives.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot import runtime
from copilot.errors import ModelError, PackInvalid, PictureUnusable
from copilot.models.ir.ppocr import CHARACTERS, DETECTION, HEIGHT, READING
from copilot.models.pack import Pack
from copilot.placement import Placement
from copilot.reading_order import Piece, in_order, joined
from copilot.regions import Region, find_regions
from copilot.strips import Pixels, cut, shrunk, squeezed
from indexer.pictures import Box, Picture, TextLine

MOST_POINTS = 50_000_000
"""Of a picture: an A3 sheet at 400 dots an inch has 31 million."""
LONGEST_SIDE = 1280
"""Of what the detection sees; a larger picture is made smaller for it, and read in full."""
GRAIN = 64
"""Sides of what the detection sees are multiples of it."""
WIDTHS = (120, 240, 360, 480, 640, 800, 960, 1200, 1440, 1760, 2240, 3200)
FEW_WIDTHS = (320, 640, 1280, 2560)
"""Of strips, on the processor and where each is compiled apart. What is wider is squeezed."""
LEAST_CONFIDENCE = 0.5
SURE = 0.8
"""Mean confidence of a letter below which a picture may stand on its head."""
GREY = 127


def open_recognizer(pack: Pack, placement: Placement) -> PictureReader:
    """Load and compile. Raises PackInvalid, ModelError."""
    return PictureReader(pack, placement)


class PictureReader:
    """Fills indexer.ports.Recognizer. Thread-safe: calls queue up."""

    def __init__(self, pack: Pack, placement: Placement) -> None:
        self.model_id = f"{pack.id}-{pack.version}-{pack.quantization}"
        self.device = placement.device
        self._fixed = fixed(placement)
        self._lock = threading.Lock()
        self._closed = False
        self._characters = _characters(pack)
        try:
            self._detection = _Network(pack, DETECTION, placement, "LATENCY")
            self._reading = _Network(pack, READING, placement, "THROUGHPUT")
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, "it does not load or compile for this device") from error

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        pixels = _pixels(picture)
        try:
            with self._lock:
                if self._closed:
                    raise ModelError(self.model_id, self.device, "it was let go")
                return self._lines(pixels)
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, type(error).__name__) from error

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._detection.close()
            self._reading.close()

    def _lines(self, pixels: Pixels) -> tuple[TextLine, ...]:
        turns, regions = 0, self._regions(pixels)
        if _lying(regions):
            turns, pixels = 1, np.ascontiguousarray(np.rot90(pixels))
            regions = self._regions(pixels)
        strips = [cut(pixels, region, HEIGHT) for region in regions]
        read = self._texts(strips)
        if read and _sureness(read) < SURE:
            turned = self._texts([np.ascontiguousarray(strip[::-1, ::-1]) for strip in strips])
            if _sureness(turned) > _sureness(read):
                turns, read = turns + 2, turned
                regions = tuple(region.turned(*pixels.shape[:2]) for region in regions)
        pieces = [
            Piece(text.strip(), confidence, region)
            for region, (text, confidence) in zip(regions, read, strict=True)
            if text.strip() and confidence >= LEAST_CONFIDENCE
        ]
        height, width = pixels.shape[:2]
        return tuple(_line(line, width, height, turns) for line in in_order(pieces))

    def _regions(self, pixels: Pixels) -> tuple[Region, ...]:
        height, width = pixels.shape[:2]
        factor = min(1.0, LONGEST_SIDE / max(height, width))
        seen = shrunk(pixels, factor) if factor < 1.0 else pixels
        sides = (
            (LONGEST_SIDE, LONGEST_SIDE) if self._fixed else tuple(-(-side // GRAIN) * GRAIN for side in seen.shape[:2])
        )
        canvas = np.full((1, *sides, 3), GREY, np.uint8)
        canvas[0, : seen.shape[0], : seen.shape[1]] = seen
        ((probabilities,),) = self._detection.run((canvas,))
        inside = probabilities[0, 0, : seen.shape[0], : seen.shape[1]]
        return tuple(region.scaled(1 / factor) for region in find_regions(inside))

    def _texts(self, strips: Sequence[Pixels]) -> list[tuple[str, float]]:
        widths = FEW_WIDTHS if self._fixed else WIDTHS
        read = self._reading.run(_padded(strip, widths) for strip in strips)
        return [self._decoded(characters[0], confidences[0]) for confidences, characters in read]

    def _decoded(self, numbers: NDArray[np.int32], confidences: NDArray[np.float32]) -> tuple[str, float]:
        """What the steps spell: a character that is repeated without a gap was seen twice; number 0 is the gap."""
        kept = (numbers != 0) & (numbers != np.concatenate(([0], numbers[:-1])))
        if not kept.any():
            return "", 0.0
        return "".join(self._characters[number] for number in numbers[kept]), float(confidences[kept].mean())


def fixed(placement: Placement) -> bool:
    """Whether the device wants to know the shapes when it compiles: all but the processor."""
    return not placement.device.startswith("CPU")


class _Network:
    """One of the two, on one device: inputs go in side by side, results come out in their order."""

    def __init__(self, pack: Pack, stem: str, placement: Placement, hint: str) -> None:
        self._ov = runtime.openvino()
        self._core = self._ov.Core()
        self._config = {"PERFORMANCE_HINT": hint, **dict(placement.config)}
        self._device = placement.device
        self._model = self._core.read_model(pack.path_of(f"{stem}.xml"))
        self._queues: dict[tuple[int, ...], Any] = {}
        self._fixed = fixed(placement)
        if not self._fixed:
            self._queue(())

    def run(self, inputs: Iterable[NDArray[np.uint8]]) -> list[tuple[NDArray[Any], ...]]:
        results: dict[int, tuple[NDArray[Any], ...]] = {}
        used = {}
        for number, given in enumerate(inputs):
            shape = given.shape if self._fixed else ()
            queue = used[shape] = self._queue(shape)
            queue.start_async([given], (results, number))
        for queue in used.values():
            queue.wait_all()
        return [results[number] for number in range(len(results))]

    def close(self) -> None:
        self._queues.clear()
        self._model = None

    def _queue(self, shape: tuple[int, ...]) -> Any:
        """For inputs of one shape; of any where it is empty."""
        if shape not in self._queues:
            model = self._model.clone()
            if shape:
                model.reshape(list(shape))
            compiled = self._core.compile_model(model, self._device, self._config)
            queue = self._ov.AsyncInferQueue(compiled, 0)
            queue.set_callback(_keep)
            self._queues[shape] = queue
        return self._queues[shape]


def _keep(request: Any, place: tuple[dict[int, tuple[NDArray[Any], ...]], int]) -> None:
    """No method: a queue that held its owner would never be freed, for Python can't see into the library."""
    results, number = place
    results[number] = tuple(tensor.data.copy() for tensor in request.output_tensors)


def _padded(strip: Pixels, widths: Sequence[int]) -> NDArray[np.uint8]:
    """The strip at the left of the narrowest width that holds it; the rest is what the network sees as nothing."""
    width = next((width for width in widths if strip.shape[1] <= width), widths[-1])
    batch = np.full((1, HEIGHT, width, 3), GREY, np.uint8)
    batch[0, :, : strip.shape[1]] = strip if strip.shape[1] <= width else squeezed(strip, width)
    return batch


def _lying(regions: Sequence[Region]) -> bool:
    """Whether most of the text lies on its side, by length."""
    lying = sum(region.height for region in regions if region.sideways)
    return lying > sum(region.width for region in regions if not region.sideways)


def _sureness(read: Sequence[tuple[str, float]]) -> float:
    """Mean confidence of a letter."""
    letters = sum(len(text) for text, _ in read)
    return sum(len(text) * confidence for text, confidence in read) / max(1, letters)


def _line(pieces: Sequence[Piece], width: int, height: int, turns: int) -> TextLine:
    """One line of a picture that was `turns` quarters turned against the clock and is `width` by `height` now."""
    left, top, right, bottom = zip(*(piece.region.extent() for piece in pieces), strict=True)
    corners = [
        (max(0.0, min(left)), max(0.0, min(top))),
        (min(float(width), max(right)), min(float(height), max(bottom))),
    ]
    # Turned back, the clock's way: what was the upper edge is the right one.
    for _ in range(turns):
        corners, (width, height) = [(height - y, x) for x, y in corners], (height, width)
    (x, end_x), (y, end_y) = (sorted(map(round, ends)) for ends in zip(*corners, strict=True))
    letters = sum(len(piece.text) for piece in pieces)
    sureness = sum(piece.confidence * len(piece.text) for piece in pieces) / letters
    return TextLine(joined(pieces), Box(x, y, end_x - x, end_y - y), sureness)


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
