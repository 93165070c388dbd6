"""What everybody can read: two languages, day and night, no barriers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Meet
from tests.support.account_page import AccountPage
from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
PHONE = {"width": 360, "height": 740}
# Of the blocks of the door, whatever stands elsewhere than where it was painted first.
KEEP_WHAT_MOVES = """
window.what_moved = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries())
    for (const { node, previousRect: from, currentRect: to } of shift.sources)
      if (node?.closest?.(".ticket, .skirt") && from.height && to.height && from.y !== to.y)
        what_moved.push(`${node.className} ${from.y} ${to.y}`);
}).observe({ type: "layout-shift", buffered: true });
"""


def test_each_is_met_in_their_language(ada: Person, chiara: Person) -> None:
    ada.enters()
    chiara.enters()

    expect(ada.page.locator("html")).to_have_attribute("lang", "it")
    expect(chiara.page.locator("html")).to_have_attribute("lang", "en")
    expect(chiara.log).to_have_accessible_name(chiara.words.say("room.messages"))


def test_a_chosen_language_is_remembered(ada: Person, chiara: Person) -> None:
    ada.opens()
    ada.page.get_by_role("link", name="English").click()
    ada.page.wait_for_url("**/en**")

    ada.opens("/")

    ada.words = chiara.words
    ada.is_at_the_door()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_no_page_has_a_barrier(meet: Meet, axe: Look, scheme: str, size: dict[str, int]) -> None:
    ada = meet("Ada", color_scheme=scheme, viewport=size)
    ada.opens("/it")
    ada.is_at_the_door()
    assert axe(ada.page) == []

    ada.opens("/it/account")
    expect(ada.field("create.alias")).to_be_visible()
    assert axe(ada.page) == []

    ada.enters()
    ada.says("Ciao!")
    ada.sees("Ciao!")
    assert axe(ada.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_no_page_of_an_account_has_a_barrier(
    meet: Meet, axe: Look, scheme: str, size: dict[str, int]
) -> None:
    ada = meet("Ada", color_scheme=scheme, viewport=size, reduced_motion="reduce")
    ada.opens("/it/recover")
    ada.field("recover.phone").fill("347 55")
    ada.presses("recover.send")
    ada.hears("error.phone_invalid")
    assert axe(ada.page) == []
    ada.field("recover.phone").fill("+39 347 000 0001")
    ada.presses("recover.send")
    expect(ada.field("recover.code_label")).to_be_focused()
    assert axe(ada.page) == []

    ada.enters()
    account = AccountPage(person=ada)
    account.opens()
    assert axe(ada.page) == []

    ada.signs_up(ada.gets_an_authenticator(), phone="+39 347 123 4567")
    account.opens()
    assert axe(ada.page) == []
    for sheet in ("account.edit", "account.add_passkey", "account.change_phone", "account.erase"):
        account.asks(sheet)
        assert axe(ada.page) == []
        account.confirms("app.close")
    account.asks("account.codes_make")
    account.confirms("account.codes_make")
    expect(account.sheet.locator(".codes li")).to_have_count(10)
    assert axe(ada.page) == []
    account.confirms("account.codes_done")
    ada.hears("notice.recovery_codes_made")
    assert axe(ada.page) == []
    account.erases_everything()
    assert axe(ada.page) == []


def test_the_narrowest_phone_scrolls_the_account_only_downwards(meet: Meet) -> None:
    ada = meet("W" * 20, viewport={"width": 320, "height": 640})
    ada.signs_up(ada.gets_an_authenticator(), phone="+39 347 123 4567")
    AccountPage(person=ada).opens()

    wide = ada.page.evaluate("document.documentElement.scrollWidth")

    assert wide <= 320


def test_the_night_is_dark_from_the_first_paint(meet: Meet) -> None:
    lights = {}
    for scheme in ("light", "dark"):
        person = meet(f"Notte {scheme}", color_scheme=scheme)
        person.opens()
        person.is_at_the_door()
        lights[scheme] = person.page.evaluate(
            "getComputedStyle(document.documentElement).backgroundColor.match(/[0-9.]+/g)"
            ".slice(0, 3).reduce((sum, part) => sum + Number(part), 0)"
        )

    assert lights["dark"] < lights["light"]


def test_the_narrowest_phone_scrolls_only_downwards(meet: Meet) -> None:
    ada = meet("Ada", viewport={"width": 320, "height": 640})
    ada.enters()
    ada.says("Unaparolalunghissima" * 12)
    ada.sees("Unaparolalunghissima" * 12)

    wide = ada.page.evaluate("document.documentElement.scrollWidth")

    assert wide <= 320


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_moves_under_the_thumb_at_the_door(meet: Meet, width: int) -> None:
    ada = meet("Ada", viewport={"width": width, "height": 740})
    ada.page.add_init_script(KEEP_WHAT_MOVES)

    ada.opens()
    expect(ada.page.locator("#place-here")).to_be_visible()
    ada.field("entry.alias").fill("Ada")

    assert ada.page.evaluate("what_moved") == []


def test_one_can_come_in_and_talk_with_the_keyboard_alone(ada: Person) -> None:
    ada.opens()
    ada.field("entry.alias").focus()
    ada.page.keyboard.type("Ada")
    ada.page.keyboard.press("Tab")
    ada.page.keyboard.press("Space")
    ada.page.keyboard.press("Enter")
    ada.is_in_the_room()

    ada.composer.focus()
    ada.page.keyboard.type("Senza mouse")
    ada.page.keyboard.press("Enter")

    ada.sees("Senza mouse")
    expect(ada.composer).to_be_focused()
