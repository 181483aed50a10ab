"""A thousand conversations, drawn at random, against a real server: what comes there is what was shown, or nothing.

The gateway runs in this process, so that a thousand take seconds; its own process is test_gateway.py's matter.
"""

from __future__ import annotations

import enum
import io
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from copilot.conversation import Message, Role
from copilot.gateway.frames import End, Failed
from copilot.gateway.process import send
from copilot.privacy.consent import Decision
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, write_providers
from tests.approvals import Desk, desk_in, frames_of
from tests.loopback import Loopback, answer, streams

CONVERSATIONS = 1_000
KINDS = ("openai", "anthropic", "gemini")
KEY = "sk-a-thousand-0001"
ALPHABETS = (
    "abcdefghij klmnop qrstuvwxyz.,?!",
    "合同什么时候到期？加班怎么算。，",
    "äöüßéñçøåŁ ЖщΩ العقد עברית हिन्दी",
    "😀👩‍👩‍👧🇨🇳\u200b\u202e\u2028\ufeff",
    '"\\/{}[]:\r\n\t\0\x1b\x7f',
)


class Course(enum.Enum):
    """What happens between the offer and the gateway, and what must come of it."""

    YES = enum.auto()
    YES_FOR_CONVERSATION = enum.auto()
    TWICE = enum.auto()
    NO = enum.auto()
    NEVER_FOLDER = enum.auto()
    WRONG_DIGEST = enum.auto()
    SILENCE = enum.auto()
    POLICY_OFF = enum.auto()


SENT = {Course.YES, Course.YES_FOR_CONVERSATION, Course.TWICE}
FORBIDDEN = Machine(managed=(("policy", {"cloud_allowed": False}),))


def messages(chance: random.Random) -> tuple[Message, ...]:
    """One to five messages of any characters that a person, a file or a model may bring."""
    texts = [
        "".join(chance.choice(chance.choice(ALPHABETS)) for _ in range(chance.choice((1, 20, 400))))
        for _ in range(chance.randint(1, 5))
    ]
    roles = (Role.USER, Role.ASSISTANT)
    turns = tuple(Message(roles[number % 2], text) for number, text in enumerate(texts))
    return (Message(Role.SYSTEM, "Answer briefly."), *turns) if chance.random() < 0.5 else turns


@pytest.fixture
def servers() -> Iterator[dict[str, Loopback]]:
    with ExitStack() as stack:
        yield {kind: stack.enter_context(Loopback(streams(*answer(kind, "so ", "ist es。")))) for kind in KINDS}


def decide(desk: Desk, course: Course, provider: Provider, request_id: str, said: tuple[Message, ...]) -> bytes:
    """Offer and decide; the bytes that were shown."""
    shown = desk.offer(provider, request_id, said)
    decisions = {Course.YES_FOR_CONVERSATION: Decision.CONVERSATION, Course.NO: Decision.NO}
    decision = decisions.get(course, Decision.NEVER_FOLDER if course is Course.NEVER_FOLDER else Decision.ONCE)
    if course is Course.WRONG_DIGEST:
        desk.decide(shown, digest=shown.digest[::-1])
    elif course is not Course.SILENCE:
        desk.decide(shown, decision)
    return shown.body


def test_a_thousand_conversations(
    tmp_path: Path, servers: dict[str, Loopback], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    desk, chance, outcomes = desk_in(tmp_path / "home"), random.Random(1_000), Counter[tuple[Course, str]]()
    providers = {kind: Provider(f"acme-{kind}", kind, servers[kind].url, "großes-模型") for kind in KINDS}
    write_providers(desk.paths.providers, tuple(providers.values()))
    engine = (
        desk.ledger()
    )  # open all the time, as the engine has it: the last one that closes tidies up, which takes long
    for number in range(CONVERSATIONS):
        kind, course, request_id = chance.choice(KINDS), chance.choice(tuple(Course)), f"{number:016x}"
        rules = FORBIDDEN if course is Course.POLICY_OFF else Machine()
        monkeypatch.setattr("copilot.settings.policy.machine_policies", lambda rules=rules: rules)
        shown = decide(desk, course, providers[kind], request_id, messages(chance))
        connections = sum(server.connections for server in servers.values())
        last = run(desk, request_id)
        if course is Course.TWICE:
            assert isinstance(run(desk, request_id), Failed)
        assert isinstance(last, End if course in SENT else Failed), (number, course, last)
        opened = sum(server.connections for server in servers.values()) - connections
        assert opened == (1 if course in SENT else 0), (number, course)
        if course in SENT:
            assert servers[kind].received.pop().body == shown, number
        outcomes[course, last.failure.code if isinstance(last, Failed) else "answered"] += 1
    assert all(server.received == [] for server in servers.values())
    assert {course for course, _ in outcomes} == set(Course)
    assert len(outcomes) == len(Course)
    with engine:
        assert engine.verify() == ()
        kinds = Counter(written.entry.kind.value for written in engine.entries())
    sent = sum(count for (course, _), count in outcomes.items() if course in SENT)
    assert (kinds["offered"], kinds["sent"], kinds["received"]) == (CONVERSATIONS, sent, sent)


def run(desk: Desk, request_id: str) -> End | Failed:
    output = io.BytesIO()
    send(desk.paths, request_id, output, lambda _: KEY)
    text, last = frames_of(output)
    assert text == ("so ist es。" if isinstance(last, End) else "")
    return last
