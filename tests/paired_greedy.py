"""What greedy decoding writes when nothing is copied, in the arithmetic of passes that check copied tokens.

OpenVINO's attention adds in one order for a single new token and in another for several (relative difference 1e-6),
and the rounding of activations to 8 bits makes some tenths of a logit of that. A text made in passes of one token can
therefore leave another text where two words are as good as equally likely, whoever proposed the tokens. Here every
pass has two tokens, the last one written and one that is thrown away, and no token is ever proposed: when this text
is the generator's, copying changed nothing.

The graph is the pack's own, with OpenVINO's rewrite to paged attention, driven without OpenVINO GenAI.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from copilot import runtime
from copilot.engines.generator import PROCESSOR

_BLOCK = 32
_READ = 256
_THROWN_AWAY = 0


class PairedGreedy:
    """The model of a pack folder; one text at a time."""

    def __init__(self, folder: Path, context_tokens: int) -> None:
        ov = runtime.openvino()
        core = ov.Core()
        model = core.read_model(folder / "openvino_model.xml")
        importlib.import_module("openvino._offline_transformations").paged_attention_transformation(model)
        compiled = core.compile_model(model, "CPU", dict(PROCESSOR))
        self._request = compiled.create_infer_request()
        self._blocks = np.arange(context_tokens // _BLOCK + 1, dtype=np.int32)
        for part in compiled.inputs:
            name = part.get_any_name()
            if name.startswith(("key_cache.", "value_cache.")):
                shape = [axis.get_length() if axis.is_static else len(self._blocks) for axis in part.partial_shape]
                self._request.set_tensor(name, ov.Tensor(part.element_type, ov.Shape(shape)))

    def write(self, prompt: Sequence[int], stops: Collection[int], max_tokens: int) -> list[int]:
        """Token ids, the stopping one included."""
        written: list[int] = []
        for start in range(0, len(prompt), _READ):
            piece = prompt[start : start + _READ]
            last = self._pass(piece, start)[len(piece) - 1]
        while True:
            written.append(int(last.argmax()))
            if written[-1] in stops or len(written) == max_tokens:
                return written
            last = self._pass([written[-1], _THROWN_AWAY], len(prompt) + len(written) - 1)[0]

    def _pass(self, ids: Sequence[int], past: int) -> Any:
        """Logits [tokens, vocabulary] of `ids` after the first `past` tokens; what came after those is forgotten."""
        total = past + len(ids)
        blocks = self._blocks[: -(-total // _BLOCK)]
        feed = {
            "input_ids": np.array(ids, np.int64),
            "position_ids": np.arange(past, total, dtype=np.int64),
            "past_lens": np.array([past], np.int32),
            "subsequence_begins": np.array([0, len(ids)], np.int32),
            "block_indices": blocks,
            "block_indices_begins": np.array([0, len(blocks)], np.int32),
            "max_context_len": np.array(total, np.int32),
        }
        for name, values in feed.items():
            self._request.set_tensor(name, runtime.openvino().Tensor(np.array(values)))
        self._request.infer()
        return self._request.get_output_tensor(0).data[:, 0]
