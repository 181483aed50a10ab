"""PP-OCR's networks as graphs of ours: small stand-ins show what is added to a network and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from copilot import runtime
from copilot.models.ir.ppocr import CHARACTERS, DETECTION, HEIGHT, READING, build_recognizer
from indexer.reporter import Cancelled, Silent
from tests.enginepacks import recognizer_pack


def network(path: Path, *, characters: str | None) -> Path:
    """Takes [1, 3, height, width] and gives, for each column, three likelihoods that follow the first channel."""
    ov, ops = runtime.openvino(), runtime.opset()
    given = ops.parameter(ov.PartialShape([-1, 3, -1, -1]), ov.Type.f32, name="x")
    given.output(0).get_tensor().set_names({"x"})
    first = ops.gather(given, ops.constant(np.array(0)), ops.constant(np.array(1)))
    columns = ops.unsqueeze(ops.reduce_mean(first, ops.constant(np.array([1])), False), ops.constant(np.array([2])))
    likely = ops.multiply(columns, ops.constant(np.array([0.0, 1.0, -1.0], np.float32)))
    model = ov.Model([likely], [given], "net")
    if characters is not None:
        model.set_rt_info(characters, ["framework", "character"])
    ov.serialize(model, str(path), str(path.with_suffix(".bin")))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pack"
    made.mkdir()
    return made


def test_bytes_become_blue_green_red_about_zero_and_the_likeliest_character(tmp_path: Path, folder: Path) -> None:
    source = network(tmp_path / "net.xml", characters="a")

    assert build_recognizer(source, source, folder, Silent()) == "f16"

    assert (folder / CHARACTERS).read_text("utf-8") == "\na\n "
    core = runtime.openvino().Core()
    picture = np.zeros((1, HEIGHT, 4, 3), np.uint8)
    picture[..., 2] = (255, 204, 51, 0)  # blue, column by column
    confidence, character = core.compile_model(folder / f"{READING}.xml", "CPU")([picture]).values()
    assert character.tolist() == [[1, 1, 2, 2]]
    assert confidence[0] == pytest.approx([1.0, 0.6, 0.6, 1.0], abs=0.02)
    (plain,) = core.compile_model(folder / f"{DETECTION}.xml", "CPU")([picture]).values()
    assert plain[0, :, 1] == pytest.approx([1.0, 0.6, -0.6, -1.0], abs=0.02)


@pytest.mark.parametrize(("characters", "why"), [(None, "does not name"), ("a\nb", "4 characters for 3 outputs")])
def test_a_network_whose_characters_are_not_known_is_refused(
    tmp_path: Path, folder: Path, characters: str | None, why: str
) -> None:
    source = network(tmp_path / "net.xml", characters=characters)

    with pytest.raises(ValueError, match=why):
        build_recognizer(source, source, folder, Silent())


def test_it_stops_when_it_is_told_to(tmp_path: Path, folder: Path) -> None:
    class Stopped(Silent):
        def check(self) -> None:
            raise Cancelled

    source = network(tmp_path / "net.xml", characters="a")
    with pytest.raises(Cancelled):
        build_recognizer(source, source, folder, Stopped())


@pytest.mark.parametrize(("stem", "shape"), [(DETECTION, [1, 640, 640, 3]), (READING, [1, HEIGHT, 320, 3])])
def test_the_real_networks_know_all_their_shapes_once_one_is_given(stem: str, shape: list[int]) -> None:
    model = runtime.openvino().Core().read_model(recognizer_pack().path_of(f"{stem}.xml"))

    model.reshape(shape)

    shapes = [node.get_output_partial_shape(0) for node in model.get_ordered_ops() if node.get_output_size()]
    assert [shape for shape in shapes if shape.is_dynamic] == []
