"""The desk over the API: staff keep the place's pages, and see to what no page answered."""

from typing import Any

import pytest

from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.signing_up import id_of, speaking_for
from tests.support.browser import Browser
from treno_chat.actions.assistant.handing_over import hand_over
from treno_chat.actions.assistant.open_questions import note_unanswered
from treno_chat.actions.operations.staff import grant, revoke
from treno_chat.actions.transaction import Transactions
from treno_chat.api.caller import find_principal
from treno_chat.api.door.session_cookie import SESSION
from treno_chat.domain.places import Place
from treno_chat.locales import words_in

BAR: dict[str, Any] = {
    "slug": "bar",
    "language": "it",
    "title": "Il bar di bordo",
    "body": "Il bar è nella carrozza 5.",
}


@pytest.fixture
async def program(
    dora: Browser, open_program: OpenProgram, transactions: Transactions, place: Place
) -> Program:
    """A program that speaks for dora, who is staff."""
    program = await speaking_for(dora, open_program)
    user_id = await id_of(program)
    with transactions.writing() as tx:
        grant(tx, place.slug, user_id)
    return program


@pytest.fixture
def desk(place: Place) -> str:
    """Where the desk is."""
    return f"/places/{place.slug}"


async def test_a_page_from_its_making_to_its_end(program: Program, desk: str) -> None:
    made = await program("POST", f"{desk}/pages", BAR)
    page: dict[str, Any] = made.json()

    assert made.status_code == 201
    assert {name: page[name] for name in BAR} == BAR
    assert page["aliases"] == ""
    again = await program("POST", f"{desk}/pages", {**BAR, "title": "Il bar"})
    assert [each["title"] for each in await pages(program, desk)] == [again.json()["title"]]

    assert (await program("DELETE", f"{desk}/pages/it/bar")).status_code == 204
    assert await pages(program, desk) == []
    assert (await program("DELETE", f"{desk}/pages/it/bar")).json()["code"] == "PAGE_NOT_FOUND"


async def test_what_a_colleague_wrote_meanwhile_is_not_written_over(
    program: Program, desk: str
) -> None:
    seen = (await program("POST", f"{desk}/pages", {**BAR, "replaces": ""})).json()["version"]
    twice = await program("POST", f"{desk}/pages", {**BAR, "replaces": ""})
    assert (twice.status_code, twice.json()["code"]) == (409, "PAGE_KNOWN")
    assert twice.json()["field"] == "slug"

    first, second = [
        await program("POST", f"{desk}/pages", {**BAR, "title": title, "replaces": seen})
        for title in ("Il bar della collega", "Il mio bar")
    ]

    assert first.status_code == 201
    assert (second.status_code, second.json()["code"]) == (409, "PAGE_CHANGED")
    assert await pages(program, desk) == [first.json()]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("slug", "Il Bar", "PAGE_SLUG"),
        ("language", "fr", "PAGE_LANGUAGE"),
        ("title", "", "LINE_EMPTY"),
        ("body", "Aperto {hours} ore.", "PAGE_FIGURE"),
        ("topic", "?", "PAGE_SLUG"),
        ("aliases", "a\nb", "LINE_CHARACTERS"),
    ],
)
async def test_a_slip_is_told_at_its_field(
    program: Program, desk: str, field: str, value: str, code: str
) -> None:
    refused = await program("POST", f"{desk}/pages", {**BAR, field: value})

    assert refused.status_code == 422
    assert (refused.json()["field"], refused.json()["code"]) == (field, code)
    assert await pages(program, desk) == []


async def test_a_question_is_answered_by_a_page_or_settled(
    program: Program, desk: str, transactions: Transactions, place: Place
) -> None:
    with transactions.writing() as tx:
        note_unanswered(tx, place.id, question="C’è un bar?", language="it")
        note_unanswered(tx, place.id, question="C’è un cinema?", language="it")
    told = (await program("GET", f"{desk}/questions")).json()
    ids = {each["content"]: each["id"] for each in told["items"]}
    assert {each["asked_by"] for each in told["items"]} == {None}
    limited = (await program("GET", f"{desk}/questions?limit=1")).json()
    assert (len(limited["items"]), limited["has_more"]) == (1, True)

    answered = await program("POST", f"{desk}/pages", {**BAR, "answers": ids["C’è un bar?"]})
    assert answered.status_code == 201
    settle = f"{desk}/questions/{ids['C’è un cinema?']}/settle"
    assert (await program("POST", settle)).status_code == 204
    assert (await program("POST", settle)).status_code == 204

    assert (await program("GET", f"{desk}/questions")).json()["items"] == []
    nothing = await program("POST", f"{desk}/pages", {**BAR, "answers": "nothing"})
    assert nothing.json()["code"] == "QUESTION_NOT_FOUND"


async def test_who_handed_a_question_over_is_named_to_staff(
    program: Program, desk: str, transactions: Transactions, dora: Browser
) -> None:
    talk = (await program("POST", "/conversations", {})).json()
    path = f"/conversations/{talk['id']}/messages"
    said = (await program("POST", path, {"content": "C’è un bar?"})).json()
    principal = find_principal(transactions, {SESSION: dora.session or ""})
    assert principal is not None
    with transactions.writing() as tx:
        hand_over(tx, principal, talk["id"], said["id"], words=words_in("it"))

    [waits] = (await program("GET", f"{desk}/questions")).json()["items"]
    assert (waits["kind"], waits["asked_by"]) == ("handed_over", "Dora")
    assert waits["also"] == []
    await program("POST", f"{desk}/pages", {**BAR, "answers": waits["id"]})

    newest, *_ = (await program("GET", path)).json()["items"]
    assert newest["content"] == words_in("it").say("assistant.staff_answered")


async def test_whoever_is_staff_no_more_is_out_at_once(
    program: Program, desk: str, transactions: Transactions, place: Place
) -> None:
    assert (await program("GET", f"{desk}/pages")).status_code == 200
    user_id = await id_of(program)
    with transactions.writing() as tx:
        revoke(tx, place.slug, user_id)

    for method, path in (("GET", "pages"), ("POST", "pages"), ("GET", "questions")):
        refused = await program(method, f"{desk}/{path}", BAR if method == "POST" else None)
        assert (refused.status_code, refused.json()["code"]) == (403, "DESK_ONLY")


async def test_a_place_that_is_not_there_has_no_desk(program: Program) -> None:
    assert (await program("GET", "/places/elsewhere/pages")).status_code == 404


async def pages(program: Program, desk: str) -> list[dict[str, Any]]:
    return (await program("GET", f"{desk}/pages")).json()["items"]
