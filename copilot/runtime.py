"""The door to OpenVINO: the only place that imports `openvino` and `openvino_genai`, and it keeps their telemetry out.

What is done with them lives in devices/, engines/ and models/ir/.

Decision: `import openvino` looks up an analytics host at every import when the package `openvino_telemetry` can be
imported. Nearside does not depend on that package, but another program may have put it into the same environment; a
None in `sys.modules` makes the import fail whoever installed it, which OpenVINO takes as "no telemetry". An
environment variable would do as well until somebody unsets it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


def _quiet_import(name: str) -> ModuleType:
    # A module that is already there was imported by someone else before us: replace it, its sender included.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    return importlib.import_module(name)


def openvino() -> Any:
    """The module `openvino`, without telemetry. Takes 0.2 s the first time."""
    return _quiet_import("openvino")


def genai() -> Any:
    """The module `openvino_genai`, without telemetry."""
    openvino()
    return _quiet_import("openvino_genai")


def tokenizers_library() -> str:
    """Path of the library with the tokenizer operations, for `Core.add_extension`."""
    openvino()
    return str(_quiet_import("openvino_tokenizers")._ext_path)


def version() -> str:
    """OpenVINO's own version, for doctor and for the stamp in a converted pack."""
    return str(openvino().get_version())


def opset() -> Any:
    """The functions that make graph nodes, of the newest set whose every node all three plugins know."""
    openvino()
    return _quiet_import("openvino.opset13")
