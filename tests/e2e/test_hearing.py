"""Hearing: a few messages are read out, of many only how many; and what marks a message."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.past import has_said, seals_of, wears
from tests.support.person import Person
from tests.support.screen import LONG
from tests.support.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

MANY = 12
FEW = 3
# Hears as a screen reader does: what is added to a log that is not hushed, and every status.
LISTEN = """() => {
  const log = document.getElementById("log");
  window.heard = { read: 0, told: [] };
  new MutationObserver((changes) => {
    if (log.getAttribute("aria-live") !== "polite") return;
    for (const { addedNodes } of changes) {
      window.heard.read += [...addedNodes].filter((node) => node.matches?.("li.msg")).length;
    }
  }).observe(log, { childList: true, subtree: true });
  const status = log.parentElement.querySelector("[role=status]");
  new MutationObserver(() => {
    if (status.textContent) window.heard.told.push(status.textContent);
  }).observe(status, { childList: true, subtree: true, characterData: true });
}"""
# Faster than anybody types, yet by the same field and button.
SAY_AT_ONCE = """(texts) => {
  const field = document.getElementById("composer-text");
  for (const text of texts) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.form.requestSubmit();
  }
}"""


def test_a_few_messages_are_read_out(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    _listens(ada)

    bruno.says("Uno")
    ada.sees("Uno")
    bruno.says("Due")
    ada.sees("Due")

    assert ada.page.evaluate("heard") == {"read": 2, "told": []}


def test_of_many_messages_one_sentence_says_how_many(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    _listens(ada)

    bruno.page.evaluate(SAY_AT_ONCE, [f"Messaggio {number}" for number in range(MANY)])
    ada.sees(f"Messaggio {MANY - 1}")
    expect(ada.log).to_have_attribute("aria-live", "off")
    expect(ada.log).to_have_attribute("aria-live", "polite", timeout=LONG)

    heard = ada.page.evaluate("heard")
    assert heard["read"] <= FEW
    assert heard["read"] + sum(map(_number_in, heard["told"])) == MANY
    assert len(heard["told"]) == 1


def test_older_messages_are_not_read_out(ada: Person, bruno: Person, server: Server) -> None:
    bruno.enters()
    first = has_said(server, "Bruno", 100)
    ada.enters()
    ada.sees("100")
    _listens(ada)

    ada.page.evaluate("document.getElementById('log').scrollTop = 0")
    expect(ada.page.locator(f"li.msg[data-seq='{first + 20}']")).to_have_count(1, timeout=LONG)

    assert ada.page.evaluate("heard") == {"read": 0, "told": []}


def test_what_becomes_of_my_message_is_said_at_the_end_of_each_group(
    ada: Person, bruno: Person
) -> None:
    ada.enters()
    bruno.enters()
    for text in ("Uno", "Due"):
        ada.says(text)
        bruno.sees(text)
    bruno.says("Tre")
    ada.sees("Tre")
    ada.says("Quattro")
    bruno.sees("Quattro")

    expect(ada.log.locator(".state")).to_have_count(2)
    assert [_has_state(ada, text) for text in ("Uno", "Due", "Quattro")] == [False, True, True]
    actions = ada.log.get_by_role("button", name=ada.words.say("message.actions_mine"))
    expect(actions).to_have_count(3)


def test_what_waits_for_the_line_says_so_on_each_message(ada: Person, bruno: Person) -> None:
    ada.enters()
    bruno.enters()
    ada.loses_the_line()
    ada.hears("link.retrying")

    ada.says("Uno")
    ada.says("Due")

    expect(ada.log.get_by_text(ada.words.say("message.waiting"))).to_have_count(2)
    ada.is_back_on_the_line()
    bruno.sees("Due")
    expect(ada.log.locator(".state")).to_have_count(1)


def test_equal_aliases_carry_the_number_of_their_seals(
    ada: Person, bruno: Person, chiara: Person, server: Server
) -> None:
    bruno.enters()
    bruno.says("Prima")
    ada.enters()
    chiara.enters()
    ada.says("Sono io")
    chiara.sees("Sono io")
    expect(chiara.page.locator(".num.badge")).to_have_count(0)

    wears(server, "Bruno", "Ada")
    bruno.reloads()
    bruno.sees("Prima")
    bruno.says("Anch'io")

    chiara.sees("Anch'io")
    numbers = {f"{seal.number:02}" for seal in seals_of(server, "Ada")}
    people = chiara.page.get_by_role("complementary", name=chiara.words.say("people.title"))
    assert _numbers(people, chiara) == numbers
    assert _numbers(chiara.log, chiara) == numbers
    chiara.sees_here("Chiara")
    expect(people.get_by_role("listitem").filter(has_text="Chiara")).not_to_contain_text("seal")


def _listens(person: Person) -> None:
    expect(person.log).to_have_attribute("aria-live", "polite", timeout=LONG)
    person.page.evaluate(LISTEN)


def _number_in(sentence: str) -> int:
    found = re.search(r"\d+", sentence)
    assert found
    return int(found.group())


def _has_state(person: Person, text: str) -> bool:
    row = person.log.get_by_role("listitem").filter(has=person.page.get_by_text(text, exact=True))
    return row.locator(".state").count() == 1


def _numbers(where: Locator | Page, reader: Person) -> set[str]:
    marks = where.locator(".num.badge")
    expect(marks.first).to_be_visible(timeout=LONG)
    expect(marks).to_have_count(2)
    spoken = marks.locator(".sr").all_text_contents()
    seen = {text.split()[-1] for text in spoken}
    assert {reader.words.say("seal.number", n=number) for number in seen} == set(spoken)
    return seen
