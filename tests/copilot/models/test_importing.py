"""Importing: the conversion's process is rehearsed by a few lines of Python; the real one needs torch."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from copilot.errors import ImportImpossible
from copilot.models import conversion
from copilot.models.importing import import_model
from copilot.models.shelf import Shelf
from copilot.paths import Paths, find_paths
from indexer.reporter import Cancelled, Silent
from tests.fakes import WatchedReporter

TOLD = {
    "role": "embedder",
    "name": "My Model",
    "dimension": 4,
    "pooling": "mean",
    "query_prefix": "query: ",
    "passage_prefix": "",
    "context_tokens": 256,
    "quantization": "int4-sym-g128",
    "parity": 0.9991,
    "measure": "lowest cosine",
}
MAKES = """
import sys, pathlib
target = pathlib.Path(sys.argv[2])
(target / "openvino_model.xml").write_text("<net/>")
(target / "openvino_model.bin").write_bytes(b"1234")
(target / "tokenizer.json").write_text("{}")
(target / "modeling.py").write_text("print('never')")
print("a library says something")
print(%r)
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return find_paths(tmp_path / "home")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "My Model"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"architectures": ["BertModel"]}))
    return folder


def rehearse(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    (tmp_path / "rehearsed.py").write_text(script)
    monkeypatch.setattr("copilot.models.importing.SCRIPT", tmp_path / "rehearsed.py")


def test_a_folder_becomes_a_pack(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, paths: Paths, model: Path) -> None:
    rehearse(monkeypatch, tmp_path, MAKES % json.dumps(TOLD))
    imported = import_model(paths, model, Silent(), bits=4, licence="MIT")
    assert (imported.parity, imported.measure) == (0.9991, "lowest cosine")
    pack = Shelf(paths.packs).get("my-model")
    assert pack == imported.pack
    assert (pack.role, pack.quantization, pack.dimension, pack.licence) == ("embedder", "int4-sym-g128", 4, "MIT")
    assert [file.name for file in pack.files] == ["openvino_model.bin", "openvino_model.xml", "tokenizer.json"]
    assert not (pack.folder / "modeling.py").exists()


def test_without_the_extra_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, paths: Paths, model: Path, tmp_path: Path
) -> None:
    told = json.dumps({"impossible": "this Python has no torch", "missing": ["torch"]})
    rehearse(monkeypatch, tmp_path, f"print({told!r})")
    with pytest.raises(ImportImpossible, match="no torch") as caught:
        import_model(paths, model, Silent())
    assert "nearside[convert]" in caught.value.advice
    assert not list(paths.packs.iterdir())


@pytest.mark.parametrize("script", ["raise SystemExit(3)", "print('not json')", "", "print('[1]')"])
def test_a_conversion_that_breaks_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, paths: Paths, model: Path, script: str
) -> None:
    rehearse(monkeypatch, tmp_path, script)
    with pytest.raises(ImportImpossible, match="ended early"):
        import_model(paths, model, Silent())
    assert not list(paths.packs.iterdir())


def test_it_can_be_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, paths: Paths, model: Path) -> None:
    rehearse(monkeypatch, tmp_path, "import time; time.sleep(60)")
    with pytest.raises(Cancelled):
        import_model(paths, model, WatchedReporter(stop_when=lambda event: True))
    assert not list(paths.packs.iterdir())


def test_what_is_no_model_is_refused_at_once(paths: Paths, tmp_path: Path, model: Path) -> None:
    with pytest.raises(ImportImpossible, match="a folder with a config"):
        import_model(paths, tmp_path, Silent())
    with pytest.raises(ImportImpossible, match="can't be started"):
        import_model(paths, model, Silent(), python=tmp_path / "no-python")


@pytest.mark.parametrize(
    ("architectures", "modules", "role"),
    [
        (["BertForSequenceClassification"], False, "reranker"),
        (["Qwen2ForCausalLM"], False, "generator"),
        (["BertForMaskedLM"], True, "embedder"),
        (["XLMRobertaModel"], False, "embedder"),
    ],
)
def test_the_role_is_told_by_the_folder(tmp_path: Path, architectures: list[str], modules: bool, role: str) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"architectures": architectures}))
    if modules:
        (tmp_path / "modules.json").write_text("[]")
    assert conversion.role_of(tmp_path) == role


@pytest.mark.parametrize(("hidden", "group"), [(1536, 128), (576, -1)])
def test_rows_that_groups_do_not_fit_share_one_scale(tmp_path: Path, hidden: int, group: int) -> None:
    shape = {"hidden_size": hidden, "intermediate_size": 1536, "num_attention_heads": 2, "head_dim": 128}
    (tmp_path / "config.json").write_text(json.dumps(shape))
    assert conversion.group_of(tmp_path) == group


def test_other_kinds_are_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["ViTForImageClassification"]}))
    with pytest.raises(conversion.Impossible, match="ViTForImageClassification"):
        conversion.role_of(tmp_path)


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="this environment has the extra")
def test_the_real_program_names_what_is_missing(paths: Paths, model: Path) -> None:
    with pytest.raises(ImportImpossible, match="torch"):
        import_model(paths, model, Silent(), python=Path(sys.executable))
