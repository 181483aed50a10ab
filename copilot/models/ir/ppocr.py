"""PP-OCR's two ONNX networks to OpenVINO graphs that take pictures as they are: one finds text, one reads lines.

Both take RGB bytes [count, height, width, 3] and do the scaling and the change to BGR, in which they were trained, by
themselves. The reading network gives the likeliest character of each step and its probability instead of the
probabilities of all 18,710: 150 kB less to carry for every step, which is most of the work on a device that is not the
processor.
"""

from __future__ import annotations

from pathlib import Path

from copilot.models.ir.graph import Graph, Node
from indexer.reporter import Progress, Reporter

DETECTION, READING, CHARACTERS = "detection", "reading", "characters.txt"
"""Stems of the two networks, and the file with the characters, one a line, that the reading network knows."""
MIDDLE = 127.5
HEIGHT = 48
"""Pixels of a line as the reading network takes it."""


def build_recognizer(detection: Path, reading: Path, folder: Path, reporter: Reporter) -> str:
    """Write both networks and the characters into `folder`; returns the quantization's name.

    Raises ValueError when `reading` does not name its characters; Cancelled when the reporter says so.
    """
    graph = Graph()
    for number, (stem, source) in enumerate(((DETECTION, detection), (READING, reading))):
        reporter.report(Progress("convert", number, 2))
        reporter.check()
        model = graph.ov.Core().read_model(source)
        _without_identities(model)
        if stem == READING:
            (folder / CHARACTERS).write_text("\n".join(_characters(model)), "utf-8", newline="\n")
            model = _likeliest(graph, model)
        graph.ov.save_model(_fed_with_bytes(graph, model), str(folder / f"{stem}.xml"), compress_to_fp16=True)
    return "f16"


def _without_identities(model: Node) -> None:
    """Nodes that hand on what they get; shapes are not computed through them, and an NPU wants all of them known."""
    for node in model.get_ordered_ops():
        if node.get_type_name() == "Identity":
            node.output(0).replace(node.input_value(0))
    model.validate_nodes_and_infer_types()


def _characters(model: Node) -> list[str]:
    """By the number of the network's output; number 0 is no character."""
    place = ["framework", "character"]
    if not model.has_rt_info(place):
        raise ValueError("it does not name its characters")
    named = str(model.get_rt_info(place).value)
    known = ["", *named.split("\n"), " "]
    outputs = model.output(0).get_partial_shape()[2].get_length()
    if len(known) != outputs:
        raise ValueError(f"it names {len(known)} characters for {outputs} outputs")
    return known


def _likeliest(graph: Graph, model: Node) -> Node:
    probabilities = model.get_results()[0].input_value(0)
    best = graph.ops.topk(probabilities, graph.index(1), axis=2, mode="max", sort="none", index_element_type="i32")
    last = graph.ints(2)
    results = [
        graph.result(graph.ops.squeeze(best.output(0), last), "confidence"),
        graph.result(graph.ops.squeeze(best.output(1), last), "character"),
    ]
    return graph.ov.Model(results, model.get_parameters(), "reading")


def _fed_with_bytes(graph: Graph, model: Node) -> Node:
    preprocess = graph.ov.preprocess
    chain = preprocess.PrePostProcessor(model)
    given = chain.input()
    given.tensor().set_element_type(graph.ov.Type.u8).set_layout(graph.ov.Layout("NHWC"))
    given.tensor().set_color_format(preprocess.ColorFormat.RGB)
    given.model().set_layout(graph.ov.Layout("NCHW"))
    steps = given.preprocess().convert_element_type(graph.ov.Type.f32)
    steps.convert_color(preprocess.ColorFormat.BGR).mean(MIDDLE).scale(MIDDLE)
    return chain.build()
