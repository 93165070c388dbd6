"""A person with a browser: what they do and see, in the words of the screen."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, WebSocket, expect

from tests.support.authenticator_cdp import BrowserAuthenticator
from tests.support.line import Line
from tests.support.screen import LONG, ROOM, Screen
from tests.support.watched import watch
from treno_chat.domain.people import Gender
from treno_chat.domain.words import Words

OpenBrowser = Callable[[Line, list[object]], BrowserContext]


@dataclass(kw_only=True)
class Person(Screen):
    """One person, their browser, and their line to the server."""

    alias: str
    gender: Gender
    words: Words
    open_browser: OpenBrowser
    line: Line = field(default_factory=Line)
    kept: list[object] = field(default_factory=list[object])
    faults: list[str] = field(default_factory=list[str])
    lines: list[WebSocket] = field(default_factory=list[WebSocket])

    def __post_init__(self) -> None:
        """Open the browser."""
        self.browser = self.open_browser(self.line, self.kept)
        self.page = self._new_page()

    # Going places

    def opens(self, path: str = "/") -> None:
        """Open an address of ours."""
        self.page.goto(path)

    def opens_another_tab(self, path: str = ROOM) -> "Person":
        """Return the same person at a second tab of the same browser."""
        twin = Person.__new__(Person)
        twin.__dict__.update(self.__dict__)
        twin.page = self._new_page()
        twin.opens(path)
        return twin

    def reloads(self) -> None:
        """Load the page anew."""
        self.page.reload()

    def closes_the_browser(self) -> None:
        """Quit; what a browser keeps over a restart is kept, session cookies are not."""
        state = self.browser.storage_state()
        cookies = state.get("cookies", [])
        self.kept[:] = [cookie for cookie in cookies if cookie.get("expires", -1) != -1]
        self.browser.close()

    def starts_the_browser(self, path: str = "/") -> None:
        """Start it again, with what was kept."""
        self.browser = self.open_browser(self.line, self.kept)
        self.page = self._new_page()
        self.opens(path)

    # Coming in

    def enters(self) -> None:
        """Come in as a guest, by the door without scripts: it is the quickest."""
        self.opens("/door")
        self.fills_in_the_ticket()
        self.is_in_the_room()

    def fills_in_the_ticket(self) -> None:
        """Give alias and gender at the door, and press the button."""
        self.field("entry.alias").fill(self.alias)
        self.chooses_gender()
        self.presses("entry.enter")

    def chooses_gender(self) -> None:
        """Choose the radio as a thumb does: by its word."""
        self.page.get_by_role("radio", name=self._say(f"gender.{self.gender}")).check()

    def signs_up(self, authenticator: BrowserAuthenticator, *, phone: str) -> None:
        """Make an account with a passkey."""
        self.opens(f"/{self.words.language}/account")
        if self.field("create.alias").input_value() == "":
            self.field("create.alias").fill(self.alias)
            self.chooses_gender()
        self.field("create.phone").fill(phone)
        authenticator.touch()
        self.presses("create.submit")
        self.is_in_the_room()
        authenticator.let_go()

    def logs_out(self) -> None:
        """Leave by the button."""
        self.presses("account.title")
        self.presses("account.sign_out")

    def gets_an_authenticator(self) -> BrowserAuthenticator:
        """Give the device at hand a way to keep passkeys."""
        return BrowserAuthenticator(self.page)

    # Talking

    def writes(self, text: str) -> None:
        """Put words into the composer, without sending them."""
        self.composer.fill(text)

    def says(self, text: str) -> None:
        """Write and send."""
        self.writes(text)
        self.presses("room.send")

    def gets_across(self, text: str) -> None:
        """Say it, and see that the server has it: what comes next may end the page."""
        self.says(text)
        expect(self.log.locator(".msg.sent").filter(has_text=text)).to_have_count(1, timeout=LONG)

    def retries(self) -> None:
        """Press the retry of the only bubble that has one."""
        self.presses("message.retry")

    def discards(self, text: str) -> None:
        """Take back what is not sent yet."""
        bubble = self.log.get_by_role("listitem").filter(
            has=self.page.get_by_text(text, exact=True)
        )
        bubble.get_by_role("button", name=self._say("message.discard")).click()

    def starts_to_change(self, text: str) -> None:
        """Take one's own words back into the field."""
        bubble = self.log.get_by_role("listitem").filter(
            has=self.page.get_by_text(text, exact=True)
        )
        bubble.get_by_role("button", name=self._say("message.actions_mine")).click()
        self.presses("message.edit")
        expect(self.composer).to_have_value(text)

    def changes(self, text: str, to: str) -> None:
        """Say it differently."""
        self.starts_to_change(text)
        self.says(to)

    def takes_back(self, text: str) -> None:
        """Delete one's own words for everybody."""
        bubble = self.log.get_by_role("listitem").filter(
            has=self.page.get_by_text(text, exact=True)
        )
        bubble.get_by_role("button", name=self._say("message.actions_mine")).click()
        self.presses("message.delete")
        expect(self.message(text)).to_have_count(0, timeout=LONG)

    # The line

    def loses_the_line(self) -> None:
        """Have every connection reset, and get no new one."""
        self.line.cut()

    def goes_into_a_tunnel(self) -> None:
        """Have everything swallowed, with no word of it."""
        self.line.swallow()

    def is_back_on_the_line(self) -> None:
        """Get through again."""
        self.line.mend()

    def presses(self, key: str, **values: str | int) -> None:
        """Press the button of a word."""
        self.page.get_by_role("button", name=self._say(key, **values), exact=True).click()

    def goes_home(self) -> None:
        """Close everything; anything that broke on the way is the test's to know."""
        self.browser.close()
        self.line.close()
        assert self.faults == []

    def _new_page(self) -> Page:
        return watch(self.browser.new_page(), faults=self.faults, lines=self.lines)
