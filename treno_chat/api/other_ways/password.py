"""Passwords over HTTP: signing up, coming back, a forgotten one, and one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from treno_chat.actions.door.doors import Door
from treno_chat.actions.other_ways.mail_links import ask_for_reset, confirm_address, reset_password
from treno_chat.actions.other_ways.password_entry import fingerprint_of, log_in, register
from treno_chat.api.answers import Json, led_to
from treno_chat.api.caller import ClientDevice, OptionalCaller, Visitor
from treno_chat.api.door.entry import let_in, look_through
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, HttpHouse, Spoken, language_named
from treno_chat.api.other_ways.password_forms import (
    ConfirmAsked,
    ForgotAsked,
    LogInAsked,
    ResetAsked,
    SignUpAsked,
    Somewhere,
)
from treno_chat.domain.door.sessions import Entered, hash_token
from treno_chat.domain.other_ways.emails import parse_email
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.words import Words

T = TypeVar("T")


async def require_passwords(house: House) -> None:
    """Let nobody in where there are no passwords."""
    if not house.has_passwords:
        raise NotFound("not_found")


ON = [Depends(require_passwords), Depends(require_json)]
router = APIRouter(prefix="/auth/password", dependencies=ON)


@dataclass(frozen=True, kw_only=True, slots=True)
class AtTheDoor:
    """Somebody who wants in: from where, as whom so far, and what their tries are counted by."""

    house: House
    spoken: Spoken
    device: ClientDevice
    visitor: Visitor
    current: OptionalCaller

    def count(self) -> None:
        """Count an attempt to prove who one is."""
        self.house.limits.check_sign_in(visitor=self.visitor, address=self.device.address)

    def words(self, language: str) -> Words:
        """Return the words of the page that asks."""
        return self.house.words[language_named(language) or self.spoken.language]

    def door(self, place: str) -> Door:
        """Return the door that was named, or the one that `/` leads to."""
        return look_through(self.house, place)

    def sign_up(self, asked: SignUpAsked) -> Entered:
        """Make an account."""
        self.count()
        return register(
            self.house.transactions,
            email=asked.email,
            password=asked.password,
            alias=asked.alias,
            gender=asked.gender,
            place_slug=self.door(asked.place).place.slug,
            device=self.device,
            words=self.words(asked.language),
            current=self.current,
            count_mail=self.house.limits.check_mail,
        )

    def log_in(self, asked: LogInAsked) -> Entered:
        """Take an address and a password, not too often for either the browser or the address."""
        self.count()
        claimed = self._looked_up_by(asked.email)
        with self.house.limits.counting_failures(self.visitor, claimed):
            return log_in(
                self.house.transactions,
                email=asked.email,
                password=asked.password,
                place_slug=self.door(asked.place).place.slug,
                device=self.device,
                current=self.current,
            )

    def forget(self, asked: ForgotAsked) -> None:
        """Send a link, if the address is anybody's."""
        self.house.limits.check_ceremony(visitor=self.visitor, address=self.device.address)
        self.house.limits.check_mail(self._looked_up_by(asked.email))
        with self.house.transactions.writing() as tx:
            ask_for_reset(tx, email=asked.email, words=self.words(asked.language))

    def reset(self, asked: ResetAsked) -> None:
        """Take a link and another password."""
        self.count()
        reset_password(
            self.house.transactions,
            token=asked.token,
            password=asked.password,
            address=self.device.address,
        )

    def confirm(self, asked: ConfirmAsked) -> Entered:
        """Take a link and the password."""
        self.count()
        with self.house.limits.counting_failures(self.visitor, hash_token(asked.token)):
            return confirm_address(
                self.house.transactions,
                token=asked.token,
                password=asked.password,
                place_slug=self.door(asked.place).place.slug,
                device=self.device,
                current=self.current,
            )

    def _looked_up_by(self, email: str) -> str:
        return fingerprint_of(self.house.transactions.vault, parse_email(email))


Comer = Annotated[AtTheDoor, Depends()]


async def hashing(house: HttpHouse, work: Callable[[], T]) -> T:
    """Do what hashes in one of the few threads for it: whoever waits for one holds up nobody."""
    return await to_thread.run_sync(work, limiter=house.hashing)


@router.post("/sign-up")
async def make_account(request: Request, asked: SignUpAsked, comer: Comer) -> Response:
    """Make an account with an address and a password, for somebody new or for the guest."""
    return await hashing(comer.house, lambda: _let_in(request, comer, comer.sign_up(asked), asked))


@router.post("/login")
async def come_back(request: Request, asked: LogInAsked, comer: Comer) -> Response:
    """Sign the owner of an address in."""
    return await hashing(comer.house, lambda: _let_in(request, comer, comer.log_in(asked), asked))


@router.post("/forgot")
def forget(asked: ForgotAsked, comer: Comer) -> Response:
    """Send a link by mail; whether the address is anybody's cannot be told from the answer."""
    comer.forget(asked)
    return Json({})


@router.post("/reset")
async def reset(request: Request, asked: ResetAsked, comer: Comer) -> Response:
    """Take another password; all sessions end, and one signs in with it."""
    await hashing(comer.house, lambda: comer.reset(asked))
    return led_to(request, f"/{comer.words(asked.language).language}/login")


@router.post("/confirm")
async def confirm(request: Request, asked: ConfirmAsked, comer: Comer) -> Response:
    """Take an address for proven."""
    return await hashing(comer.house, lambda: _let_in(request, comer, comer.confirm(asked), asked))


def _let_in(request: Request, comer: AtTheDoor, entered: Entered, asked: Somewhere) -> Response:
    door = comer.door(asked.place)
    return let_in(request, comer.house, entered, wish=asked.next, door=door)
