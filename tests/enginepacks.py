"""The small real packs for tests of engines, where this computer has them: NEARSIDE_TEST_PACKS names their folder."""

from __future__ import annotations

import os
from pathlib import Path

from copilot.models.pack import MANIFEST, Pack, read_pack
from copilot.placement import Placement


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


def generator_pack() -> Pack | None:
    return _smallest("generator")


def embedder_pack() -> Pack | None:
    return _smallest("embedder")


def reranker_pack() -> Pack | None:
    return _smallest("reranker")


def _smallest(role: str) -> Pack | None:
    folder = os.environ.get("NEARSIDE_TEST_PACKS", "")
    if not folder:
        return None
    packs = [read_pack(path.parent) for path in Path(folder).glob(f"*/{MANIFEST}")]
    return min((pack for pack in packs if pack.role == role), key=lambda pack: pack.size, default=None)
