"""The built graph against the same model in plain numpy: whole texts, texts in pieces, padding, both families."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copilot import runtime
from copilot.models.gguf_file import GgufFile, GgufUnsupported
from copilot.models.ir.decoder import build_decoder
from copilot.models.quantize import int4_groups, restore_int4
from indexer.reporter import Cancelled, Progress, Silent
from tests.copilot.models.tinymodels import VOCABULARY, decoder_logits, write_gguf
from tests.fakes import WatchedReporter

IDS = np.array([3, 17, 42, 5, 90, 11, 64, 23], np.int64)


def opened(folder: Path) -> Any:
    exact = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0", "KV_CACHE_PRECISION": "f32"}
    return runtime.openvino().Core().compile_model(folder / "openvino_model.xml", "CPU", exact).create_infer_request()


def run(request: Any, ids: NDArray[np.int64], start: int, mask: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    positions = np.arange(start, start + len(ids), dtype=np.int64)
    whole = np.ones(start + len(ids), np.int64) if mask is None else mask
    request.infer(
        {
            "input_ids": ids[None],
            "attention_mask": whole[None],
            "position_ids": positions[None],
            "beam_idx": np.zeros(1, np.int32),
        }
    )
    return np.array(request.get_output_tensor(0).data[0])


@pytest.mark.parametrize(("family", "tied"), [("qwen2", False), ("qwen2", True), ("llama", True)])
def test_logits_are_those_of_the_model(tmp_path: Path, family: str, tied: bool) -> None:
    # 120 is no multiple of 128, so that rows of 8 bits are taken: nearly exact, a wrong rotation would show at once.
    tensors = write_gguf(tmp_path / "m.gguf", family, tied=tied, hidden=120)
    assert build_decoder(tmp_path / "m.gguf", tmp_path, Silent()) == "int8-asym"
    ours, expected = run(opened(tmp_path), IDS, 0), decoder_logits(tensors, family, IDS)
    assert ours.shape == (len(IDS), VOCABULARY)
    assert np.corrcoef(ours.ravel(), expected.ravel())[0, 1] > 0.999


def test_four_bit_groups_are_read_as_they_were_written(tmp_path: Path) -> None:
    tensors = write_gguf(tmp_path / "m.gguf", "qwen2", tied=False)
    assert build_decoder(tmp_path / "m.gguf", tmp_path, Silent()) == "int4-sym-g128"
    rounded = {
        name: restore_int4(int4_groups(values, 128)) if name.startswith("blk.") and values.ndim == 2 else values
        for name, values in tensors.items()
    }
    ours = run(opened(tmp_path), IDS, 0).ravel()
    assert np.corrcoef(ours, decoder_logits(rounded, "qwen2", IDS).ravel())[0, 1] > 0.999
    assert 0.9 < np.corrcoef(ours, decoder_logits(tensors, "qwen2", IDS).ravel())[0, 1] < 0.999


def test_a_text_in_pieces_gives_what_the_whole_gives(tmp_path: Path) -> None:
    write_gguf(tmp_path / "m.gguf", "qwen2", tied=True)
    build_decoder(tmp_path / "m.gguf", tmp_path, Silent())
    request = opened(tmp_path)
    whole = run(request, IDS, 0)
    request.reset_state()
    pieces = [run(request, IDS[:5], 0), run(request, IDS[5:6], 5), run(request, IDS[6:], 6)]
    np.testing.assert_allclose(np.concatenate(pieces), whole, atol=1e-3)


def test_padding_is_not_seen(tmp_path: Path) -> None:
    write_gguf(tmp_path / "m.gguf", "llama", tied=True)
    build_decoder(tmp_path / "m.gguf", tmp_path, Silent())
    request = opened(tmp_path)
    whole = run(request, IDS, 0)
    request.reset_state()
    padded = np.concatenate([np.array([7, 7], np.int64), IDS])
    mask = np.array([0, 0] + [1] * len(IDS), np.int64)
    request.infer(
        {
            "input_ids": padded[None],
            "attention_mask": mask[None],
            "position_ids": np.maximum(np.arange(len(padded), dtype=np.int64) - 2, 0)[None],
            "beam_idx": np.zeros(1, np.int32),
        }
    )
    np.testing.assert_allclose(request.get_output_tensor(0).data[0][2:], whole, atol=1e-3)


def test_the_output_layer_can_have_four_bits(tmp_path: Path) -> None:
    write_gguf(tmp_path / "m.gguf", "qwen2", tied=False)
    (tmp_path / "small").mkdir()
    build_decoder(tmp_path / "m.gguf", tmp_path, Silent())
    build_decoder(tmp_path / "m.gguf", tmp_path / "small", Silent(), output_bits=4)
    sizes = [(folder / "openvino_model.bin").stat().st_size for folder in (tmp_path, tmp_path / "small")]
    assert sizes[1] < sizes[0]


def test_conversion_can_be_stopped(tmp_path: Path) -> None:
    write_gguf(tmp_path / "m.gguf", "qwen2", tied=True)
    reporter = WatchedReporter(stop_when=lambda event: event.done == 3)
    with pytest.raises(Cancelled):
        build_decoder(tmp_path / "m.gguf", tmp_path, reporter)
    assert {event.stage for event in reporter.events} == {"convert"}
    assert not (tmp_path / "openvino_model.xml").exists()


def test_progress_ends_at_its_total(tmp_path: Path) -> None:
    write_gguf(tmp_path / "m.gguf", "qwen2", tied=True)
    reporter = WatchedReporter()
    build_decoder(tmp_path / "m.gguf", tmp_path, reporter)
    last: Progress = reporter.events[-1]
    assert (last.done, last.total) == (15, 15)


def test_models_that_the_graph_does_not_hold_are_refused(tmp_path: Path) -> None:
    write_gguf(tmp_path / "stretched.gguf", "llama", tied=True, rope__scaling__type="yarn")
    with pytest.raises(GgufUnsupported, match="rope scaling"):
        build_decoder(tmp_path / "stretched.gguf", tmp_path, Silent())
    write_gguf(tmp_path / "other.gguf", "gemma3", tied=True)
    with pytest.raises(GgufUnsupported, match="gemma3"):
        GgufFile(tmp_path / "other.gguf")


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    write_gguf(tmp_path / "m.gguf", "qwen2", tied=True)
    whole = (tmp_path / "m.gguf").read_bytes()
    for broken in (b"", b"GGUF", b"PK\x03\x04" + whole[4:], whole[:300]):
        (tmp_path / "broken.gguf").write_bytes(broken)
        with pytest.raises(GgufUnsupported):
            GgufFile(tmp_path / "broken.gguf")
    (tmp_path / "short.gguf").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GgufUnsupported, match="cut short"):
        build_decoder(tmp_path / "short.gguf", tmp_path, Silent())
