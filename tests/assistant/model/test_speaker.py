"""Speaking with a model that runs in the test: what it is told, and what it is kept from."""

from collections.abc import AsyncIterator, Generator
from dataclasses import replace

import pytest
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, FunctionModel

from tests.assistant.model.conftest import Asker
from tests.support.notebook import Notebook
from treno_chat.assistant.model.endpoint import Bounds, Endpoint
from treno_chat.assistant.model.opening import open_writer
from treno_chat.assistant.model.speaker import REQUESTS, Speaker
from treno_chat.assistant.model.writer import ModelWriter
from treno_chat.assistant.writing import Brief, WriterAway
from treno_chat.domain.words import Language, Words

Said = AsyncIterator[str | dict[int, DeltaToolCall]]


class Scripted:
    """A model that thinks aloud, wants to see the tasks again and again, or just answers."""

    def __init__(self, *, words: dict[Language, Words]) -> None:
        self.told: list[AgentInfo] = []
        self.wants: str = ""
        model = FunctionModel(stream_function=self.reply)
        self.writer = ModelWriter(
            [Speaker(model, engine="model:scripted")],
            words=words,
            bounds=Bounds(deadline_seconds=60),
        )

    async def reply(self, _messages: list[ModelMessage], info: AgentInfo) -> Said:
        """Say one thing."""
        self.told.append(info)
        if self.wants:
            yield {0: DeltaToolCall(name=self.wants, json_args="{}", tool_call_id="1")}
            return
        for piece in ("<think>", "What would they like to hear?", "</think>", "La rete è ", "[1]"):
            yield piece
        yield "."


@pytest.fixture
def scripted(words: dict[Language, Words]) -> Generator[Scripted]:
    """A model in the test, and who writes with it."""
    scripted = Scripted(words=words)
    yield scripted
    scripted.writer.close()


def test_what_a_model_thinks_is_not_said(scripted: Scripted, brief: Brief) -> None:
    ada = Asker(scripted.writer)

    assert ada.ask(brief).text == "La rete è [1]."
    assert not any("like to hear" in seen for seen in ada.seen)


def test_rules_stand_apart_from_what_strangers_wrote(scripted: Scripted, brief: Brief) -> None:
    Asker(scripted.writer).ask(brief)

    (info,) = scripted.told
    assert "Italian" in (info.instructions or "")
    assert "TRENO" not in (info.instructions or "")


def test_a_model_is_asked_a_few_times_at_most(
    scripted: Scripted, brief: Brief, notebook: Notebook
) -> None:
    scripted.wants = "list_tasks"

    with pytest.raises(WriterAway):
        Asker(scripted.writer).ask(replace(brief, question="La mia lista?", tools=notebook))

    assert len(scripted.told) <= REQUESTS


def test_no_test_asks_a_model_that_is_not_its_own(
    words: dict[Language, Words], brief: Brief
) -> None:
    writer = open_writer([Endpoint(base_url="http://127.0.0.1:1/v1", model="m")], words=words)
    assert writer is not None

    with pytest.raises(WriterAway, match="RuntimeError"):
        Asker(writer).ask(brief)

    writer.close()
