"""Reading: a long room, up and down, without a gap and without a jump."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.past import has_said
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MANY = 700
# More than is caught up with one by one.
MUCH = 250
MOST_ROWS = 300
HELD = "[...document.querySelectorAll('#log li.msg')].map((row) => Number(row.dataset.seq))"
# Scrolls to where the next page is asked for, and says which row is read there, and where it is.
SCROLL = """(isUp) => {
  const log = document.getElementById("log");
  log.scrollTop = isUp ? 250 : log.scrollHeight - log.clientHeight - 250;
  const edge = log.getBoundingClientRect().top;
  const row = [...log.querySelectorAll("li.msg")]
    .find((one) => one.getBoundingClientRect().bottom > edge);
  return { seq: row.dataset.seq, at: row.getBoundingClientRect().bottom - edge };
}"""
WHERE_READ = """() => {
  const edge = document.getElementById("log").getBoundingClientRect().top;
  const row = [...document.querySelectorAll("#log li.msg")]
    .find((one) => one.getBoundingClientRect().bottom > edge);
  return { seq: row.dataset.seq, at: row.getBoundingClientRect().bottom - edge };
}"""
# In the list: what is told above it, that the line is back for instance, comes and goes.
WHERE = """(seq) => document.querySelector(`#log li.msg[data-seq="${seq}"]`)
  .getBoundingClientRect().bottom - document.getElementById("log").getBoundingClientRect().top"""


def test_a_long_room_is_read_up_and_down_without_a_gap_or_a_jump(
    ada: Person, bruno: Person, server: Server
) -> None:
    bruno.enters()
    first = has_said(server, "Bruno", MANY)
    ada.enters()
    ada.sees(f"{MANY}")
    read: set[int] = set()

    while first not in held(ada.page):
        reads_on(ada.page, is_up=True)
        read |= set(held(ada.page))
    bruno.says("Nel frattempo")
    ada.hears("room.n_new.one", n=1)
    while first + MANY not in held(ada.page):
        reads_on(ada.page, is_up=False)

    assert read == set(range(first, first + MANY))
    ada.sees("Nel frattempo")


def test_whoever_is_far_up_gets_to_the_very_end_at_once(
    ada: Person, bruno: Person, server: Server
) -> None:
    bruno.enters()
    first = has_said(server, "Bruno", MANY)
    ada.enters()
    ada.sees(f"{MANY}")
    while held(ada.page)[-1] == first + MANY - 1:
        reads_on(ada.page, is_up=True)
    bruno.says("Si scende")
    ada.hears("room.n_new.one", n=1)

    ada.presses("room.n_new.one", n=1)

    ada.sees("Si scende")
    expect(ada.message("Si scende")).to_be_in_viewport()
    assert held(ada.page) == list(range(first + MANY - 39, first + MANY + 1))


def test_what_one_says_oneself_is_said_at_the_end(
    ada: Person, bruno: Person, server: Server
) -> None:
    bruno.enters()
    first = has_said(server, "Bruno", MANY)
    ada.enters()
    ada.sees(f"{MANY}")
    while held(ada.page)[-1] == first + MANY - 1:
        reads_on(ada.page, is_up=True)

    ada.says("Eccomi")

    expect(ada.message("Eccomi")).to_be_in_viewport(timeout=LONG)
    ada.sees(f"{MANY}")
    last = ada.page.locator("#log li.msg").last
    expect(last).to_have_attribute("data-seq", f"{first + MANY}", timeout=LONG)
    assert held(ada.page) == list(range(first + MANY - 39, first + MANY + 1))


def test_at_the_end_the_oldest_rows_are_let_go(ada: Person, bruno: Person, server: Server) -> None:
    bruno.enters()
    first = has_said(server, "Bruno", MOST_ROWS + 20)
    ada.enters()
    ada.sees(f"{MOST_ROWS + 20}")
    while len(held(ada.page)) < MOST_ROWS - 20:
        reads_on(ada.page, is_up=True)
    ada.page.evaluate("document.getElementById('log').scrollTop = 1e6")

    for number in range(30):
        bruno.says(f"Altro {number}")
    ada.sees("Altro 29")

    last = first + MOST_ROWS + 20 + 29
    assert held(ada.page) == list(range(last - MOST_ROWS + 1, last + 1))


def test_whoever_comes_back_far_up_is_where_they_were(
    ada: Person, bruno: Person, server: Server
) -> None:
    bruno.enters()
    first = has_said(server, "Bruno", MANY)
    ada.enters()
    ada.sees(f"{MANY}")
    for _ in range(3):
        reads_on(ada.page, is_up=True)
    before, row = held(ada.page), ada.page.evaluate(WHERE_READ)
    ada.loses_the_line()
    ada.hears("link.retrying")
    has_said(server, "Bruno", MUCH)

    ada.is_back_on_the_line()

    ada.hears("room.n_new.other", n=MUCH)
    assert held(ada.page) == before
    assert ada.page.evaluate(WHERE, row["seq"]) == pytest.approx(row["at"], abs=2)
    while held(ada.page)[-1] < first + MANY + MUCH - 1:
        reads_on(ada.page, is_up=False)
    ada.presses("room.n_new.other", n=MUCH)
    ada.hears_no_more("room.n_new.other", n=MUCH)


def held(page: Page) -> list[int]:
    """Return the seqs of the rows in the page; there are never too many, and no gaps."""
    seqs: list[int] = page.evaluate(HELD)
    assert len(seqs) <= MOST_ROWS
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    return seqs


def reads_on(page: Page, *, is_up: bool) -> None:
    """Scroll on until the next page is there; what is being read stays where it is."""
    edge = 0 if is_up else -1
    before = held(page)[edge]
    row: dict[str, Any] = page.evaluate(SCROLL, is_up)
    at_edge = page.locator("#log li.msg").nth(edge)
    expect(at_edge).not_to_have_attribute("data-seq", f"{before}", timeout=LONG)
    assert page.evaluate(WHERE, row["seq"]) == pytest.approx(row["at"], abs=2)
