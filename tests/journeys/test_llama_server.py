"""A far side that is none of ours: llama.cpp's OpenAI-compatible server with SmolLM2-135M, through the whole chain.

Offer, yes, spawner, gateway, keyring, HTTP, a real model's words streamed back, usage in the ledger; and its errors.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.conversation import Message, Role
from copilot.gateway.frames import End, Failed
from copilot.gateway.spawner import Spawner
from indexer.reporter import Silent
from tests.approvals import Desk, desk_in
from tests.keyringsession import NEEDS_KEYRING, keep_api_key, keyring_session
from tests.packs import gguf_file

pytestmark = [
    NEEDS_KEYRING,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the wheel of the server is for Linux"),
]

ROOT = Path(__file__).parents[2]
ID = "0123456789abcdef"
KEY = "sk-llama-99d1"
ASKED = (Message(Role.SYSTEM, "You answer in one short sentence."), Message(Role.USER, "Say hello to Person A."))

# One thread: with more, each waits for the others by spinning, which is minutes on a computer that is busy.
SERVER = """
import sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_parallel = sys.argv[1], 1024, 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.warmup = params.fit_params = False
params.api_keys = [sys.stdin.readline().strip()]
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pytest.importorskip("xllamacpp")
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(gguf_file())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(KEY + "\n")
        server.stdin.flush()
        yield server.stdout.readline().strip()
        server.kill()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with keyring_session(tmp_path / "keyring") as session:
        for name, value in session.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "home" / "library.key"))
        yield desk_in(tmp_path / "home")


def ask(desk: Desk, url: str, request_id: str = ID) -> tuple[list[str], End | Failed]:
    request = desk.offer(desk.set_up(url, model="smollm2"), request_id, ASKED)
    desk.decide(request)
    pieces: list[str] = []
    with Spawner(desk.paths) as spawner:
        return pieces, spawner.run(request_id, pieces.append, Silent())


def test_a_real_model_answers_through_the_whole_chain(desk: Desk, address: str) -> None:
    keep_api_key("acme", KEY, dict(os.environ))
    pieces, last = ask(desk, address + "/v1")
    assert isinstance(last, End), last
    assert len(pieces) > 2  # it came in pieces
    assert any(character.isalpha() for character in "".join(pieces))
    assert last.prompt_tokens > 20
    assert 2 < last.answer_tokens <= 64
    received = desk.story(ID)[-1]
    assert (received.kind.value, received.answer_tokens) == ("received", last.answer_tokens)


def test_its_errors_are_ours(desk: Desk, address: str) -> None:
    keep_api_key("acme", "sk-wrong-0000", dict(os.environ))
    _, last = ask(desk, address + "/v1")
    assert isinstance(last, Failed)
    assert last.failure.code == "bad_api_key"
    keep_api_key("acme", KEY, dict(os.environ))
    _, last = ask(desk, address + "/v2", "f" * 16)
    assert isinstance(last, Failed)
    assert last.failure.code == "request_refused"
