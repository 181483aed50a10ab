"""What a conversation said before stays here: offers are made of the question and of passages whose label allows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from copilot.app import Copilot
from copilot.calls import AddFolders, Ask, Offer, SetLabel
from copilot.conversation import Message, Question, Role
from copilot.engines.rehearsal import RehearsalEmbedder, RehearsalGenerator
from copilot.lineup import Lineup
from copilot.paths import find_paths
from copilot.settings.policy import Machine
from copilot.settings.providers import Provider, write_providers
from copilot.settings.schema import SENDING
from indexer.reporter import Reporter, Silent

SILENT = Silent()
SECRET = "The merger with Bluefin closes at 77 million."
OPEN = "The harbour crane lifts 40 tons on calm days."


class SureGenerator(RehearsalGenerator):
    """Holds every passage for an answer."""

    def choose(self, messages: Sequence[Message], options: Sequence[str], reporter: Reporter) -> tuple[float, ...]:
        return (0.99, 0.01)


@pytest.fixture
def copilot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copilot]:
    monkeypatch.setenv("NEARSIDE_KEY_FILE", str(tmp_path / "library.key"))
    monkeypatch.setattr("copilot.settings.policy.machine_policies", Machine)
    monkeypatch.setattr(Lineup, "_open_generator", lambda self: SureGenerator(context_tokens=16_000, threshold=0.0))
    monkeypatch.setattr(Lineup, "_open_embedder", lambda self: RehearsalEmbedder())
    paths = find_paths(tmp_path / "home")
    write_providers(paths.providers, (Provider("acme", "openai", "https://api.example.com/v1", "large"),))
    for name, text in (("closed", SECRET), ("open", OPEN)):
        (tmp_path / "documents" / name).mkdir(parents=True)
        # The file name of the secret one would give it away, too.
        (tmp_path / "documents" / name / f"{text.split()[-1]} {name}.txt").write_text(text + "\n", "utf-8")
    copilot = Copilot(paths, writer=True)
    copilot.perform(AddFolders((str(tmp_path / "documents"),)), SILENT)
    copilot.perform(SetLabel(str(tmp_path / "documents" / "open"), "ask"), SILENT)
    yield copilot
    copilot.close()


@pytest.mark.parametrize("send", SENDING)
def test_text_of_local_files_does_not_leave_by_way_of_the_history(copilot: Copilot, send: str) -> None:
    told = copilot.perform(Ask(Question("When does the merger with Bluefin close?"), conversation_id="c"), SILENT)
    assert "77" in told.text
    history = (Message(Role.USER, told.question), Message(Role.ASSISTANT, told.text))
    for question in (
        Question("And what does the harbour crane lift?"),
        Question("And what does the harbour crane lift?", history=history),
        Question("And when does it close?", history=history),
    ):
        offer = copilot.perform(Offer(question, send=send, conversation_id="c"), SILENT)
        body = offer.body.decode()
        assert not any(word in body for word in ("merger", "Bluefin", "77", "million"))
        assert all("open" in path for path in offer.files)


def test_file_names_and_folders_stay_here(copilot: Copilot) -> None:
    offer = copilot.perform(Offer(Question("What does the harbour crane lift?"), send="passages"), SILENT)
    body = offer.body.decode()
    assert "40 tons" in body
    assert not any(part in body for part in ("documents", "days. open", ".txt"))
