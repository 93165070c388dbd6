"""The page of tasks as its owner uses it, in the words of the screen."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.support.person import Person
from tests.support.screen import LONG


@dataclass(frozen=True, kw_only=True)
class TasksPage:
    """One person, at their list."""

    person: Person

    def opens(self) -> None:
        """Come to the page by its address, and wait for the list."""
        self.person.opens("/tasks")
        expect(self.person.field("tasks.new")).to_be_visible(timeout=LONG)

    def writes_down(self, title: str, description: str = "") -> None:
        """Put something on the list."""
        self.person.field("tasks.new").fill(title)
        if description:
            self.person.page.get_by_text(self.person.words.say("tasks.describe")).click()
            self.person.field("tasks.description").fill(description)
        self.person.presses("tasks.add")
        self.lists(title)

    def lists(self, title: str) -> None:
        """See it on the list."""
        expect(self.row(title)).to_have_count(1, timeout=LONG)

    def lists_no_more(self, title: str) -> None:
        """See it go."""
        expect(self.row(title)).to_have_count(0, timeout=LONG)

    def ticks(self, title: str) -> None:
        """Tick it off."""
        self.person.presses("tasks.tick", title=title)
        expect(self.button("tasks.reopen", title)).to_be_visible(timeout=LONG)

    def shows(self, which: str) -> None:
        """Look at all, at what is to do, or at what is done."""
        name = self.person.words.say(f"tasks.{which}")
        chip = self.person.page.get_by_role("button", name=name, exact=True)
        chip.click()
        expect(chip).to_have_attribute("aria-pressed", "true", timeout=LONG)

    def edits(self, title: str, to: str) -> None:
        """Say it differently, where it stands."""
        self.person.presses("tasks.edit", title=title)
        field = self.person.field("tasks.title")
        expect(field).to_be_focused()
        field.fill(to)
        field.press("Enter")

    def row(self, title: str) -> Locator:
        """What stands on the list about it."""
        name = self.person.page.get_by_text(title, exact=True)
        return self.person.page.get_by_role("listitem").filter(has=name)

    def button(self, key: str, title: str) -> Locator:
        """A button of a row."""
        name = self.person.words.say(key, title=title)
        return self.person.page.get_by_role("button", name=name, exact=True)
