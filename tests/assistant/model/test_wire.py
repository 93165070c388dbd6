"""Over a real socket: whatever an endpoint does, there is an answer or an honest absence."""

import socket
from dataclasses import replace
from time import monotonic

import pytest

from tests.assistant.model.conftest import ANSWER, KEY, Asker, endpoint_at
from tests.support.language_model import (
    LanguageModel,
    Reply,
    babbles,
    breaks_off,
    calls,
    refuses,
    says,
    stalls,
)
from tests.support.notebook import Notebook
from treno_chat.assistant.model.endpoint import Endpoint
from treno_chat.assistant.model.opening import open_writer
from treno_chat.assistant.rest import FAILURES
from treno_chat.assistant.writing import Brief, Turn, WriterAway
from treno_chat.domain.assistant.conversations import Role
from treno_chat.domain.words import Language, Words


def test_an_answer_comes_with_its_marks_and_its_engine(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [says("La rete si chiama ", "TRENO [1]", ".")]

    draft = asker.ask(brief)

    assert draft.text == ANSWER
    assert draft.engine.startswith("model:")
    assert (draft.is_truncated, draft.is_uncited, draft.calls) == (False, False, ())


def test_what_is_written_is_seen_as_it_grows(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [stalls("La rete ", "si chiama TRENO")]
    asker.stops_at = "TRENO"

    draft = asker.ask(brief)

    assert asker.seen[-1] == draft.text == "La rete si chiama TRENO"
    assert draft.is_truncated


def test_the_key_goes_to_the_endpoint_and_into_nothing_else(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [refuses(401)]

    with pytest.raises(WriterAway) as away:
        asker.ask(brief)

    assert model.keys == [f"Bearer {KEY}"]
    assert KEY not in f"{away.value!r} {away.value.reason} {endpoint_at(model)!r}"


def test_nothing_of_this_machine_is_told(
    model: LanguageModel,
    words: dict[Language, Words],
    brief: Brief,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ADMIN_KEY", "sk-of-the-owner")
    model.replies = [says(ANSWER)]
    writer = open_writer([Endpoint(base_url=model.url, model="m")], words=words)
    assert writer is not None

    Asker(writer).ask(brief)

    writer.close()
    assert model.keys == ["Bearer none"]


def test_what_was_said_before_goes_along_without_its_old_marks(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [says(ANSWER)]
    before = (
        Turn(role=Role.USER, text="C’è il bar?"),
        Turn(role=Role.ASSISTANT, text="Sì, in carrozza 3 [1]."),
    )

    asker.ask(replace(brief, turns=before))

    told = model.asked[0]["messages"]
    assert [turn["role"] for turn in told] == ["system", "user", "assistant", "user"]
    assert told[2]["content"] == "Sì, in carrozza 3."


@pytest.mark.parametrize(
    "reply",
    [
        refuses(429),
        refuses(503),
        refuses(400),
        refuses(302),
        babbles("data: {not json\n\n"),
        babbles('data: {"choices": "none"}\n\n'),
        babbles("<html>Welcome to the gateway</html>", kind="text/html"),
        babbles('{"choices": [{"message": {"content": "ciao"}}]}', kind="application/json"),
        babbles("data: [DONE]\n\n"),
        babbles(""),
        breaks_off("La re"),
        says(""),
        says("  \n "),
        says("[7]"),
        calls(("list_tasks", "{}")),
        calls(("search_guide", "{not json")),
    ],
)
def test_what_is_no_answer_is_none(
    asker: Asker, model: LanguageModel, brief: Brief, reply: Reply
) -> None:
    model.replies = [reply]

    with pytest.raises(WriterAway):
        asker.ask(replace(brief, tools=Notebook("Comprare il pane")))


def test_a_refusal_is_not_asked_about_again(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [refuses(503), says(ANSWER)]

    with pytest.raises(WriterAway, match="503"):
        asker.ask(brief)

    assert len(model.asked) == 1


def test_nobody_there_is_nobody_there(words: dict[Language, Words], brief: Brief) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        address = Endpoint(base_url=f"http://127.0.0.1:{port}/v1", model="m", key=KEY)
        writer = open_writer([address], words=words)
        assert writer is not None

        with pytest.raises(WriterAway):
            Asker(writer).ask(brief)

        writer.close()


def test_a_model_that_says_nothing_is_left_at_the_deadline(
    hasty: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [stalls()]

    with pytest.raises(WriterAway, match="deadline"):
        hasty.ask(brief)


def test_a_model_that_there_is_no_time_for_is_not_asked_nor_blamed(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [says(ANSWER)]

    for _ in range(FAILURES):
        with pytest.raises(WriterAway, match="deadline"):
            asker.ask(replace(brief, until=monotonic()))

    assert asker.ask(brief).text == ANSWER
    assert len(model.asked) == 1


def test_half_a_sentence_is_no_answer(hasty: Asker, model: LanguageModel, brief: Brief) -> None:
    model.replies = [stalls("La rete si")]

    with pytest.raises(WriterAway, match="deadline"):
        hasty.ask(brief)


def test_a_whole_sentence_is_kept_and_said_to_be_cut(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [breaks_off(ANSWER, " In galleria [")]

    draft = asker.ask(brief)

    assert draft.text == f"{ANSWER} In galleria"
    assert draft.is_truncated


def test_an_answer_that_ran_out_of_tokens_says_so(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [says(ANSWER, " In galleria", finish="length")]

    assert asker.ask(brief).is_truncated


def test_whoever_stops_keeps_what_is_there(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [stalls()]
    asker.stops_at = ""

    draft = asker.ask(brief)

    assert (draft.text, draft.is_truncated) == ("", True)


def test_after_some_failures_nobody_waits_for_the_next(
    asker: Asker, model: LanguageModel, brief: Brief
) -> None:
    model.replies = [refuses(503)]
    for _ in range(FAILURES):
        with pytest.raises(WriterAway, match="503"):
            asker.ask(brief)

    with pytest.raises(WriterAway, match="resting"):
        asker.ask(brief)

    assert len(model.asked) == FAILURES
