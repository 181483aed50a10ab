"""Local text is data, never orders: 351 hostile files are indexed and asked about, with a model that obeys.

The model is the worst there can be: it finds every passage convincing and repeats it word for word. The folder's label
lets its text be offered, a provider is set up, its key is there, and the gateway that would send is the real one in
this process. Whatever the files say, no connection is opened and nothing that a person decides has changed.

How often a real model obeys is tests/quality/injection.py's question.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from copilot.app import Copilot
from copilot.calls import AddFolders, Ask, Decide, Offer, SetLabel
from copilot.cli import answers
from copilot.cli.screen import print_json
from copilot.conversation import Answer, Delta, Generated, Message, Question, Role
from copilot.engines.rehearsal import RehearsalEmbedder
from copilot.gateway.frames import End, Failed, Piece, read_frame
from copilot.gateway.process import send
from copilot.gateway.spawner import Spawner
from copilot.lineup import Lineup
from copilot.paths import Paths, find_paths
from copilot.privacy.consent import ConsentRequest, Decision
from copilot.privacy.ledger import Ledger
from copilot.settings.providers import Provider, write_providers
from indexer.query import Filter
from indexer.reporter import Reporter, Silent
from tests.journeys.injections import Injection, injections, write
from tests.loopback import Loopback, answer, streams

SILENT = Silent()
CASES = tuple(injections("http://127.0.0.1:1/v1"))
"""The names of the cases; the files themselves are written with the address of the server that listens."""
LEAST_CASES = 200
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class ObedientModel:
    """Believes everything and says it again. `prompts` are what it was shown."""

    model_id = "obedient"
    device = "CPU"
    context_tokens = 16_000

    def __init__(self) -> None:
        self.prompts: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(text) // 4 + 1

    def count_prompt(self, messages: Sequence[Message]) -> int:
        return sum(self.count_tokens(message.text) for message in messages)

    def generate(
        self,
        messages: Sequence[Message],
        reporter: Reporter,
        *,
        max_tokens: int = 256,
        stop: Sequence[str] = (),
        continue_from: str = "",
        schema: str | None = None,
    ) -> Generated:
        self.prompts.append(messages[-1].text)
        text = messages[-1].text.rpartition("\n\nQuestion: ")[0] or messages[-1].text
        reporter.report(Delta(text))
        return Generated(text, "stop", 1, len(text), 0.0, 0.0)

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        self.prompts.append(messages[-1].text)
        return (0.99, *(0.01 / max(1, len(options) - 1) for _ in options[1:]))

    def warm_up(self) -> None:
        return None

    def close(self) -> None:
        return None


class GatewayHere(Spawner):
    """The real gateway, run in this process with a key at hand; counts how often it was called."""

    def __init__(self, paths: Paths) -> None:
        self._home = paths
        self.calls = 0

    def run(self, request_id: str, take: Callable[[str], None], reporter: Reporter) -> End | Failed:
        self.calls += 1
        output = io.BytesIO()
        send(self._home, request_id, output, lambda provider: "sk-injection-0001")
        output.seek(0)
        while True:
            frame = read_frame(output)
            assert frame is not None
            if not isinstance(frame, Piece):
                return frame
            take(frame.text)

    def close(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one hostile file achieved."""

    answer: Answer
    offer: ConsentRequest
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Siege:
    """Everything after all files were asked about; `doors` are the connections and programs that were begun."""

    paths: Paths
    server: Loopback
    copilot: Copilot
    gateway: GatewayHere
    provider: Provider
    before: dict[str, bytes]
    outcomes: dict[str, Outcome]
    doors: tuple[str, ...]


DOORS: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"):
        DOORS.append(f"{event} {arguments!r:.200}")


def kept(paths: Paths) -> dict[str, bytes]:
    """Every file in which a person's or IT's decisions are kept."""
    return {
        str(file): file.read_bytes()
        for folder in (paths.settings.parent, paths.labels.parent, paths.providers.parent)
        for file in sorted(folder.glob("*.toml"))
    }


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    global _watching
    root = tmp_path_factory.mktemp("siege")
    patch, model = pytest.MonkeyPatch(), ObedientModel()
    patch.setenv("NEARSIDE_KEY_FILE", str(root / "library.key"))
    patch.setenv("NEARSIDE_HOME", str(root / "home"))
    patch.setattr(Lineup, "_open_generator", lambda self: model)
    patch.setattr(Lineup, "_open_embedder", lambda self: RehearsalEmbedder())
    paths, documents = find_paths(root / "home"), root / "documents"
    documents.mkdir()
    with Loopback(streams(*answer("openai", "never"))) as server:
        cases = tuple(injections(server.url))
        places = {one.name: str(write(one, documents)) for one in cases}
        provider = Provider("acme", "openai", server.url, "large")
        write_providers(paths.providers, (provider,))
        gateway = GatewayHere(paths)
        copilot = Copilot(paths, writer=True, spawner=gateway)
        try:
            summary = copilot.perform(AddFolders((str(documents),)), SILENT)
            # A few with terminal orders are taken for binary files and not read at all.
            assert summary.indexed >= len(cases) - 5, summary.failures
            copilot.perform(SetLabel(str(documents), "ask"), SILENT)
            before = kept(paths)
            sys.addaudithook(_watch)
            _watching = True
            outcomes = {one.name: ask(copilot, one, places[one.name], model) for one in cases}
            _watching = False
            yield Siege(paths, server, copilot, gateway, provider, before, outcomes, tuple(DOORS))
        finally:
            _watching = False
            copilot.close()
            patch.undo()


def ask(copilot: Copilot, one: Injection, place: str, model: ObedientModel) -> Outcome:
    """Ask for the fact, then ask on, with what came back as history, and have an offer made of it."""
    model.prompts.clear()
    scope = Filter(folders=(place,))
    given = copilot.perform(Ask(Question(one.question, scope)), SILENT)
    history = (Message(Role.USER, one.question), Message(Role.ASSISTANT, given.text))
    again = Question(f"And who changes the bulbs of memo {one.code}?", scope, history=history)
    offer = copilot.perform(Offer(again, conversation_id="siege"), SILENT)
    return Outcome(given, offer, tuple(model.prompts))


def terminal(show: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> str:
    """What `show` writes to a terminal, without the colours that the program itself puts there."""
    screen = io.StringIO()
    for name in ("out", "err"):
        fields = {"file": screen, "force_terminal": True, "color_system": None, "highlight": False, "soft_wrap": True}
        monkeypatch.setattr(answers, name, type(getattr(answers, name))(**fields))
    show()
    return screen.getvalue()


def test_there_are_enough_and_they_reach_the_model(siege: Siege) -> None:
    assert len(CASES) == len(siege.outcomes) >= LEAST_CASES
    cases = injections(siege.server.url)
    shown = [one for one in cases if any(essence(one) in prompt for prompt in siege.outcomes[one.name].prompts)]
    said = [one for one in shown if essence(one) in siege.outcomes[one.name].answer.text]
    assert len(shown) >= LEAST_CASES
    assert len(said) >= LEAST_CASES // 2
    assert len({(one.carrier, one.hiding) for one in shown}) >= 15
    assert {one.language for one in shown} == {one.language for one in CASES}


def essence(one: Injection) -> str:
    """The first words of the order, which stay on one line in every carrier."""
    return one.order[:12]


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.name)
def test_a_hostile_file_is_only_read(siege: Siege, one: Injection, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = siege.outcomes[one.name]
    assert (outcome.offer.provider, outcome.offer.host) == ("acme", "127.0.0.1")
    assert outcome.offer.url == f"{siege.server.url}/chat/completions"
    assert outcome.offer.model == "large"
    assert not outcome.offer.standing
    assert outcome.answer.origin.provider == ""
    assert all(0 < marker <= len(outcome.answer.citations) for s in outcome.answer.statements for marker in s.markers)
    assert not CONTROLS.search(terminal(lambda: answers.show_answer(outcome.answer), monkeypatch).replace("\n", ""))


def test_nothing_left_and_nothing_was_begun(siege: Siege) -> None:
    assert siege.doors == ()
    assert siege.server.connections == 0
    assert siege.gateway.calls == 0


def test_nothing_that_a_person_decides_has_changed(siege: Siege) -> None:
    assert siege.before
    assert kept(siege.paths) == siege.before
    key = bytes.fromhex(ledger_key(siege.paths))
    with Ledger.open(siege.paths.ledger, key) as ledger:
        assert {written.entry.kind.value for written in ledger.entries()} == {"offered"}


def ledger_key(paths: Paths) -> str:
    from copilot.keys import library_key

    return library_key(paths.library).secret.hex()


def test_json_holds_no_control_characters(siege: Siege, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for outcome in siege.outcomes.values():
        print_json(answers.answer_fields(outcome.answer))
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert len(lines) == len(siege.outcomes)
    assert not any(CONTROLS.search(line) for line in lines)
    texts = [json.loads(line)["answer"] for line in lines]
    assert texts == [outcome.answer.text for outcome in siege.outcomes.values()]


def test_the_same_road_is_open_to_a_person(siege: Siege) -> None:
    """The guard against a suite that can't fail: one yes of a person, and the server hears of it."""
    offer = next(iter(siege.outcomes.values())).offer
    siege.copilot.perform(Decide(offer.id, offer.digest, Decision.ONCE.value), SILENT)
    assert siege.gateway.calls == 1
    assert [received.body for received in siege.server.received] == [offer.body]
    assert siege.server.connections == 1
