"""For fingers, weak eyes and whoever gets dizzy: what is large enough, and what keeps still."""

from typing import cast

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Meet
from tests.support.screen import PLACE

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PHONE = {"width": 360, "height": 740}
# Hit 21 px above, below, left and right of its middle, a target of 44 px answers; a link within a
# sentence may be as high as its line (WCAG 2.5.8).
SMALL = """() => {
  const shown = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary,"
    + " textarea, [role=switch]")].filter((one) => one.checkVisibility() && !one.disabled
      && !one.closest(".word") && !one.classList.contains("skip"));
  const sheet = document.querySelector('[role="dialog"]');
  return shown.filter((one) => !sheet || sheet.contains(one)).filter((one) => {
    one.scrollIntoView({ block: "center" });
    const box = one.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const target = one.closest("label") ?? one;
    return [[0, 21], [0, -21], [21, 0], [-21, 0]].some(([right, down]) =>
      !target.contains(document.elementFromPoint(x + right, y + down)));
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
WIDTH = "document.documentElement.scrollWidth"
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
  return animationName !== "none" || scrollBehavior === "smooth"
    || transitionDuration.split(", ").some((time) => time !== "0s");
}).length"""


def test_whatever_is_pressed_is_large_enough_for_a_thumb(meet: Meet) -> None:
    ada = meet("Ada", viewport=PHONE)
    ada.opens("/it")
    ada.is_at_the_door()
    assert small(ada.page) == []

    ada.fills_in_the_ticket()
    ada.is_in_the_room()
    ada.says("Ciao!")
    ada.sees("Ciao!")
    assert small(ada.page) == []
    ada.presses("people.title")
    assert small(ada.page) == []
    ada.presses("app.close")
    ada.presses("message.actions_mine")
    assert small(ada.page) == []

    ada.opens(PLACE)
    expect(ada.page.get_by_role("navigation")).to_contain_text("Annunci")
    assert small(ada.page) == []
    for opened in ("account.title", "keys.title"):
        ada.presses(opened)
        assert small(ada.page) == []


@pytest.mark.parametrize("size", [PHONE, {"width": 640, "height": 400}], ids=["phone", "zoomed"])
def test_text_of_twice_the_size_scrolls_only_downwards(meet: Meet, size: dict[str, int]) -> None:
    ada = meet("Ada", viewport=size)
    ada.opens("/it")
    ada.is_at_the_door()
    ada.page.evaluate(LARGE_TEXT)
    assert ada.page.evaluate(WIDTH) <= size["width"]

    ada.fills_in_the_ticket()
    ada.is_in_the_room()
    ada.says("Una frase abbastanza lunga da andare a capo più volte")
    ada.sees("Una frase abbastanza lunga da andare a capo più volte")
    ada.page.evaluate(LARGE_TEXT)

    assert ada.page.evaluate(WIDTH) <= size["width"]
    expect(ada.composer).to_be_in_viewport(ratio=1)


def test_nothing_moves_for_whoever_wants_it_still(meet: Meet) -> None:
    ada = meet("Ada", reduced_motion="reduce", viewport=PHONE)
    ada.opens("/it")
    ada.is_at_the_door()
    assert ada.page.evaluate(MOVING) == 0

    ada.fills_in_the_ticket()
    ada.is_in_the_room()
    ada.presses("people.title")

    expect(ada.page.get_by_role("dialog")).to_be_visible()
    assert ada.page.evaluate(MOVING) == 0


def small(page: Page) -> list[str]:
    """Return what is shown, can be pressed, and is smaller than a thumb."""
    return cast("list[str]", page.evaluate(SMALL))
