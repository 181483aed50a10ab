"""The embedder: an encoder in OpenVINO form and its tokenizer, from a pack folder, to unit vectors.

Decision: two compiled forms of one model. Passages come by the thousand and want every core busy on its own batch; a
query comes alone, while indexing may be running, and wants an answer in milliseconds: it must not wait in the
passages' queue. Each form is compiled when it is first needed, so that asking never pays for indexing.

Decision: pooling happens here in float32, not in the graph. It costs one matrix product a batch, and any encoder
folder works as it was exported.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot import batching, runtime
from copilot.errors import ModelError, PackInvalid
from copilot.models.pack import Pack
from copilot.placement import Placement
from indexer.document import Vectors

_TOKEN_BUDGET = 512
"""Of one batch. Larger ones leave the caches: 1,024 was a tenth slower on 2 cores, 4,096 a third, in more memory."""
_MOST_TEXTS = 32
_WINDOW = 512
_STATIC_WIDTH = 512
"""An NPU takes one fixed shape: one text, this wide."""
_PIECES = "sentencepiece.model"

_Cut = Callable[[Sequence[str]], list[list[int]]]


def open_embedder(pack: Pack, placement: Placement) -> EncoderEmbedder:
    """Read the model and its tokenizer. Raises PackInvalid, ModelError."""
    return EncoderEmbedder(pack, placement)


class EncoderEmbedder:
    """Fills indexer.ports.Embedder. Thread-safe: passages queue up behind one another, queries behind queries."""

    def __init__(self, pack: Pack, placement: Placement) -> None:
        self._pack = pack
        self._config = dict(placement.config)
        self.device = placement.device
        self.dimension = pack.dimension
        self.model_id = f"{pack.id}-{pack.version}-{pack.quantization}"
        self._static = placement.device.startswith("NPU")
        self._cut, self._padding = _cutter(pack)
        self._passages_lock, self._query_lock = threading.Lock(), threading.Lock()
        self._queue: Any = None
        self._request: Any = None
        self._model: Any = self._read()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        array = np.empty((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return Vectors(self.model_id, array)
        rows = self._cut([self._pack.passage_prefix + text for text in texts])
        try:
            with self._passages_lock:
                self._run(rows, array)
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, type(error).__name__) from error
        return Vectors(self.model_id, array)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        rows = self._cut([self._pack.query_prefix + text])
        ids, mask = batching.pad(rows, self._padding, _STATIC_WIDTH if self._static else None)
        try:
            with self._query_lock:
                request = self._query_request()
                request.infer(self._feed(ids, mask), share_inputs=True)
                vector: NDArray[np.float32] = _pooled(self._pack.pooling, request, mask)[0]
                return vector
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, type(error).__name__) from error

    def warm_up(self) -> None:
        """Compile the query's form and run it once."""
        self.embed_query("warm up")

    def _read(self) -> Any:
        try:
            model = runtime.openvino().Core().read_model(self._pack.path_of("openvino_model.xml"))
            if self._static:
                model.reshape({part.get_any_name(): [1, _STATIC_WIDTH] for part in model.inputs})
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, "its model can't be read") from error
        self._names = {part.get_any_name() for part in model.inputs}
        return model

    def _compiled(self, hint: str) -> Any:
        try:
            config = {"PERFORMANCE_HINT": hint, **self._config}
            return runtime.openvino().Core().compile_model(self._model, self.device, config)
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, "it does not compile for this device") from error

    def _passages_queue(self) -> Any:
        if self._queue is None:
            self._queue = runtime.openvino().AsyncInferQueue(self._compiled("THROUGHPUT"), 0)
            # Never a method of ours: the queue would hold us and we the queue, and Python's collector can't see into
            # the library, so that 600 MB would stay for good.
            self._queue.set_callback(functools.partial(_collect, self._pack.pooling))
        return self._queue

    def _query_request(self) -> Any:
        if self._request is None:
            self._request = self._compiled("LATENCY").create_infer_request()
        return self._request

    def _run(self, rows: list[list[int]], array: NDArray[np.float32]) -> None:
        queue = self._passages_queue()
        most, width = (1, _STATIC_WIDTH) if self._static else (_MOST_TEXTS, None)
        for batch in batching.plan([len(row) for row in rows], _TOKEN_BUDGET, most):
            ids, mask = batching.pad([rows[index] for index in batch], self._padding, width)
            queue.start_async(self._feed(ids, mask), (array, batch, mask))
        queue.wait_all()

    def _feed(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        feed = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in self._names:
            feed["token_type_ids"] = np.zeros_like(ids)
        return feed


_Job = tuple[NDArray[np.float32], tuple[int, ...], NDArray[np.int64]]
"""Where the vectors go, into which rows, and the batch's mask."""


def _collect(pooling: str, request: Any, job: _Job) -> None:
    array, batch, mask = job
    array[list(batch)] = _pooled(pooling, request, mask)


def _pooled(pooling: str, request: Any, mask: NDArray[np.int64]) -> NDArray[np.float32]:
    """Unit vectors float32 [batch, dimension] from states [batch, tokens, dimension]. The mean needs no division: the
    length is made 1 afterwards.
    """
    states = request.get_output_tensor(0).data
    if pooling == "cls":
        vectors = states[:, 0].astype(np.float32)
    else:
        vectors = (mask[:, None, :].astype(np.float32) @ states)[:, 0]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _cutter(pack: Pack) -> tuple[_Cut, int]:
    """What turns texts into token ids, cut at the model's window, and the id that pads.

    Decision: sentencepiece where the pack has its file. The `tokenizers` library holds the 250,000 pieces of XLM-R in
    300 MB and takes five times as long; sentencepiece needs 60 MB.
    """
    window = min(pack.context_tokens or _WINDOW, _WINDOW)
    cut = _pieces if any(file.name == _PIECES for file in pack.files) else _tokenizer
    try:
        return cut(pack, window)
    except Exception as error:  # both libraries raise bare exceptions for everything
        raise PackInvalid(pack.id, "its tokenizer can't be read") from error


def _pieces(pack: Pack, window: int) -> tuple[_Cut, int]:
    from sentencepiece import SentencePieceProcessor

    model = SentencePieceProcessor(model_file=str(pack.path_of(_PIECES)))
    begin, end = [model.bos_id()], [model.eos_id()]

    def cut(texts: Sequence[str]) -> list[list[int]]:
        return [begin + ids[: window - 2] + end for ids in model.encode(list(texts), num_threads=1)]

    return cut, int(model.pad_id())


def _tokenizer(pack: Pack, window: int) -> tuple[_Cut, int]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(pack.path_of("tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(window)
    padding = next((number for name in ("<pad>", "[PAD]") if (number := tokenizer.token_to_id(name)) is not None), 0)

    def cut(texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in tokenizer.encode_batch_fast(list(texts))]

    return cut, padding
