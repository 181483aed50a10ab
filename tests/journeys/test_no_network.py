"""Nothing leaves: the trace of the main job holds no internet socket, and without a network all is the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.cli import ROOT, Nearside
from tests.packs import packs_folder

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is Linux's"),
    pytest.mark.skipif(not shutil.which("strace"), reason="needs strace: sh installers/debian_packages.sh test"),
]

ALONE = (("index", "add", "{documents}"), ("search", "notice period", "--json"), ("ask", "What is the break clause?"))
WITH_ENGINE = (("ask", "加班怎么算？", "--json"), ("index", "run"), ("engine", "stop"))
INTERNET = re.compile(r"\b(socket|connect|sendto|bind)\([^\n]*AF_INET6?\b")


def nearside_in(tmp_path: Path) -> tuple[Nearside, Path]:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name in ("Contracts/Office lease Harbour Street.pdf", "HR/员工手册-考勤与休假.docx"):
        shutil.copy(ROOT / "docs" / "sample-folder" / name, documents)
    nearside = Nearside(tmp_path / "home", packs_folder())
    nearside.place_packs()
    return nearside, documents


def traced(trace: Path, *command: str) -> list[str]:
    return ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace), *command]


def ran(command: list[str], nearside: Nearside) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env=nearside.environment, capture_output=True, encoding="utf-8", timeout=240, check=False
    )
    assert done.returncode == 0, (command, done.stderr)


def test_the_trace_shows_no_internet_socket(tmp_path: Path) -> None:
    nearside, documents = nearside_in(tmp_path)
    for number, step in enumerate(ALONE):
        trace = tmp_path / f"trace-{number}"
        ran(traced(trace, *nearside.command(*(word.format(documents=documents) for word in step))), nearside)
        assert INTERNET.findall(trace.read_text("utf-8", "replace")) == [], step
    # The engine itself, as a traced child of ours: `engine start` would leave it to the tracer, which then never ends.
    trace = tmp_path / "trace-engine"
    host = traced(trace, sys.executable, "-P", "-m", "copilot.host")
    environment = nearside.environment | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(host, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as engine:
        deadline = time.monotonic() + 60
        while nearside.run("engine", "status").code and time.monotonic() < deadline:
            time.sleep(0.2)
        for step in WITH_ENGINE:
            ran(nearside.command(*step), nearside)
        assert engine.wait(60) == 0
    text = trace.read_text("utf-8", "replace")
    assert INTERNET.findall(text) == []
    assert "AF_UNIX" in text  # the trace does see sockets


def test_without_a_network_all_is_the_same(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody leave the network")
    nearside, documents = nearside_in(tmp_path)
    for step in (*ALONE, ("engine", "start"), *WITH_ENGINE):
        words = [word.format(documents=documents) for word in step]
        ran(["unshare", "-rn", *nearside.command(*words)], nearside)
