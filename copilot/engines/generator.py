"""The generator: a language model in OpenVINO form (or a GGUF file), from a pack folder, to streamed text.

Decision: one worker thread owns the pipeline. OpenVINO GenAI raises when two threads enter it, and a queue of calls is
what the person sees anyway: answers come one after the other.

Decision: continuous batching driven step by step, not `generate()` with a streamer. A streamer hears nothing until the
whole prompt has been read (seconds), so nobody could cancel; here every step reads at most `_STEP_TOKENS` tokens and
then looks whether the person pressed stop.

Decision: prompt lookup always on. Answers over passages repeat them, and a pass that checks ten copied tokens costs
little more than one that makes a single token, because both read all weights once. The text is that of greedy
decoding.

Decision: an NPU takes prompts of a fixed size through LLMPipeline; neither steps nor prompt lookup exist there. The
differences are kept to `_Static`.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from copilot import runtime
from copilot.conversation import Delta, Generated, Message, Role
from copilot.errors import ModelError, PackInvalid, PromptTooLong
from copilot.models.pack import Pack
from copilot.placement import Placement
from copilot.streaming import TextStream
from copilot.worker import Worker
from indexer.reporter import Reporter

T = TypeVar("T")

_CONTEXT_TOKENS = 4096
"""No more than this is used of any model's window: the cache for 1.5 billion parameters is then 235 MB."""
_BLOCK_TOKENS = 32
_STEP_TOKENS = 256
PROCESSOR = (
    ("DYNAMIC_QUANTIZATION_GROUP_SIZE", "128"),
    ("INFERENCE_PRECISION_HINT", "f32"),
    ("KV_CACHE_PRECISION", "f32"),
)
"""What the processor is told. Activations are rounded to 8 bits in groups as wide as the weights' own, which reads a
third faster than the default of 32. Everything else is float32, so that the same prompt gives the same text to the
last letter, whether it is read anew or found in the cache, and whether tokens are copied or made one by one: with
bfloat16 two answers in three differed somewhere from plain greedy decoding, and the default cache of 8-bit keys
rounds a part-filled block anew with every token, so that each repetition gave other probabilities. It costs no time
(the layers themselves compute in 8 bits) and 57 kB of cache a token instead of 15.
"""
_COPIED_TOKENS = 5
_COPY_NGRAM = 3
_WARM_UP = "Repeat: one two three four five six seven eight nine ten."

Take = Callable[[Sequence[int], Sequence[float]], bool]
"""Receives new tokens and their log-probabilities; False ends the generation."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How one run is to go. `pattern` is a regular expression and `schema` a JSON schema that the text must follow."""

    max_tokens: int
    schema: str | None = None
    pattern: str | None = None


class _Pipeline(Protocol):
    """One way of driving GenAI. `run` returns why it ended: stop or length; Cancelled passes through."""

    tokenizer: Any
    stops: frozenset[int]
    prompt_tokens: int
    context_tokens: int

    def run(self, ids: Sequence[int], wanted: _Wanted, take: Take, check: Callable[[], None]) -> str: ...


class _Batched:
    """Continuous batching in steps, with prompt lookup and prefix caching."""

    def __init__(self, path: Path, pack: Pack, placement: Placement) -> None:
        genai = runtime.genai()
        self.context_tokens = self.prompt_tokens = min(pack.context_tokens or _CONTEXT_TOKENS, _CONTEXT_TOKENS)
        scheduler = genai.SchedulerConfig()
        # One block more than fits, for the copied tokens that a step tries beyond the end.
        scheduler.num_kv_blocks = self.context_tokens // _BLOCK_TOKENS + 1
        scheduler.max_num_batched_tokens = _STEP_TOKENS
        scheduler.dynamic_split_fuse = True
        scheduler.enable_prefix_caching = True
        tuned = PROCESSOR if placement.device == "CPU" else ()
        properties = {"prompt_lookup": True, **dict(tuned), **dict(placement.config)}
        self._pipeline = genai.ContinuousBatchingPipeline(path, scheduler, placement.device, properties)
        self.tokenizer = self._pipeline.get_tokenizer()
        self.stops = _stop_tokens(pack, self.tokenizer)
        self._request = 0

    def run(self, ids: Sequence[int], wanted: _Wanted, take: Take, check: Callable[[], None]) -> str:
        config = _configured(wanted, self.stops)
        config.num_assistant_tokens, config.max_ngram_size = _COPIED_TOKENS, _COPY_NGRAM
        self._request += 1
        handle = self._pipeline.add_request(self._request, _tensor(ids), config)
        try:
            return self._steps(handle, take, check)
        finally:
            # Whatever happened, nothing of this request may be left for the next one to find.
            if self._pipeline.has_non_finished_requests():
                handle.cancel()
                while self._pipeline.has_non_finished_requests():
                    self._pipeline.step()

    def _steps(self, handle: Any, take: Take, check: Callable[[], None]) -> str:
        statuses, finish = runtime.genai().GenerationStatus, ""
        while self._pipeline.has_non_finished_requests():
            check()
            self._pipeline.step()
            while handle.can_read():
                for output in handle.read().values():
                    if not take(output.generated_ids, output.generated_log_probs):
                        return "stop"
                    finish = {"STOP": "stop", "LENGTH": "length"}.get(output.finish_reason.name, finish)
        if handle.get_status() == statuses.IGNORED:
            raise RuntimeError("no room left for the conversation")
        return finish or "stop"


class _Static:
    """LLMPipeline on an NPU: a prompt of fixed size, one token per pass. A stop is seen once the prompt has been
    read.
    """

    def __init__(self, path: Path, pack: Pack, placement: Placement) -> None:
        genai, config = runtime.genai(), dict(placement.config)
        self.prompt_tokens = int(config.get("MAX_PROMPT_LEN", "1024"))
        self.context_tokens = self.prompt_tokens + int(config.get("MIN_RESPONSE_LEN", "128"))
        properties = {**config, "MAX_PROMPT_LEN": self.prompt_tokens}
        properties["MIN_RESPONSE_LEN"] = self.context_tokens - self.prompt_tokens
        self._pipeline = genai.LLMPipeline(path, placement.device, **properties)
        self.tokenizer = self._pipeline.get_tokenizer()
        self.stops = _stop_tokens(pack, self.tokenizer)

    def run(self, ids: Sequence[int], wanted: _Wanted, take: Take, check: Callable[[], None]) -> str:
        genai = runtime.genai()
        streamer = _streamer(take, check)
        check()
        mask = _tensor([1] * len(ids))
        result = self._pipeline.generate(
            genai.TokenizedInputs(_tensor(ids), mask), _configured(wanted, self.stops), streamer
        )
        if streamer.error is not None:
            raise streamer.error
        return "length" if len(result.tokens[0]) >= wanted.max_tokens and not streamer.stopped else "stop"


def _streamer(take: Take, check: Callable[[], None]) -> Any:
    """A GenAI streamer that keeps what is raised inside it: the library would swallow it."""
    genai = runtime.genai()
    base: Any = genai.StreamerBase

    class Streamer(base):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.error: BaseException | None = None
            self.stopped = False

        def write(self, token: Any) -> Any:
            try:
                check()
                self.stopped = not take([token] if isinstance(token, int) else list(token), ())
            except BaseException as error:
                self.error = error
                return genai.StreamingStatus.CANCEL
            return genai.StreamingStatus.STOP if self.stopped else genai.StreamingStatus.RUNNING

        def end(self) -> None:
            return None

    return Streamer()


def _configured(wanted: _Wanted, stops: frozenset[int]) -> Any:
    genai = runtime.genai()
    config = genai.GenerationConfig()
    config.max_new_tokens = wanted.max_tokens
    config.do_sample = False
    config.apply_chat_template = False
    config.logprobs = 1
    config.stop_token_ids = set(stops)
    if wanted.schema is not None or wanted.pattern is not None:
        shape = genai.StructuredOutputConfig()
        if wanted.schema is not None:
            shape.json_schema = wanted.schema
        else:
            shape.regex = wanted.pattern
        config.structured_output_config = shape
    return config


def _stop_tokens(pack: Pack, tokenizer: Any) -> frozenset[int]:
    """The ids that end an answer: the pipeline made with a scheduler reads only some of them by itself."""
    stops = {tokenizer.get_eos_token_id()}
    path = pack.path_of("generation_config.json")
    if path.exists():
        named = json.loads(path.read_text("utf-8")).get("eos_token_id", [])
        stops |= set(named if isinstance(named, list) else [named])
    return frozenset(number for number in stops if isinstance(number, int) and number >= 0)


def _tensor(ids: Sequence[int]) -> Any:
    import numpy as np

    return runtime.openvino().Tensor(np.array([ids], dtype=np.int64))


def _path(pack: Pack) -> Path:
    """What GenAI opens: the folder, or the GGUF file in it."""
    if pack.kind != "gguf":
        return pack.folder
    names = [file.name for file in pack.files if file.name.endswith(".gguf")]
    if not names:
        raise PackInvalid(pack.id, "it names no .gguf file")
    return pack.path_of(names[0])


def open_generator(pack: Pack, placement: Placement) -> PackGenerator:
    """Load the model on the worker thread; seconds. Raises ModelError, PackInvalid."""
    return PackGenerator(pack, placement)


class PackGenerator:
    """Fills copilot.ports.Generator. Calls from any thread; they are served one after the other."""

    def __init__(self, pack: Pack, placement: Placement) -> None:
        self._pack, self._placement = pack, placement
        self.model_id = f"{pack.id}-{pack.version}-{pack.quantization}"
        self.device = placement.device
        self._worker = Worker("generator")
        self._pipeline: _Pipeline | None = None
        self._warm = False
        began = time.perf_counter()
        self.context_tokens = self._on_worker(lambda _: self._loaded().context_tokens)
        self.load_seconds = time.perf_counter() - began

    def count_tokens(self, text: str) -> int:
        return len(self._on_worker(lambda _: self._ids(text)))

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return len(self._on_worker(lambda _: self._ids(self._templated(messages))))

    def generate(
        self,
        messages: Sequence[Message],
        reporter: Reporter,
        *,
        max_tokens: int = 256,
        stop: Sequence[str] = (),
        continue_from: str = "",
        schema: str | None = None,
    ) -> Generated:
        began = time.perf_counter()
        wanted = _Wanted(max_tokens, schema=schema)

        def run(listener: Reporter) -> Generated:
            ids = self._fitting(self._templated(messages) + continue_from, max_tokens)
            return self._written(ids, wanted, stop, listener, began)

        return self._on_worker(run, reporter)

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        """Each option is forced in turn; the model's own probability of its first token is what counts. The prompt is
        read once: every option finds it in the prefix cache. An NPU tells no probabilities: there the preferred
        option gets 1 and the others 0.
        """

        def run(listener: Reporter) -> tuple[float, ...]:
            ids, check = self._fitting(self._templated(messages), 1), listener.check
            if isinstance(self._pipeline, _Static):
                return self._preferred(ids, options, check)
            chances = [math.exp(self._log_chance(ids, option, check)) for option in options]
            total = sum(chances)
            return tuple(chance / total for chance in chances) if total > 0 else (1 / len(options),) * len(options)

        return self._on_worker(run, reporter)

    def warm_up(self) -> None:
        """Pay for the first call: the library prepares itself for reading, for writing, and for checking copied
        tokens.
        """

        def run(listener: Reporter) -> None:
            if not self._warm:
                self._loaded()
                message = Message(Role.USER, _WARM_UP)
                ids = self._ids(self._templated([message]))
                self._written(ids, _Wanted(24), (), listener, time.perf_counter())
                self._warm = True

        self._on_worker(run)

    def unload(self) -> None:
        """Give the model's memory back; the next call loads it again."""

        def run(_: Reporter) -> None:
            self._pipeline, self._warm = None, False

        self._on_worker(run)

    def close(self) -> None:
        self.unload()
        self._worker.close()

    def _on_worker(self, run: Callable[[Reporter], T], reporter: Reporter | None = None) -> T:
        try:
            return self._worker.call(run, reporter)
        except RuntimeError as error:
            raise ModelError(self.model_id, self.device, _last_line(error)) from error

    def _loaded(self) -> _Pipeline:
        if self._pipeline is None:
            kind = _Static if self.device.startswith("NPU") else _Batched
            self._pipeline = kind(_path(self._pack), self._pack, self._placement)
        return self._pipeline

    def _templated(self, messages: Sequence[Message]) -> str:
        turns = [{"role": message.role.value, "content": message.text} for message in messages]
        history = runtime.genai().ChatHistory(turns)
        return str(self._loaded().tokenizer.apply_chat_template(history, add_generation_prompt=True))

    def _ids(self, text: str) -> list[int]:
        encoded = self._loaded().tokenizer.encode(text, add_special_tokens=False)
        return [int(number) for number in encoded.input_ids.data[0]]

    def _fitting(self, text: str, max_tokens: int) -> list[int]:
        """Tokens of the prompt. GenAI takes a prompt of any length without a word, so the check is here."""
        ids, pipeline = self._ids(text), self._loaded()
        limit = min(pipeline.prompt_tokens, pipeline.context_tokens - max_tokens)
        if len(ids) > limit:
            raise PromptTooLong(len(ids), limit)
        return ids

    def _written(
        self, ids: list[int], wanted: _Wanted, stop: Sequence[str], reporter: Reporter, began: float
    ) -> Generated:
        pipeline, first, tokens = self._loaded(), 0.0, 0
        chances: list[float] = []

        def take(new: Sequence[int], log_chances: Sequence[float]) -> bool:
            nonlocal first, tokens
            first = first or time.perf_counter() - began
            tokens += len(new)
            chances.extend(log_chances)
            return stream.take([number for number in new if number not in pipeline.stops])

        stream = TextStream(
            lambda numbers: str(pipeline.tokenizer.decode(list(numbers))),
            lambda piece: reporter.report(Delta(piece)),
            stop,
        )
        finish = pipeline.run(ids, wanted, take, reporter.check)
        text = stream.finish()
        mean = sum(chances) / len(chances) if chances else None
        return Generated(text, finish, len(ids), tokens, first, time.perf_counter() - began, mean)

    def _log_chance(self, ids: list[int], option: str, check: Callable[[], None]) -> float:
        found: list[float] = []

        def take(_: Sequence[int], log_chances: Sequence[float]) -> bool:
            found.extend(log_chances)
            return False

        self._loaded().run(ids, _Wanted(1, pattern=re.escape(option)), take, check)
        return found[0] if found else -math.inf

    def _preferred(self, ids: list[int], options: Sequence[str], check: Callable[[], None]) -> tuple[float, ...]:
        pattern = "|".join(re.escape(option) for option in options)
        numbers: list[int] = []

        def take(new: Sequence[int], _: Sequence[float]) -> bool:
            numbers.extend(new)
            return True

        self._loaded().run(ids, _Wanted(1, pattern=f"({pattern})"), take, check)
        begun = str(self._loaded().tokenizer.decode(numbers))
        matching = [option.startswith(begun) and bool(begun) for option in options]
        return tuple(float(match) / max(1, sum(matching)) for match in matching)


def _last_line(error: RuntimeError) -> str:
    """OpenVINO's messages are source positions first and the reason last; prompts are never in them."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else type(error).__name__
