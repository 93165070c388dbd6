"""The screen of a person: what they find on it and read there, in its own words."""

import re

from playwright.sync_api import Locator, Page, expect

from treno_chat.domain.words import Words

PLACE = "/p/treno-lucca-aulla"
ROOM = f"{PLACE}/treno"
PLACE_NAME = "Treno Lucca–Aulla"
IN_A_ROOM = re.compile(rf"{PLACE}/[a-z0-9-]+$")
# A person's patience, not a promise of the server: the benches measure those.
SHORT, LONG = 30_000, 60_000


class Screen:
    """What a page shows to whoever looks at it."""

    words: Words
    page: Page

    def sees(self, text: str) -> None:
        """Find these words once in the conversation, within a person's patience."""
        expect(self.message(text)).to_have_count(1, timeout=LONG)
        expect(self.message(text)).to_be_visible()

    def does_not_see(self, text: str) -> None:
        """Find these words nowhere on the page."""
        expect(self.page.get_by_text(text)).to_have_count(0)

    def hears(self, key: str, **values: str | int) -> None:
        """Find a sentence of ours on the page."""
        expect(self.page.get_by_text(self._say(key, **values)).first).to_be_visible(timeout=LONG)

    def hears_no_more(self, key: str, **values: str | int) -> None:
        """See a sentence of ours go away."""
        expect(self.page.get_by_text(self._say(key, **values))).to_have_count(0, timeout=LONG)

    def does_not_hear(self, key: str, **values: str | int) -> None:
        """Find a sentence of ours nowhere in sight."""
        expect(self.page.get_by_text(self._say(key, **values)).first).to_be_hidden()

    def is_in_the_room(self) -> None:
        """Be where one can talk."""
        expect(self.page).to_have_url(IN_A_ROOM, timeout=SHORT)
        expect(self.composer).to_be_enabled(timeout=SHORT)

    def is_at_the_door(self) -> None:
        """Be asked for an alias."""
        expect(self.field("entry.alias")).to_be_visible(timeout=SHORT)

    def is_out(self) -> None:
        """Be where one can no longer talk: at the door, or told that the visit has ended."""
        expect(self.composer).to_have_count(0, timeout=SHORT)
        expect(self.log).to_have_count(0)

    def sees_here(self, alias: str) -> None:
        """Find somebody among the people present, once."""
        present = self.page.get_by_role("complementary", name=self._say("people.title"))
        expect(present.get_by_text(alias, exact=True)).to_have_count(1, timeout=LONG)

    # Finding

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name=self._say("room.message_for", room=PLACE_NAME))

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    def message(self, text: str) -> Locator:
        """The messages that say exactly this."""
        return self.log.get_by_text(text, exact=True)

    def conversation(self) -> list[str]:
        """Return what was said, from the top, one text a bubble."""
        return self.log.locator(".word").all_inner_texts()

    def sheet(self, key: str) -> Locator:
        """The sheet of a title."""
        return self.page.get_by_role("dialog", name=self._say(key))

    def field(self, key: str) -> Locator:
        """The field of a label."""
        return self.page.get_by_role("textbox", name=self._say(key))

    def _say(self, key: str, **values: str | int) -> str:
        return self.words.say(key, **values)
