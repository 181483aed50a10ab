"""The door to OpenVINO: whoever installed the telemetry package, it is not imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from copilot import runtime

LOOK = """
import sys
from copilot import runtime
runtime.genai(), runtime.opset()
assert sys.modules["openvino_telemetry"] is None
"""


def test_telemetry_stays_out(tmp_path: Path) -> None:
    spy = tmp_path / "openvino_telemetry"
    spy.mkdir()
    (spy / "__init__.py").write_text(f"open({str(tmp_path / 'called')!r}, 'w').close()\nclass Telemetry: ...\n")
    # OpenVINO sends nothing under CI, which would hide it.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path.cwd())])}
    environment.pop("CI", None)
    direct = "import openvino_telemetry"
    subprocess.run([sys.executable, "-c", direct], env=environment, check=True)
    assert (tmp_path / "called").exists()
    (tmp_path / "called").unlink()
    subprocess.run([sys.executable, "-c", LOOK], env=environment, check=True)
    assert not (tmp_path / "called").exists()


def test_the_modules_are_what_they_say() -> None:
    assert runtime.openvino().__name__ == "openvino"
    assert runtime.genai().__name__ == "openvino_genai"
    assert runtime.version().startswith("20")
    assert Path(runtime.tokenizers_library()).exists()
