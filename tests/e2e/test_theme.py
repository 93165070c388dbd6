"""Day and night: by the device or by choice, on the page and on the bar of the browser."""

from typing import cast

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Meet
from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

DAY, NIGHT = "#f6eddb", "#0e1b1e"
# As a browser reads it: the first colour whose condition holds.
PAPER = """[...document.querySelectorAll('meta[name="theme-color"]')]
  .find((one) => matchMedia(one.media).matches)?.content"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_browsers_bar_wears_what_was_chosen(meet: Meet, scheme: str) -> None:
    ada = meet("Ada", color_scheme=scheme)
    ada.enters()

    for theme, paper in (("dark", NIGHT), ("light", DAY)):
        chooses(ada, theme)
        assert paper_of(ada.page) == paper
        ada.reloads()
        ada.is_in_the_room()
        assert paper_of(ada.page) == paper
    chooses(ada, "system")
    assert paper_of(ada.page) == (DAY if scheme == "light" else NIGHT)


def test_a_theme_and_a_language_say_that_they_are_the_chosen_ones(ada: Person) -> None:
    ada.enters()
    chooses(ada, "dark")
    ada.reloads()
    ada.is_in_the_room()

    ada.presses("account.title")

    expect(ada.page.get_by_role("button", pressed=True)).to_have_text(ada.words.say("theme.dark"))
    chosen = ada.page.get_by_role("dialog").locator("[aria-current]")
    expect(chosen).to_have_text("Italiano")


def test_who_goes_with_the_device_goes_with_it_at_once(meet: Meet) -> None:
    ada = meet("Ada", color_scheme="light")
    ada.enters()
    chooses(ada, "system")

    ada.page.emulate_media(color_scheme="dark")

    expect(ada.page.locator("html")).to_have_class("dark")


def chooses(person: Person, theme: str) -> None:
    """Choose a theme in the sheet about oneself."""
    person.presses("account.title")
    person.presses(f"theme.{theme}")
    person.presses("app.close")


def paper_of(page: Page) -> str:
    """Return the colour that the browser gives to its bar."""
    return cast("str", page.evaluate(PAPER))
