"""Calls that ask: a question, an offer to a provider, a decision about it; and the conversations they are saved in.

How a question is answered is told in assistant.py, how one crosses the boundary in farside.py, how turns are kept in
history.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from copilot import courtesy
from copilot.assistant import Assistant
from copilot.browsing import Browsing
from copilot.calls import (
    Ask,
    Decide,
    DeleteConversation,
    Done,
    DropTurns,
    GetConversation,
    ListConversations,
    Offer,
    PinConversation,
    RenameConversation,
)
from copilot.conversation import Answer, Message, Question, Role
from copilot.crossing import Crossing
from copilot.errors import EmptyQuestion
from copilot.farside import Wanted
from copilot.history import DONE, FAILED, STOPPED, History, TurnWriter
from copilot.keys import library_key
from copilot.lineup import Lineup
from copilot.paths import Paths, private_folder
from copilot.privacy.consent import ConsentRequest
from copilot.reports import Conversation, Conversations, Turn
from copilot.routing import route
from copilot.settings.schema import Settings
from indexer.errors import NearsideError
from indexer.query import Query
from indexer.reporter import Cancelled, Reporter

OFFERED_PASSAGES = 6
REMEMBERED_TURNS = 6


class Conversing:
    """`writer`: this process is the one that asks, so turns that still ran when it came were interrupted."""

    def __init__(
        self,
        paths: Paths,
        lineup: Lineup,
        browsing: Browsing,
        crossing: Crossing,
        settings: Callable[[], Settings],
        *,
        writer: bool,
    ) -> None:
        self._paths = paths
        self._lineup = lineup
        self._browsing = browsing
        self._crossing = crossing
        self._settings = settings
        self._writer = writer
        self._opening = threading.Lock()
        self._history: History | None = None

    def history(self) -> History:
        """Opened once. Raises StoreError and KeyProblem and their children."""
        with self._opening:
            if self._history is None:
                private_folder(self._paths.history.parent)
                key = library_key(self._paths.library).secret
                self._history = History.open(self._paths.history, key, writer=self._writer)
            return self._history

    # --- asking

    def ask(self, call: Ask, reporter: Reporter) -> Answer:
        question = call.question
        if not question.text.strip():
            raise EmptyQuestion
        if not call.conversation_id:
            return self._answered(question, reporter)
        history = self.history()
        if history.has(call.conversation_id):
            before = history.get(call.conversation_id)
            question = question if question.history else replace(question, history=remembered(before.turns))
            if courtesy.reply(before.title) and not courtesy.reply(question.text):
                history.rename(call.conversation_id, question.text)  # "hello" names no conversation
        turn = history.begin(call.conversation_id, question)
        return _saved(turn, reporter, lambda listening: self._answered(question, listening))

    def _answered(self, question: Question, reporter: Reporter) -> Answer:
        with self._lineup.in_use("embedder", "reranker", "generator"):
            self._lineup.generator.start()  # loads while the passages are being looked for
            retriever = self._browsing.retriever()
            assistant = Assistant(
                retriever, self._lineup.generator, self._lineup.embedder(), max_tokens=self._settings().answer_tokens
            )
            return assistant.ask(question, reporter)

    def offer(self, call: Offer, reporter: Reporter) -> ConsentRequest:
        """The local attempt is the saved one where the conversation ends with this question."""
        question = call.question
        answer = self._last_answer(call.conversation_id, question.text) or self._answered(question, reporter)
        with self._lineup.in_use("embedder", "reranker"):
            hits = self._browsing.retriever().search(Query(question.text, OFFERED_PASSAGES, question.scope))
        wanted = Wanted(
            question.text,
            hits,
            call.provider,
            call.send,
            call.conversation_id,
            route(answer, self._settings()).reason,
            call.add,
            call.lift,
        )
        return self._crossing.offer(wanted)

    def _last_answer(self, conversation_id: str, question: str) -> Answer | None:
        if not conversation_id or not self.history().has(conversation_id):
            return None
        turns = self.history().get(conversation_id).turns
        return turns[-1].answer if turns and turns[-1].question == question and not turns[-1].offer else None

    def decide(self, call: Decide, reporter: Reporter) -> Answer:
        """An answer that comes becomes a turn of the offer's conversation, if that is saved; a no does not."""
        request, asked = self._crossing.offered(call.request_id)
        saved = request.conversation_id and self.history().has(request.conversation_id)
        if not saved or call.decision not in ("once", "conversation"):
            return self._crossing.decide(call, reporter)
        turn = self.history().begin(request.conversation_id, Question(asked), offer=request.id)
        return _saved(turn, reporter, lambda listening: self._crossing.decide(call, listening), request.files)

    # --- saved conversations

    def rows(self, call: ListConversations, reporter: Reporter) -> Conversations:
        return self.history().rows(call.text)

    def get(self, call: GetConversation, reporter: Reporter) -> Conversation:
        return self.history().get(call.id)

    def rename(self, call: RenameConversation, reporter: Reporter) -> Done:
        self.history().rename(call.id, call.title)
        return Done()

    def pin(self, call: PinConversation, reporter: Reporter) -> Done:
        self.history().pin(call.id, call.pinned)
        return Done()

    def delete(self, call: DeleteConversation, reporter: Reporter) -> Done:
        self.history().delete(call.id)
        return Done()

    def drop_turns(self, call: DropTurns, reporter: Reporter) -> Done:
        self.history().drop_turns(call.id, call.first)
        return Done()

    def close(self) -> None:
        with self._opening:
            if self._history is not None:
                self._history.close()
                self._history = None


def remembered(turns: tuple[Turn, ...]) -> tuple[Message, ...]:
    """The last turns as what a follow-up leans on; one without an answer, and a greeting, say nothing to lean on."""
    messages: list[Message] = []
    told = (turn for turn in turns if turn.state == DONE and turn.answer is not None and turn.answer.origin.model)
    for turn in tuple(told)[-REMEMBERED_TURNS:]:
        assert turn.answer is not None
        messages += (Message(Role.USER, turn.question), Message(Role.ASSISTANT, turn.answer.text))
    return tuple(messages)


def _saved(
    turn: TurnWriter, reporter: Reporter, answer: Callable[[Reporter], Answer], files: tuple[str, ...] = ()
) -> Answer:
    """Whatever becomes of the answer, it is written down."""
    try:
        given = answer(turn.listening(reporter))
    except Cancelled:
        turn.end(STOPPED)
        raise
    except BaseException as error:
        turn.end(FAILED, error.code if isinstance(error, NearsideError) else "unexpected")
        raise
    turn.finish(given, tuple(dict.fromkeys((*files, *(citation.path for citation in given.citations)))))
    return given
