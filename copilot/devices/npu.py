"""Intel's neural processor: fixed shapes, symmetric weights, little power.

Source of the limits: OpenVINO GenAI's NPU guide. Language models need symmetric INT4 (per channel or in groups of
128) or INT8; the prompt and the answer share a window that is fixed when the model is compiled.
"""

from __future__ import annotations

from copilot.models.pack import Pack
from copilot.probe import Probe, look_for

DEVICE = "NPU"

PROMPT_TOKENS = 1024
ANSWER_TOKENS = 384


def probe() -> Probe:
    return look_for(DEVICE, "no Intel NPU with a driver was found")


def config(pack: Pack) -> tuple[tuple[str, str], ...]:
    """A language model's window; other roles need nothing."""
    if pack.role != "generator":
        return ()
    return (("MAX_PROMPT_LEN", str(PROMPT_TOKENS)), ("MIN_RESPONSE_LEN", str(ANSWER_TOKENS)))
