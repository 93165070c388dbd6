"""The account page as its owner uses it, in the words of the screen."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.support.authenticator_cdp import BrowserAuthenticator
from tests.support.person import Person
from tests.support.screen import LONG


@dataclass(frozen=True, kw_only=True)
class AccountPage:
    """One person, at what is theirs."""

    person: Person

    def opens(self) -> None:
        """Come to the page by its address, and wait until it says whose it is."""
        self.person.opens("/account")
        self.is_there()

    def is_there(self) -> None:
        """Be at the page."""
        expect(self.person.page.get_by_text(self.person.alias).first).to_be_visible(timeout=LONG)

    def row(self, text: str) -> Locator:
        """The row that says something."""
        return self.person.page.get_by_role("listitem").filter(has_text=text)

    def says(self, text: str) -> None:
        """Find words in a row."""
        expect(self.row(text).first).to_be_visible(timeout=LONG)

    def says_no_more(self, text: str) -> None:
        """See a row go away."""
        expect(self.row(text)).to_have_count(0, timeout=LONG)

    def asks(self, key: str) -> Locator:
        """Open a sheet by its button, and return the sheet."""
        self.person.presses(key)
        return self.sheet

    @property
    def sheet(self) -> Locator:
        """What is open in front of everything."""
        return self.person.page.get_by_role("dialog")

    def confirms(self, key: str, **values: str) -> None:
        """Press a button of the sheet."""
        name = self.person.words.say(key, **values)
        self.sheet.get_by_role("button", name=name, exact=True).click()

    def is_done(self) -> None:
        """See the sheet go."""
        expect(self.sheet).to_have_count(0, timeout=LONG)

    def adds_a_passkey(self, device: BrowserAuthenticator, name: str) -> None:
        """Add one, with a finger on another device."""
        self.asks("account.add_passkey")
        self.person.field("passkey.name").fill(name)
        device.touch()
        self.confirms("create.submit")
        self.is_done()
        device.let_go()

    def looks_at(self, passkey: str) -> None:
        """Open what can be done with a passkey."""
        self.person.presses("passkey.actions", name=passkey)

    def makes_codes(self) -> list[str]:
        """Make recovery codes, and write them down."""
        self.asks("account.codes_make")
        self.confirms("account.codes_make")
        shown = self.sheet.locator(".codes li")
        expect(shown).to_have_count(10, timeout=LONG)
        codes = shown.all_inner_texts()
        self.confirms("account.codes_done")
        self.is_done()
        return codes

    def erases_everything(self) -> None:
        """Ask for it, and confirm."""
        self.asks("account.erase")
        self.confirms("account.erase")
        self.person.hears("erase.counting")
