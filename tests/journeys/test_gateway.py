"""The chain with real processes: an offer, a yes, the spawner, a gateway, a keyring, a server; and all that ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from copilot.errors import EngineUnreachable
from copilot.far_errors import ApprovalMissing
from copilot.gateway.frames import End, Failed
from copilot.gateway.spawner import Spawner
from copilot.privacy.consent import ConsentRequest, Decision
from indexer.reporter import Cancelled, Silent
from tests.approvals import Desk, desk_in
from tests.keyringsession import NEEDS_KEYRING, keep_api_key, keyring_session
from tests.loopback import Loopback, Reply, answer, authority, drips, streams

pytestmark = [
    NEEDS_KEYRING,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Secret Service and /proc are Linux's"),
]

ROOT = Path(__file__).parents[2]
ID = "0123456789abcdef"
KEY = "sk-journey-5c1f90aa"
ENDLESS = b'data: {"choices":[{"delta":{"content":"on and on "}}]}\n\n'


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with keyring_session(tmp_path_factory.mktemp("keyring")) as session:
        keep_api_key("acme", KEY, session)
        yield session


@pytest.fixture
def desk(tmp_path: Path, session: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name, value in session.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NEARSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "home" / "library.key"))
    return desk_in(tmp_path / "home")


@pytest.fixture
def spawner(desk: Desk) -> Iterator[Spawner]:
    with Spawner(desk.paths) as spawner:
        yield spawner


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(streams(*answer("openai", "Person A owes ", "12,500 €."), pause=0.05)) as server:
        yield server


def run(spawner: Spawner, request_id: str = ID) -> tuple[list[str], End | Failed]:
    pieces: list[str] = []
    return pieces, spawner.run(request_id, pieces.append, Silent())


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.02)


def test_an_approved_request_goes_and_its_answer_streams(desk: Desk, spawner: Spawner, server: Loopback) -> None:
    request = desk.approved(desk.set_up(server.url))
    pieces, last = run(spawner)
    assert pieces == ["Person A owes ", "12,500 €."]
    assert isinstance(last, End)
    (received,) = server.received
    assert received.body == request.body
    assert received.header("authorization") == f"Bearer {KEY}"
    assert desk.kinds(ID) == ["offered", "decided", "sent", "received"]
    assert psutil.Process(spawner.pid).children() == []


def test_what_may_not_go_does_not(desk: Desk, spawner: Spawner, server: Loopback) -> None:
    provider = desk.set_up(server.url)
    desk.decide(desk.offer(provider, "a" * 16), Decision.NO)
    desk.decide(desk.offer(provider, "b" * 16), digest="0" * 64)
    desk.offer(provider, "c" * 16)
    codes = []
    for letter in "abcd":
        _, last = run(spawner, letter * 16)
        assert isinstance(last, Failed)
        codes.append(last.failure.code)
    assert codes == ["consent_mismatch", "consent_mismatch", "approval_missing", "approval_missing"]
    assert server.connections == 0
    with pytest.raises(ApprovalMissing):
        run(spawner, "x; rm -rf")


def test_an_authority_of_the_system_is_trusted_and_no_other(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ca_file, context = authority(tmp_path / "ca")
    with Loopback(streams(*answer("openai", "safely")), tls=context) as server:
        desk.approved(desk.set_up(server.url))
        with Spawner(desk.paths) as spawner:
            _, last = run(spawner)
        assert isinstance(last, Failed)
        assert last.failure.code == "tls_failed"
        assert server.received == []
        assert desk.kinds(ID) == ["offered", "decided", "refused"]
        monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
        with Spawner(desk.paths) as spawner:
            assert run(spawner)[0] == ["safely"]


def test_modules_in_the_folder_one_is_in_are_not_run(
    desk: Desk, server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / "downloads"
    for name in ("httpx.py", "truststore.py", "msgspec.py", "copilot/__init__.py"):
        (planted / name).parent.mkdir(parents=True, exist_ok=True)
        (planted / name).write_text("raise SystemExit('planted')")
    monkeypatch.chdir(planted)
    desk.approved(desk.set_up(server.url))
    with Spawner(desk.paths) as spawner:
        assert isinstance(run(spawner)[1], End)


class WhenReceived(Silent):
    """A Reporter that does something as soon as the server has the request."""

    def __init__(self, server: Loopback, then: Callable[[], None]) -> None:
        self._server, self._then = server, then

    def check(self) -> None:
        if self._server.received:
            self._then()


def cancel() -> None:
    raise Cancelled


@pytest.mark.parametrize("reply", [streams(ENDLESS, pause=0.02, forever=True), drips(0.05)], ids=["talks", "is silent"])
def test_a_cancel_ends_the_gateway_and_the_ledger_tells(desk: Desk, spawner: Spawner, reply: Reply) -> None:
    with Loopback(reply, streams(*answer("openai", "next"))) as server:
        provider = desk.set_up(server.url)
        desk.approved(provider)
        with pytest.raises(Cancelled):
            spawner.run(ID, lambda _: None, WhenReceived(server, cancel))
        assert server.hung_up.wait(20)
        assert desk.kinds(ID) == ["offered", "decided", "sent", "refused"]
        assert desk.story(ID)[-1].detail == "cancelled"
        desk.approved(provider, "f" * 16)
        assert run(spawner, "f" * 16)[0] == ["next"]


def test_a_listener_that_fails_stops_the_gateway(desk: Desk, spawner: Spawner) -> None:
    def fail(text: str) -> None:
        raise RuntimeError(text)

    with Loopback(streams(ENDLESS, pause=0.02, forever=True)) as server:
        desk.approved(desk.set_up(server.url))
        with pytest.raises(RuntimeError, match="on and on"):
            spawner.run(ID, fail, Silent())
        assert server.hung_up.wait(20)


def test_a_gateway_that_is_killed_gets_a_last_word_said_for_it(desk: Desk, spawner: Spawner) -> None:
    with Loopback(streams(ENDLESS, pause=0.02, forever=True)) as server:
        desk.approved(desk.set_up(server.url))

        def kill(_: str) -> None:
            for gateway in psutil.Process(spawner.pid).children():
                gateway.kill()

        last = spawner.run(ID, kill, Silent())
        assert isinstance(last, Failed)
        assert desk.kinds(ID) == ["offered", "decided", "sent"]
        _, again = run(spawner)
        assert isinstance(again, Failed)
        assert again.failure.code == "approval_missing"


ENGINE = """
import sys
from copilot.paths import find_paths
from copilot.gateway.spawner import Spawner
from copilot.sealing import seal
from indexer.reporter import Silent
spawner = Spawner(find_paths())
assert all(belt.holds for belt in seal())
import ctypes
assert ctypes.CDLL(None).socket(2, 1, 0) == -1
print(spawner.pid, flush=True)
print(spawner.run(sys.argv[1], lambda text: print(text, flush=True), Silent()))
spawner.close()
"""


def engine() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ENGINE, ID], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    )


def test_a_sealed_engine_sends_through_its_spawner(desk: Desk, server: Loopback) -> None:
    request = desk.approved(desk.set_up(server.url))
    with engine() as process:
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "Person A owes " in said
    assert [received.body for received in server.received] == [request.body]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_the_engine(desk: Desk, how: signal.Signals) -> None:
    with Loopback(drips(0.05)) as server:
        desk.approved(desk.set_up(server.url))
        with engine() as process:
            assert process.stdout is not None
            spawner = psutil.Process(int(process.stdout.readline()))
            wait_for(lambda: bool(server.received))
            family = [spawner, *spawner.children(recursive=True)]
            assert len(family) == 2
            process.send_signal(how)
        wait_for(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in family))
        assert server.hung_up.wait(20)
    assert desk.story(ID)[-1].detail == "cancelled"


def test_a_spawner_that_is_killed_takes_its_gateway_along(desk: Desk) -> None:
    with Loopback(drips(0.05)) as server:
        desk.approved(desk.set_up(server.url))
        spawner = Spawner(desk.paths)
        kill = WhenReceived(server, lambda: os.kill(spawner.pid, signal.SIGKILL))
        with pytest.raises(EngineUnreachable):
            spawner.run(ID, lambda _: None, kill)
        assert server.hung_up.wait(20)
        with pytest.raises(EngineUnreachable):
            run(spawner)
        spawner.close()


def on_a_leash(*command: str) -> tuple[int, bytes]:
    """Run a gateway as the spawner does: its standard input stays open until it has ended."""
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        return process.wait(60), said


IMPATIENT = """
import sys
from copilot.gateway import process
process.LONGEST_SECONDS = 2.0
raise SystemExit(process.main())
"""


def test_a_reply_that_drips_for_ever_is_ended_by_the_clock(desk: Desk) -> None:
    with Loopback(drips(0.05)) as server:
        desk.approved(desk.set_up(server.url))
        code, _ = on_a_leash(sys.executable, "-c", IMPATIENT, ID)
        assert code != 0
        assert server.hung_up.wait(20)
    assert desk.story(ID)[-1].detail == "too_slow"


def test_a_policy_of_the_machine_closes_the_gate(desk: Desk, server: Loopback, tmp_path: Path) -> None:
    """With the machine's own folder of policies, laid over /etc for one gateway alone."""
    etc = tmp_path / "etc"
    managed = etc / "nearside" / "policies" / "managed"
    managed.mkdir(parents=True)
    for name in ("passwd", "hosts", "nsswitch.conf", "localtime"):
        if Path("/etc", name).exists():
            shutil.copy(f"/etc/{name}", etc / name)
    (managed / "cloud.json").write_text('{"cloud_allowed": false}')
    request: ConsentRequest = desk.approved(desk.set_up(server.url))
    gateway = f"exec {sys.executable} -m copilot.gateway.process {request.id}"
    overlaid = ["unshare", "-rm", "sh", "-c", f"mount --bind {etc} /etc && {gateway}"]
    if subprocess.run([*overlaid[:-1], f"mount --bind {etc} /etc"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody lay a folder over /etc")
    code, said = on_a_leash(*overlaid)
    assert code == 2
    assert b"switched the cloud off" in said
    assert server.connections == 0
