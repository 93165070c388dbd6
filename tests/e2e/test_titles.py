"""Titles: every page has its own, in the language of whoever reads it."""

import pytest
from playwright.sync_api import expect

from tests.support.person import Person
from tests.support.screen import LONG, PLACE, PLACE_NAME, ROOM

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def is_called(person: Person, title: str) -> None:
    """Read the title of the window."""
    expect(person.page).to_have_title(f"{title} · Treno Chat", timeout=LONG)


@pytest.mark.parametrize("who", ["ada", "chiara"])
def test_every_page_inside_is_called_by_what_it_is(
    who: str, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    person.enters()
    for path, title in (
        (ROOM, PLACE_NAME),
        (f"{PLACE}/annunci", "Annunci"),
        (PLACE, PLACE_NAME),
        ("/account", person.words.say("account.guest")),
        ("/tasks", person.words.say("tasks.yours")),
    ):
        person.opens(path)
        is_called(person, title)


def test_the_title_follows_the_page_without_a_reload(ada: Person) -> None:
    ada.signs_up(ada.gets_an_authenticator(), phone="+39 347 123 4567")
    is_called(ada, PLACE_NAME)
    ada.presses("account.title")
    ada.page.get_by_role("link", name=ada.words.say("account.yours")).click()
    is_called(ada, ada.words.say("account.yours"))

    ada.page.get_by_role("link", name=ada.words.say("app.back")).click()

    is_called(ada, PLACE_NAME)


def test_the_pages_of_the_door_have_titles_of_their_own(chiara: Person) -> None:
    titles: set[str] = set()
    pages = ("account", "recover", "login", "sign-up", "forgot", "reset", "confirm", "welcome")
    for page in pages:
        chiara.opens(f"/en/{page}")
        titles.add(chiara.page.title())

    assert len(titles) >= len(pages) - 1
    assert all(title.endswith(" · Treno Chat") for title in titles)
