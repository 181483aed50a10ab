"""How fast does the generator read and write, against llama.cpp on the same weights?

Run: python -m tests.benchmarks.generator_speed --pack FOLDER --gguf FILE --text FOLDER [--peer-python PYTHON]

Prompts of about 1,000 tokens: passages from the text files below `--text`, and a question that asks for a quotation.
Not every answer is one: an answer counts as quoting when four words in five of it stand in runs of four or more words
that the prompt has too, and the two kinds are reported apart. Each prompt goes to Nearside and then to the peer, in
turns, so that a busy minute hits both. The peer is llama.cpp as `xllamacpp` carries it, in a process of its own, with
as many threads as there are cores; it measures itself. At the end every answer is written twice more without prompt
lookup and prefix cache, greedily, and compared: by OpenVINO GenAI in passes of one token, and in passes of two as
tests/paired_greedy.py explains.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from copilot import runtime
from copilot.conversation import Message, Role
from copilot.engines.generator import PROCESSOR, open_generator
from copilot.models.pack import read_pack
from copilot.placement import Placement
from indexer.reporter import Silent
from tests.benchmarks.search_speed import passages
from tests.paired_greedy import PairedGreedy

SYSTEM = "Answer from the numbered passages: quote what holds the answer word for word, then cite the passage as [n]."
_RUN = 4
QUOTING = 0.8
PEER = """
import json, os, sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel, params.n_predict = 4096, 1, 256
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = os.cpu_count()
params.use_jinja = True
server = xllamacpp.Server(params)
for line in sys.stdin:
    answer = server.handle_chat_completions({**json.loads(line), "temperature": 0.0})
    answer = json.loads(answer) if isinstance(answer, str) else answer
    print("RESULT " + json.dumps(answer), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds to the first token for `prompt` tokens, and tokens a second after it."""

    text: str
    prompt: int
    first: float
    rate: float


def quoted(text: str, prompt: str) -> float:
    """The share of the words of `text` that stand in a run of `_RUN` words that `prompt` has too; 0 to 1."""
    words, read = text.split(), prompt.split()
    runs = {tuple(read[at : at + _RUN]) for at in range(len(read) - _RUN + 1)}
    found: set[int] = set()
    for at in range(len(words) - _RUN + 1):
        if tuple(words[at : at + _RUN]) in runs:
            found.update(range(at, at + _RUN))
    return len(found) / len(words) if words else 0.0


class Peer:
    """llama.cpp in its own interpreter, one JSON line a prompt."""

    def __init__(self, python: str, gguf: Path) -> None:
        command = [python, "-c", PEER, str(gguf)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def ask(self, messages: tuple[Message, ...], max_tokens: int) -> Run:
        turns = [{"role": message.role.value, "content": message.text} for message in messages]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"messages": turns, "max_tokens": max_tokens}) + "\n")
        self._process.stdin.flush()
        line = next(line for line in self._process.stdout if line.startswith("RESULT "))
        answer = json.loads(line.removeprefix("RESULT "))
        times = answer["timings"]
        text = answer["choices"][0]["message"]["content"]
        return Run(text, times["prompt_n"], times["prompt_ms"] / 1000, times["predicted_per_second"])

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


def prompts(folder: Path, count: int, characters: int) -> list[tuple[Message, ...]]:
    """`count` questions over passages of `characters` in all."""
    rng = random.Random(7)
    texts = [text for text in passages(folder, 4000, rng) if text.isascii()]
    made: list[tuple[Message, ...]] = []
    for number in range(count):
        chosen = rng.sample(texts, characters // 900)
        body = "\n\n".join(f"[{place}] {text}" for place, text in enumerate(chosen, 1))
        asked = number % len(chosen)
        word = max(chosen[asked][200:400].split(), key=len)
        question = f'What does passage [{asked + 1}] say about "{word}"? Quote the sentences around it word for word.'
        made.append((Message(Role.SYSTEM, SYSTEM), Message(Role.USER, f"{body}\n\nQuestion: {question}")))
    return made


def plain_texts(folder: Path, asked: list[tuple[Message, ...]], max_tokens: int) -> list[str]:
    """What greedy decoding writes with nothing to speed it up."""
    genai = runtime.genai()
    scheduler = genai.SchedulerConfig()
    scheduler.num_kv_blocks, scheduler.max_num_batched_tokens, scheduler.enable_prefix_caching = 257, 256, False
    pipeline = genai.ContinuousBatchingPipeline(folder, scheduler, "CPU", dict(PROCESSOR))
    tokenizer = pipeline.get_tokenizer()
    config = genai.GenerationConfig()
    config.max_new_tokens, config.do_sample, config.apply_chat_template = max_tokens, False, False
    config.set_eos_token_id(tokenizer.get_eos_token_id())
    return [pipeline.generate([templated(tokenizer, messages)], [config])[0].m_generation_ids[0] for messages in asked]


def paired_texts(folder: Path, asked: list[tuple[Message, ...]], max_tokens: int) -> list[str]:
    """The same in passes of two tokens."""
    tokenizer = runtime.genai().Tokenizer(folder)
    stop, greedy = tokenizer.get_eos_token_id(), PairedGreedy(folder, 4096)
    texts = []
    for messages in asked:
        ids = tokenizer.encode(templated(tokenizer, messages), add_special_tokens=False).input_ids.data[0]
        written = greedy.write([int(number) for number in ids], {stop}, max_tokens)
        texts.append(str(tokenizer.decode([number for number in written if number != stop])))
    return texts


def templated(tokenizer: Any, messages: tuple[Message, ...]) -> str:
    turns = [{"role": message.role.value, "content": message.text} for message in messages]
    return str(tokenizer.apply_chat_template(runtime.genai().ChatHistory(turns), add_generation_prompt=True))


def shown(name: str, runs: list[Run]) -> None:
    per_thousand = statistics.median(run.first / run.prompt * 1000 for run in runs)
    rate = statistics.median(run.rate for run in runs)
    print(
        f"{name:12} first token of 1,000: {per_thousand:6.2f} s   writes {rate:6.1f} tokens/s (medians of {len(runs)})"
    )


def compared(kind: str, ours: list[Run], theirs: list[Run]) -> None:
    """Medians of both, and of the ratios prompt by prompt."""
    print(f"answers that {kind}:")
    shown("Nearside", ours)
    if theirs:
        shown("llama.cpp", theirs)
        pairs = list(zip(ours, theirs, strict=True))
        first = statistics.median((a.first / a.prompt) / (b.first / b.prompt) for a, b in pairs)
        rate = statistics.median(a.rate / b.rate for a, b in pairs)
        print(f"{'ratio':12} first token: {first:.2f} (goal 0.5 or less)   writing: {rate:.2f} (goal 2.2 when quoting)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--peer-python", default=sys.executable)
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--max-tokens", type=int, default=96)
    chosen = parser.parse_args()
    asked = prompts(chosen.text, chosen.count, 3600)
    peer = Peer(chosen.peer_python, chosen.gguf) if chosen.gguf else None
    generator = open_generator(read_pack(chosen.pack), Placement("CPU", "", (), ()))
    generator.warm_up()
    if peer is not None:
        peer.ask((Message(Role.USER, "Repeat: one two three four."),), 8)
    ours, theirs = [], []
    for messages in asked:
        written = generator.generate(messages, Silent(), max_tokens=chosen.max_tokens)
        rest = written.total_seconds - written.first_token_seconds
        rate = (written.answer_tokens - 1) / rest if rest > 0 else 0.0
        ours.append(Run(written.text, written.prompt_tokens, written.first_token_seconds, rate))
        if peer is not None:
            theirs.append(peer.ask(messages, chosen.max_tokens))
        told = f"quotes {quoted(written.text, messages[-1].text):4.0%}  Nearside {rate:5.1f} tokens/s"
        print(told + (f"  llama.cpp {theirs[-1].rate:5.1f}" if theirs else ""), flush=True)
    memory = psutil.Process().memory_info().rss
    generator.close()
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}, OpenVINO {runtime.version()}")
    print(f"load {generator.load_seconds:.1f} s, resident {memory / 1e6:.0f} MB, prompts of {ours[0].prompt} tokens")
    shares = [quoted(run.text, messages[-1].text) for run, messages in zip(ours, asked, strict=True)]
    for kind, chosen_kind in (("quote", True), ("do not quote", False)):
        places = [place for place, share in enumerate(shares) if (share >= QUOTING) == chosen_kind]
        if places:
            compared(kind, [ours[place] for place in places], [theirs[place] for place in places] if peer else [])
    if peer is not None:
        peer.close()
    for way, write in (("one token", plain_texts), ("two tokens", paired_texts)):
        plain = write(chosen.pack, asked, chosen.max_tokens)
        same = sum(run.text == text for run, text in zip(ours, plain, strict=True))
        print(f"same text as plain greedy decoding in passes of {way}: {same} of {len(plain)}")


if __name__ == "__main__":
    main()
