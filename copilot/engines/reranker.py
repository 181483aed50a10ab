"""The reranker: a cross-encoder in OpenVINO form and a `tokenizer.json`, from a pack folder, to one score a text.

It reads query and text together, which tells more than two vectors apart and costs a pass per text: for a handful of
hits, not for a library.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot import batching, runtime
from copilot.errors import ModelError, PackInvalid
from copilot.models.pack import Pack
from copilot.placement import Placement

_TOKEN_BUDGET = 2048
_MOST_PAIRS = 16
_WINDOW = 512


def open_reranker(pack: Pack, placement: Placement) -> CrossEncoder:
    """Load and compile. Raises PackInvalid, ModelError."""
    return CrossEncoder(pack, placement)


class CrossEncoder:
    """Fills indexer.ports.Reranker. Thread-safe: calls queue up."""

    def __init__(self, pack: Pack, placement: Placement) -> None:
        self.model_id = f"{pack.id}-{pack.version}-{pack.quantization}"
        self.device = placement.device
        self._lock = threading.Lock()
        self._tokenizer = _tokenizer(pack)
        try:
            config = {"PERFORMANCE_HINT": "LATENCY", **dict(placement.config)}
            core = runtime.openvino().Core()
            compiled = core.compile_model(pack.path_of("openvino_model.xml"), placement.device, config)
            self._request = compiled.create_infer_request()
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, "it does not load or compile for this device") from error
        self._names = {part.get_any_name() for part in compiled.inputs}

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        scores = np.empty(len(texts), dtype=np.float32)
        pairs = self._tokenizer.encode_batch([(query, text) for text in texts])
        try:
            with self._lock:
                for batch in batching.plan([len(pair.ids) for pair in pairs], _TOKEN_BUDGET, _MOST_PAIRS):
                    scores[list(batch)] = self._run([pairs[index] for index in batch])
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, type(error).__name__) from error
        return scores

    def _run(self, pairs: list[Any]) -> NDArray[np.float32]:
        ids, mask = batching.pad([pair.ids for pair in pairs], 0)
        kinds, _ = batching.pad([pair.type_ids for pair in pairs], 0)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
        self._request.infer({name: feed[name] for name in self._names}, share_inputs=True)
        # One logit a pair, or two (no, yes): the last one speaks for relevance in both.
        logits: NDArray[np.float32] = self._request.get_output_tensor(0).data
        return logits.reshape(len(pairs), -1)[:, -1]


def _tokenizer(pack: Pack) -> Any:
    """Cuts the longer of query and text at the model's window."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(pack.path_of("tokenizer.json")))
    except Exception as error:  # the library raises bare Exception for everything
        raise PackInvalid(pack.id, "its tokenizer.json can't be read") from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(min(pack.context_tokens or _WINDOW, _WINDOW))
    return tokenizer
