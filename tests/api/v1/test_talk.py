"""Talk over the API: where one is, what is said there, and who is there."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from tests.api.conftest import OpenBrowser
from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.signing_up import speaking_for
from tests.conftest import Heard
from tests.support.assistant import assistant_at
from tests.support.browser import Browser
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions
from treno_chat.api.app import create_api
from treno_chat.domain.people import Gender, PeopleHere, PresentPerson
from treno_chat.domain.places import Place
from treno_chat.domain.talk.events import MessageEdited, MessageSent
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in

SLUG = "treno-lucca-aulla"
PRESENT = PresentPerson(
    id="p", alias="Zoe", gender=Gender.OTHER, is_anonymous=True, is_staff=False, status_line="Ciao"
)


@pytest.fixture
def api(transactions: Transactions, place: Place) -> FastAPI:
    """The routes, with zoe at the place."""
    return create_api(
        transactions,
        assistant=assistant_at(transactions),
        words={language: words_in(language) for language in LANGUAGES},
        limits=Limits(),
        origins=("https://treno.example",),
        default_place=place.slug,
        count_here=lambda _door: 3,
        people_here=lambda place_id: PeopleHere(
            people=(PRESENT,) if place_id == place.id else (), count=3
        ),
        is_ready=lambda: True,
    )


@pytest.fixture
async def program(ada: Browser, open_program: OpenProgram) -> Program:
    """A program that speaks for ada, a guest."""
    return await speaking_for(ada, open_program)


@pytest.fixture
async def rooms(program: Program) -> dict[str, str]:
    """The ids of the rooms, by slug."""
    found = (await program("GET", f"/places/{SLUG}/rooms")).json()["items"]
    return {room["slug"]: room["id"] for room in found}


@pytest.fixture
def train(rooms: dict[str, str]) -> str:
    """The path to the messages of the room where everybody talks."""
    return f"/rooms/{rooms['treno']}/messages"


async def test_where_one_is(program: Program, rooms: dict[str, str]) -> None:
    [place] = (await program("GET", "/places")).json()["items"]

    assert (place["slug"], place["kind"], place["is_staff"]) == (SLUG, "train", False)
    assert place["retention_seconds"] == 48 * 3600
    assert (await program("GET", f"/places/{SLUG}")).json() == place
    listed = (await program("GET", f"/places/{SLUG}/rooms")).json()["items"]
    assert [(room["slug"], room["can_write"]) for room in listed] == [
        ("annunci", False),
        ("treno", True),
    ]
    room = (await program("GET", f"/rooms/{rooms['treno']}")).json()
    assert {**room, "unread": 0} == listed[1]


async def test_who_is_there(program: Program) -> None:
    told = (await program("GET", f"/places/{SLUG}/people")).json()

    assert told["count"] == 3
    assert told["items"] == [
        {
            "id": "p",
            "alias": "Zoe",
            "gender": "other",
            "is_anonymous": True,
            "is_staff": False,
            "status_line": "Ciao",
        }
    ]


async def test_what_is_said_is_heard_at_once_and_only_once(
    program: Program, train: str, heard: Heard
) -> None:
    body = {"content": "C’è posto in carrozza 4?", "client_id": str(uuid4())}
    heard.events.clear()
    said = await program("POST", train, body)
    again = await program("POST", train, body)

    message: dict[str, Any] = said.json()
    assert (said.status_code, message["seq"], message["content"]) == (201, 1, body["content"])
    assert message["author"]["alias"] == "Ada"
    assert again.json() == message
    assert [type(event) for event in heard.events] == [MessageSent]
    assert (await program("GET", train)).json() == {"items": [message], "next": None}


async def test_back_into_the_past_and_on_from_a_number(program: Program, train: str) -> None:
    for number in range(1, 6):
        await program("POST", train, {"content": f"n. {number}"})

    async def contents(query: str) -> tuple[list[str], str | None]:
        page = (await program("GET", f"{train}?{query}")).json()
        return [message["content"] for message in page["items"]], page["next"]

    newest, cursor = await contents("limit=3")
    assert newest == ["n. 5", "n. 4", "n. 3"]
    assert await contents(f"limit=3&cursor={cursor}") == (["n. 2", "n. 1"], None)
    following, cursor = await contents("limit=2&after=2")
    assert following == ["n. 3", "n. 4"]
    assert await contents(f"limit=2&cursor={cursor}") == (["n. 5"], None)
    assert await contents("after=5") == ([], None)
    assert await contents("after=999999999999") == ([], None)


@pytest.mark.parametrize(
    "query", ["after=-1", "after=1e3", f"after={10**20}", "cursor=x", "cursor=WyJ4Il0&after=1"]
)
async def test_a_room_is_read_in_its_own_words(program: Program, train: str, query: str) -> None:
    answer = await program("GET", f"{train}?{query}")

    assert answer.status_code == 422
    assert answer.json()["code"] in {"BAD_INPUT", "BAD_CURSOR"}


async def test_ones_own_can_be_taken_back(
    program: Program,
    train: str,
    heard: Heard,
    open_browser: OpenBrowser,
    open_program: OpenProgram,
) -> None:
    await program("POST", train, {"content": "Ops"})
    browser = open_browser()
    await browser.script("/auth/enter", alias="Bruno", gender="male")
    bruno = await speaking_for(browser, open_program)

    refused = await bruno("DELETE", f"{train}/1")
    assert (refused.status_code, refused.json()["code"]) == (403, "FORBIDDEN")
    assert (await program("DELETE", f"{train}/1")).status_code == 204
    assert isinstance(heard.events[-1], MessageEdited)
    [tombstone] = (await program("GET", train)).json()["items"]
    assert (tombstone["is_removed"], tombstone["content"], tombstone["author"]) == (True, "", None)
    for seq in ("1", "2", "0", "-1", str(10**30)):
        assert (await program("DELETE", f"{train}/{seq}")).status_code == 404


async def test_announcements_are_for_staff(
    program: Program, rooms: dict[str, str], dora: Browser, open_program: OpenProgram
) -> None:
    refused = await program("POST", f"/rooms/{rooms['annunci']}/messages", {"content": "Ciao"})

    assert (refused.status_code, refused.json()["code"]) == (403, "STAFF_ONLY")
    staff = await speaking_for(dora, open_program)
    refused = await staff("POST", f"/rooms/{rooms['annunci']}/messages", {"content": "Ciao"})
    assert refused.status_code == 403


async def test_the_pace_of_the_pages_holds(program: Program, train: str) -> None:
    answers = [await program("POST", train, {"content": f"n. {n}"}) for n in range(8)]

    assert [answer.status_code for answer in answers[:5]] == [201] * 5
    refused = answers[-1]
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_FAST")
    assert int(refused.headers["retry-after"]) == refused.json()["retry_after"] >= 1


@pytest.mark.parametrize(
    "path",
    [
        "/places/elsewhere",
        "/places/elsewhere/rooms",
        "/places/elsewhere/people",
        "/rooms/nothing",
        "/rooms/nothing/messages",
    ],
)
async def test_elsewhere_one_sees_nothing(program: Program, path: str) -> None:
    answer = await program("GET", path)

    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_HERE")


async def test_whoever_left_reads_no_more(ada: Browser, program: Program, train: str) -> None:
    await program("POST", train, {"content": "Ciao"})
    await ada.script("/auth/logout")

    for method, path in (("GET", train), ("POST", train), ("GET", "/places")):
        answer = await program(method, path, {"content": "x"} if method == "POST" else None)
        assert answer.status_code == 401
        assert "invalid_token" in answer.headers["www-authenticate"]
