"""The page of the assistant as its owner uses it, in the words of the screen."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.support.person import Person
from tests.support.screen import LONG, SHORT
from tests.support.staff import WITHOUT_AUTOFILL

BIKE, BIKE_ANSWER = "Posso portare la bici sul treno?", "bici"
LOST, LOST_ANSWER = "Ho perso l’ombrello, che cosa faccio?", "personale"
IN_A_CONVERSATION = re.compile(r"/assistant/[0-9a-f-]{36}$")


@dataclass(frozen=True, kw_only=True)
class AssistantPage:
    """One person, at their conversations."""

    person: Person

    def opens(self, path: str = "/assistant/new") -> None:
        """Come to the page by its address, and wait until one can ask."""
        self.person.opens(path)
        expect(self.field).to_be_visible(timeout=LONG)

    def asks(self, text: str) -> None:
        """Write a question and send it."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.question(text)).to_be_visible(timeout=SHORT)
        expect(self.field).to_have_value("")

    def is_answered(self, about: str) -> None:
        """Read an answer with these words, and may ask on."""
        expect(self.answers.last).to_contain_text(about, timeout=LONG)
        expect(self.button("ai.send")).to_be_visible(timeout=LONG)

    def is_asked_and_answered(self, text: str, about: str) -> None:
        """Ask, and read the answer."""
        self.asks(text)
        self.is_answered(about)

    def begins(self) -> None:
        """Go to a new conversation."""
        self.person.page.get_by_role("link", name=self._say("ai.ask")).click()
        expect(self.person.page).to_have_url(re.compile("/assistant/new$"))

    def lists(self, *titles: str) -> None:
        """Find exactly these conversations, the one that changed last first."""
        expect(self.titles).to_have_text(list(titles), timeout=LONG)

    def searches(self, words: str) -> None:
        """Look for words in what was asked and answered."""
        self.person.page.get_by_role("searchbox", name=self._say("ai.search")).fill(words)

    @property
    def field(self) -> Locator:
        """Where one asks."""
        return self.person.field("ai.question")

    @property
    def answers(self) -> Locator:
        """What was answered, from the top."""
        return self.person.log.locator("li.answer")

    @property
    def titles(self) -> Locator:
        """What the conversations in the list are called."""
        return self.person.page.locator(".conv .name")

    @property
    def guide(self) -> Locator:
        """The sheet that shows a page."""
        return self.person.page.get_by_role("dialog")

    def question(self, text: str) -> Locator:
        """What was asked in these words."""
        return self.person.log.locator(".word").get_by_text(text, exact=True)

    def conversation(self, title: str) -> Locator:
        """The way into a conversation."""
        return self.person.page.locator("a.conv").filter(has_text=title)

    def button(self, key: str) -> Locator:
        """A button of the page, the last of them."""
        return self.person.page.get_by_role("button", name=self._say(key), exact=True).last

    def _say(self, key: str) -> str:
        return self.person.words.say(key)


def with_account(person: Person, *, phone: str = "+39 347 123 4567") -> AssistantPage:
    """Return the page of somebody who has just made an account."""
    person.page.add_init_script(WITHOUT_AUTOFILL)
    person.signs_up(person.gets_an_authenticator(), phone=phone)
    return AssistantPage(person=person)
