"""Programs ask the assistant, rate what it says, read its pages, and search what was said."""

from uuid import uuid4

import pytest
from fastapi import FastAPI

from tests.api.v1.conftest import OpenProgram, Program, token_of
from tests.support.browser import Browser
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.api.v1 import answering

BIKE = "Posso portare la bicicletta?"
NOTHING = "Qual è la capitale della Mongolia?"


@pytest.fixture
async def program(open_program: OpenProgram, dora: Browser) -> Program:
    """A program that speaks for dora."""
    return open_program(await token_of(dora))


async def test_a_question_without_a_conversation_begins_one(program: Program) -> None:
    asked = {"message": BIKE, "client_id": str(uuid4())}

    run = await program("POST", "/agents/run", asked)
    again = await program("POST", "/agents/run", asked)

    assert run.status_code == 201
    told = run.json()
    assert told["question"]["content"] == BIKE
    assert told["answer"]["answers"] == told["question"]["id"]
    assert told["answer"]["sources"][0]["slug"] == "bikes"
    assert again.json() == told
    (listed,) = (await program("GET", "/conversations")).json()["items"]
    assert (listed["id"], listed["title"]) == (told["conversation_id"], BIKE)


async def test_a_question_goes_on_in_a_conversation_that_is_named(program: Program) -> None:
    first = (await program("POST", "/agents/run", {"message": BIKE})).json()
    where = first["conversation_id"]

    second = await program(
        "POST", "/agents/run", {"message": "E la sera?", "conversation_id": where}
    )
    nowhere = await program("POST", "/agents/run", {"message": BIKE, "conversation_id": "x"})

    assert second.json()["conversation_id"] == where
    assert second.json()["question"]["seq"] == 3
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "CONVERSATION_NOT_FOUND")


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"message": "  "}, "MESSAGE_EMPTY", "message"),
        ({"message": "x" * 1001}, "MESSAGE_TOO_LONG", "message"),
        ({"message": "x", "client_id": "mine"}, "BAD_INPUT", "client_id"),
        ({}, "BAD_INPUT", "message"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    program: Program, body: dict[str, str], code: str, field: str
) -> None:
    refused = await program("POST", "/agents/run", body)

    assert refused.status_code == 422
    assert (refused.json()["code"], refused.json()["field"]) == (code, field)
    assert (await program("GET", "/conversations")).json()["items"] == []


async def test_ten_questions_a_minute_and_no_more(program: Program) -> None:
    for _ in range(10):
        assert (await program("POST", "/agents/run", {"message": BIKE})).status_code == 201

    refused = await program("POST", "/agents/run", {"message": BIKE})

    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_FAST")
    assert int(refused.headers["retry-after"]) == refused.json()["retry_after"] > 0
    assert len((await program("GET", "/conversations")).json()["items"]) == 10


async def test_an_answer_is_written_anew_rated_and_stopped(program: Program) -> None:
    told = (await program("POST", "/agents/run", {"message": BIKE})).json()
    path = f"/conversations/{told['conversation_id']}/messages"
    question, answer = told["question"]["id"], told["answer"]["id"]

    same = await program("POST", f"{path}/{question}/reply", {})
    new = await program("POST", f"{path}/{question}/reply", {"again": True})
    rated = await program("PUT", f"{path}/{answer}/rating", {"rating": -1})
    stopped = await program("POST", f"{path}/{question}/stop")

    assert same.json() == told["answer"]
    assert (new.status_code, new.json()["answers"]) == (201, question)
    assert (rated.status_code, rated.json()["rating"]) == (200, -1)
    assert stopped.status_code == 204
    said = (await program("GET", path)).json()["items"]
    assert [each["id"] for each in said] == [new.json()["id"], answer, question]
    assert [each["rating"] for each in said] == [None, -1, None]
    for rating in (0, 2, "1"):
        refused = await program("PUT", f"{path}/{answer}/rating", {"rating": rating})
        assert refused.status_code == 422


async def test_the_page_that_an_answer_quotes_can_be_read(program: Program) -> None:
    told = (await program("POST", "/agents/run", {"message": BIKE})).json()
    source = told["answer"]["sources"][0]

    page = await program("GET", f"/guide/{source['slug']}?language={source['language']}")

    paragraph = page.json()["paragraphs"][int(source["position"])]
    assert source["snippet"].rstrip("…") in paragraph
    assert page.json()["updated"] == source["updated"]
    assert (await program("GET", "/guide/nothing")).json()["code"] == "PAGE_NOT_FOUND"
    assert (await program("GET", "/guide/bikes?language=de")).status_code == 422


async def test_what_was_said_is_found_without_capitals_and_accents(program: Program) -> None:
    asked = (await program("POST", "/agents/run", {"message": NOTHING})).json()
    await program("POST", "/agents/run", {"message": BIKE})

    found = (await program("GET", "/conversations?query=CITTA%20mongolia")).json()["items"]
    assert found == []
    (match,) = (await program("GET", "/conversations?query=QUAL%20e%20MONGO")).json()["items"]
    assert match["id"] == asked["conversation_id"]
    assert {"text": "Mongo", "is_match": True} in match["title_pieces"]
    assert match["message_id"] == asked["question"]["id"]
    assert "".join(piece["text"] for piece in match["excerpt"]) == NOTHING

    (sourced,) = (await program("GET", "/conversations?filter=sourced")).json()["items"]
    (refused,) = (await program("GET", "/conversations?filter=unanswered")).json()["items"]
    assert (sourced["title"], refused["title"]) == (BIKE, NOTHING)
    assert refused["last"] == " ".join(asked["answer"]["content"].split())[:100].strip()
    assert "[1]" not in sourced["last"]
    assert (await program("GET", "/conversations?query=%25")).json()["items"] == []


@pytest.mark.parametrize("since", ["0.5", "1e30", "0001-01-01T00:00:00%2B14:00", "2026-11-21", "x"])
async def test_a_moment_is_written_with_its_date_and_zone(program: Program, since: str) -> None:
    refused = await program("GET", f"/conversations?since={since}")

    assert (refused.status_code, refused.json()["field"]) == (422, "since")


async def test_only_what_changed_since_a_moment_is_listed(program: Program) -> None:
    await program("POST", "/agents/run", {"message": BIKE})

    async def listed(since: str) -> int:
        answer = await program("GET", f"/conversations?since={since}")
        return len(answer.json()["items"])

    assert await listed("2026-11-21T08:00:00Z") == 1
    assert await listed("2026-11-21T12:00:00%2B02:00") == 0


async def test_what_is_found_comes_in_pages(program: Program) -> None:
    for number in range(3):
        await program("POST", "/agents/run", {"message": f"{BIKE} {number}"})

    first = (await program("GET", "/conversations?query=bici&limit=2")).json()
    rest = (
        await program("GET", f"/conversations?query=bici&limit=2&cursor={first['next']}")
    ).json()

    titles = [each["title"] for each in (*first["items"], *rest["items"])]
    assert sorted(titles) == [f"{BIKE} {number}" for number in range(3)]
    assert rest["next"] is None


async def test_when_too_many_wait_it_is_said_when_to_come_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "WAITING_AT_MOST", 0)

    refused = await program("POST", "/agents/run", {"message": BIKE})

    assert (refused.status_code, refused.json()["code"]) == (503, "ASSISTANT_BUSY")
    assert refused.headers["retry-after"] == str(refused.json()["retry_after"])
    (kept,) = (await program("GET", "/conversations")).json()["items"]
    assert kept["title"] == BIKE


async def test_an_answer_that_fails_says_so(
    program: Program, api: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    assistant: Assistant = api.state.house.assistant
    monkeypatch.setattr(assistant.guide, "look_up", broken)

    run = await program("POST", "/agents/run", {"message": BIKE})

    assert run.status_code == 201
    assert run.json()["answer"]["status"] == "failed"
    assert "secret" not in run.text
