"""What is new: said in the list of rooms and by the divider, until it was read."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.support.past import has_said
from tests.support.person import Person
from tests.support.screen import LONG, ROOM
from tests.support.server import Server
from tests.support.staff import is_announced

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
# More than is ever announced.
MANY = 60
READ = "room_state.read"


def test_what_was_read_is_read_however_much_is_said_elsewhere(
    ada: Person, bruno: Person, server: Server
) -> None:
    bruno.enters()
    has_said(server, "Bruno", MANY)
    is_announced(server, "Binario due")
    with is_read(ada):
        ada.enters()
        ada.sees(f"{MANY}")

    with is_read(ada):
        room(ada, "Annunci").click()
        ada.sees("Binario due")
    ada.opens(ROOM)

    expect(room(ada, "Annunci")).to_contain_text("Binario due", timeout=LONG)
    expect(room(ada, "Annunci").locator(".count")).to_have_count(0)


def test_the_divider_goes_when_one_has_read_on(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    with is_read(ada):
        bruno.says("Letto")
        ada.sees("Letto")
    room(ada, "Annunci").click()
    ada.hears("announce.closed")
    bruno.gets_across("Nuovo")

    with is_read(ada):
        room(ada, "Treno Lucca–Aulla").click()
        ada.sees("Nuovo")
        ada.hears("room.new_from_here")
    ada.hears("room.new_from_here")
    bruno.says("Ancora")

    ada.sees("Ancora")
    ada.hears_no_more("room.new_from_here")


def test_the_room_opens_where_one_stopped_reading_however_much_was_said(
    ada: Person, bruno: Person, server: Server
) -> None:
    bruno.enters()
    ada.enters()
    with is_read(ada):
        bruno.says("Letto")
        ada.sees("Letto")
    room(ada, "Annunci").click()
    ada.hears("announce.closed")
    has_said(server, "Bruno", 100)

    ada.opens(ROOM)

    divider = ada.log.get_by_text(ada.words.say("room.new_from_here"))
    expect(divider).to_be_in_viewport(timeout=LONG)
    expect(ada.log.get_by_text("1", exact=True)).to_be_in_viewport()
    ada.page.get_by_role("button", name=ada.words.count("room.n_new", 61)).click()
    expect(ada.log.get_by_text("100", exact=True)).to_be_in_viewport()
    expect(divider).to_have_count(0)


def test_the_list_shows_what_was_said_last_in_the_room_that_is_open(
    ada: Person, bruno: Person
) -> None:
    ada.enters()
    bruno.enters()

    bruno.says("Si parte")

    expect(room(ada, "Treno Lucca–Aulla")).to_contain_text("Bruno: Si parte", timeout=LONG)


def test_the_list_says_what_is_said_and_taken_back_in_a_room_one_does_not_look_at(
    ada: Person, bruno: Person, axe: Look
) -> None:
    ada.enters()
    bruno.enters()
    room(bruno, "Annunci").click()
    bruno.hears("announce.closed")
    elsewhere = room(bruno, "Treno Lucca–Aulla")

    ada.says("Chi scende?")
    expect(elsewhere).to_contain_text("Ada: Chi scende?", timeout=LONG)
    ada.says("Un segreto")
    expect(elsewhere).to_contain_text("Ada: Un segreto", timeout=LONG)
    expect(elsewhere).to_contain_text(bruno.words.say("rooms.unread", n=2))
    assert axe(bruno.page) == []

    ada.takes_back("Un segreto")
    expect(elsewhere).to_contain_text("Ada: Chi scende?", timeout=LONG)
    expect(elsewhere).to_contain_text(bruno.words.say("rooms.unread", n=1))

    elsewhere.click()
    bruno.sees("Chi scende?")
    expect(elsewhere.locator(".count")).to_have_count(0)


@contextmanager
def is_read(person: Person) -> Generator[None]:
    """Wait until the page has told that what came meanwhile was read."""
    told: list[WebSocket] = []

    def listen(line: WebSocket) -> None:
        line.on("framesent", lambda frame: told.append(line) if READ in str(frame) else None)

    for line in person.lines:
        listen(line)
    person.page.on("websocket", listen)
    yield
    if not told:
        person.lines[-1].wait_for_event("framesent", lambda frame: READ in str(frame))
    person.page.remove_listener("websocket", listen)


def room(person: Person, name: str) -> Locator:
    """The row of a room in the list."""
    rooms = person.page.get_by_role("navigation", name=person.words.say("rooms.title"))
    return rooms.get_by_role("link").filter(has_text=name)
