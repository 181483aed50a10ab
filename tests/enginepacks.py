"""The small real packs (tests/packs.py) and places to put them, for tests of engines."""

from __future__ import annotations

from copilot.models.pack import MANIFEST, Pack, read_pack
from copilot.placement import Placement
from tests.packs import packs_folder


def on_processor() -> Placement:
    return Placement("CPU", "processor", (), ())


def as_if_npu() -> Placement:
    """The NPU's own way through OpenVINO (fixed shapes, NPUW), carried out by the processor."""
    config = (
        ("NPU_USE_NPUW", "YES"),
        ("NPUW_DEVICES", "CPU"),
        ("MAX_PROMPT_LEN", "256"),
        ("MIN_RESPONSE_LEN", "128"),
    )
    return Placement("NPU", "processor in the NPU's place", config, ())


def fixed_shapes() -> Placement:
    """The NPU's plug-in, which wants to know every shape, with the processor behind it."""
    return Placement("NPU", "processor in the NPU's place", (("NPU_USE_NPUW", "YES"), ("NPUW_DEVICES", "CPU")), ())


def generator_pack() -> Pack:
    return read_pack(packs_folder() / "smollm2-135m")


def embedder_pack() -> Pack:
    return read_pack(packs_folder() / "e5-small")


def recognizer_pack() -> Pack:
    return read_pack(packs_folder() / "ppocrv6-small")


def reranker_pack() -> Pack | None:
    """None where nobody has fetched it: it is no part of what tests fetch."""
    folder = packs_folder() / "minilm-reranker"
    return read_pack(folder) if (folder / MANIFEST).exists() else None
