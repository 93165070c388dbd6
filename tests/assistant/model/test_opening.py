"""Who writes is opened from what is configured: two models, one, or nobody."""

from collections.abc import Callable, Generator

import pytest

from tests.assistant.model.conftest import ANSWER, Asker, endpoint_at
from tests.support.language_model import (
    LanguageModel,
    Reply,
    babbles,
    refuses,
    says,
    speaking,
    stalls,
)
from treno_chat.assistant.model.endpoint import Bounds, Endpoint
from treno_chat.assistant.model.opening import open_writer
from treno_chat.assistant.writing import Brief
from treno_chat.domain.words import Language, Words


@pytest.fixture
def second() -> Generator[LanguageModel]:
    """Another model, for when the first is away."""
    with speaking() as model:
        model.replies = [says("La rete è TRENO [1].")]
        yield model


@pytest.fixture
def pair(
    model: LanguageModel, second: LanguageModel, words: dict[Language, Words]
) -> Generator[Asker]:
    """Ada, whose house has two models."""
    endpoints = [endpoint_at(model), Endpoint(base_url=second.url, model="second")]
    writer = open_writer(endpoints, words=words, bounds=Bounds(deadline_seconds=4))
    assert writer is not None
    yield Asker(writer)
    writer.close()


@pytest.mark.parametrize("reply", [refuses(503), stalls(), babbles("?")])
def test_when_the_first_model_is_away_the_second_answers(
    pair: Asker, model: LanguageModel, brief: Brief, reply: Reply
) -> None:
    model.replies = [reply]

    assert pair.ask(brief).engine == "model:second"


def test_the_second_is_not_asked_while_the_first_answers(
    pair: Asker, model: LanguageModel, second: LanguageModel, brief: Brief
) -> None:
    model.replies = [says(ANSWER)]

    assert pair.ask(brief).text == ANSWER
    assert second.asked == []


def test_without_an_endpoint_nobody_writes(words: dict[Language, Words]) -> None:
    assert open_writer([], words=words) is None


def test_without_the_libraries_nobody_writes(
    words: dict[Language, Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "treno_chat.assistant.model.opening.import_module", _missing("pydantic_ai.messages")
    )

    assert open_writer([Endpoint(base_url="http://127.0.0.1:1", model="m")], words=words) is None


def test_what_is_broken_in_the_house_itself_is_not_passed_over(
    words: dict[Language, Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "treno_chat.assistant.model.opening.import_module", _missing("treno_chat.gone")
    )

    with pytest.raises(ModuleNotFoundError):
        open_writer([Endpoint(base_url="http://127.0.0.1:1", model="m")], words=words)


def _missing(name: str) -> Callable[[str], None]:
    def find(_asked: str) -> None:
        raise ModuleNotFoundError(name=name)

    return find
