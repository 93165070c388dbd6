"""Everybody who may ask the API, and what ada has that they may ask for."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.api.conftest import OpenBrowser
from tests.api.v1.beach import BEACH
from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.signing_up import id_of, registered, speaking_for
from tests.conftest import StoppedClock
from tests.support.browser import ORIGIN, Browser
from tests.support.post import Post

# In the order in which they ask: whoever may do it comes last.
WHO = ("nobody", "expired", "revoked", "guest", "bruno", "ada")
TRAIN = "treno-lucca-aulla"
ELSA = "elsa@example.org"
WORDS = "giraffa lampone tavolo"
Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Everybody:
    """The programs by whom they speak for, and what stands for each parameter of a path."""

    programs: dict[str, Program]
    adas: dict[str, str]


async def gather(
    open_browser: OpenBrowser, open_program: OpenProgram, clock: StoppedClock
) -> Everybody:
    """Return everybody, with one of all that ada can have."""
    expired = await _with_cookie_alone(open_browser, open_program)
    clock.pass_(timedelta(hours=13))
    ada = await registered(open_browser, alias="Ada", phone="347 111 2233")
    bruno = await registered(open_browser, alias="Bruno", phone="347 222 3344", place=BEACH)
    out = await speaking_for(await _guest(open_browser, "Chiara"), open_program)
    assert (await out("POST", "/auth/logout")).status_code == 204
    programs = {
        "nobody": open_program(None),
        "expired": expired,
        "revoked": out,
        "guest": await speaking_for(await _guest(open_browser, "Dino"), open_program),
        "bruno": await speaking_for(bruno, open_program),
        "ada": await speaking_for(ada, open_program),
    }
    return Everybody(programs=programs, adas=await fill(programs["ada"], place=TRAIN, word="Ciao"))


async def fill(program: Program, *, place: str, word: str) -> dict[str, str]:
    """Give somebody one of everything, each with this word; return what stands in paths."""

    async def made(path: str, **body: str) -> Json:
        answer = await program("POST", path, body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    user_id = await id_of(program)
    rooms = (await program("GET", f"/places/{place}/rooms")).json()["items"]
    room_id = next(room["id"] for room in rooms if room["can_write"])
    conversation = await made("/conversations", title=f"{word} title")
    path = f"/conversations/{conversation['id']}/messages"
    said = await made(path, content=f"{word} question")
    await made("/agents/run", message=f"{word}: posso portare la bicicletta?")
    message = await made(f"/rooms/{room_id}/messages", content=f"{word} message")
    task = await made(f"/users/{user_id}/tasks", title=f"{word} task", description=word)
    session = (await program("GET", "/auth/session")).json()
    return {
        "user_id": user_id,
        "task_id": task["id"],
        "conversation_id": conversation["id"],
        "message_id": said["id"],
        "place_slug": place,
        "room_id": room_id,
        "seq": str(message["seq"]),
        "id": session["id"],
        "question_id": user_id,
        "language": "it",
        "slug": "wifi",
    }


async def elsa_has_a_password(browser: Browser, post: Post) -> None:
    """Make an account whose address is proven."""
    form = {"email": ELSA, "password": WORDS, "alias": "Elsa", "gender": "female"}
    assert (await browser.json("/api/v1/auth/register", form)).status_code == 201
    proof = {"token": post.newest_token(), "password": WORDS}
    assert (await browser.json("/auth/password/confirm", proof)).status_code == 200


async def _guest(open_browser: OpenBrowser, alias: str) -> Browser:
    browser = open_browser()
    await browser.script("/auth/enter", alias=alias, gender="other")
    assert browser.session is not None
    return browser


async def _with_cookie_alone(open_browser: OpenBrowser, open_program: OpenProgram) -> Program:
    browser, program = await _guest(open_browser, "Furio"), open_program(None)
    program.client.headers["Cookie"] = f"__Host-treno_session={browser.session}"
    program.client.headers["Origin"] = ORIGIN
    assert (await program("GET", "/users/me")).status_code == 200
    return program
