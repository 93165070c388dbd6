"""The line is gone for five seconds, a minute, five minutes: what a page says, and when it is back.

Real browsers, all cut off in one moment, while ada says something every second. Some are told that
their line is gone, some are not; of those a few have just said something.
"""

import os
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product

from playwright.sync_api import BrowserContext, Error, ProxySettings, sync_playwright
from sqlmodel import col, select

from bench.program import Program, running_program
from bench.rows import Row
from tests.support.chromium import system_chromium
from tests.support.line import Line
from tests.support.person import Person
from treno_chat.domain.people import Gender
from treno_chat.locales import words_in
from treno_chat.stores.tables import Message

LENGTHS = (5, 60, 300)
TOLD, SWALLOWED, SENDING = "reset", "swallowed", "swallowed while sending"
# Until a page says that its line is gone; who has nothing to send may hear of it later.
NOTICED = {TOLD: 16, SWALLOWED: 16, SENDING: 6}
CAUGHT_UP = 5
# So many of the newest words are compared at the end.
COMPARED = 20
LAST = "Fine"
PATIENCE = 60


@dataclass(kw_only=True, slots=True)
class _Cut:
    """Somebody whose line is gone for a while."""

    person: Person
    way: str
    seconds: int
    noticed: float | None = None
    mended_at: float | None = None
    newest: str = ""  # when the line came back
    caught_up: float | None = None

    def begin(self) -> None:
        if self.way == TOLD:
            self.person.loses_the_line()
        else:
            self.person.goes_into_a_tunnel()
        if self.way == SENDING:
            self.person.says(_words_of(self.person))

    def look(self, passed: float, newest: str) -> None:
        """Note what can be seen by now."""
        if self.mended_at is None:
            if self.noticed is None and self._says_so():
                self.noticed = passed
            if passed >= self.seconds:
                self.person.is_back_on_the_line()
                self.mended_at, self.newest = passed, newest
        elif self.caught_up is None and self.person.message(self.newest).count():
            self.caught_up = passed - self.mended_at

    def _says_so(self) -> bool:
        said = self.person.words.say("link.retrying")
        return self.person.page.get_by_text(said).first.is_visible()


def run() -> Iterable[Row]:
    """Cut everybody off at once, and mend their lines one length after the other."""
    try:
        with running_program() as program, _company(program) as meet:
            ada = meet("Ada")
            cuts = [
                _Cut(person=meet(f"Bruno {number}"), way=way, seconds=seconds)
                for number, (seconds, way) in enumerate(product(LENGTHS, NOTICED))
            ]
            _pass_through(ada, cuts)
            words = [_words_of(cut.person) for cut in cuts if cut.way == SENDING]
            stored = _stored(program, words)
            strange = _strange(ada, cuts)
    except Error as error:
        # No browser is no reason to lose what the others measured.
        yield Row(what="cuts of the line", measured=error.message.splitlines()[0])
        return
    for cut in cuts:
        yield from _rows(cut)
    lost, doubled = len(set(words) - set(stored)), len(stored) - len(set(stored))
    yield Row(what="said without a line and not stored", measured=str(lost), budget="0")
    yield Row(what="said without a line and stored twice", measured=str(doubled), budget="0")
    yield Row(
        what="pages that lost, doubled or mixed up anything", measured=str(strange), budget="0"
    )


def _pass_through(ada: Person, cuts: list[_Cut]) -> None:
    ada.says("0")
    for cut in cuts:
        cut.person.sees("0")
    for cut in cuts:
        cut.begin()
    started, said = time.monotonic(), 0
    while any(cut.caught_up is None for cut in cuts):
        passed = time.monotonic() - started
        if passed > max(LENGTHS) + PATIENCE:
            return
        if passed > said:
            said += 1
            ada.says(str(said))
        for cut in cuts:
            cut.look(time.monotonic() - started, str(said))


def _strange(ada: Person, cuts: list[_Cut]) -> int:
    """Return how many pages show something else than ada's, or anything twice."""
    ada.says(LAST)
    for cut in cuts:
        cut.person.sees(LAST)
    hers = ada.conversation()[-COMPARED:]
    theirs = [cut.person.conversation() for cut in cuts]
    return sum(each[-COMPARED:] != hers or len(set(each)) < len(each) for each in theirs)


def _stored(program: Program, words: list[str]) -> list[str]:
    """Return which of these words are stored, as often as they are; wait for the last for a while.

    Pages themselves let go of what was said so long ago.
    """
    wanted = select(Message.body).where(col(Message.body).in_(words))
    began = time.monotonic()
    while True:
        with program.world.transactions.reading() as tx:
            stored = [body for body in tx.db.exec(wanted) if body is not None]
        if set(stored) == set(words) or time.monotonic() - began > PATIENCE:
            return stored
        time.sleep(0.1)


def _words_of(person: Person) -> str:
    return f"Si sente? Qui {person.alias}"


def _rows(cut: _Cut) -> Iterable[Row]:
    what = f"line {cut.way} for {cut.seconds} s"
    # A short one is over before anybody has to be told.
    is_short = cut.seconds < NOTICED[cut.way]
    for until, measured, budget in (
        ("the page says so", cut.noticed, "–" if is_short else f"≤ {NOTICED[cut.way]}"),
        ("all is there again", cut.caught_up, f"≤ {CAUGHT_UP}"),
    ):
        told = "never" if measured is None else f"{measured:.1f}"
        yield Row(what=f"{what}, until {until}", measured=told, budget=budget, unit="s")


@contextmanager
def _company(program: Program) -> Generator[Callable[[str], Person]]:
    """Whatever brings somebody into the room, with a browser and a line of their own."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    there: list[Person] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system_chromium(), args=arguments)

        def open_browser(line: Line, _cookies: list[object]) -> BrowserContext:
            proxy: ProxySettings = {"server": line.address, "bypass": "<-loopback>"}
            return chromium.new_context(base_url=program.origin, locale="it-IT", proxy=proxy)

        def meet(alias: str) -> Person:
            person = Person(
                alias=alias,
                gender=Gender.OTHER,
                words=words_in("it"),
                open_browser=open_browser,
                line=Line(port=program.port),
            )
            there.append(person)
            person.enters()
            return person

        yield meet
        for person in there:
            person.goes_home()
        chromium.close()
