"""What the routes work with: handed in when the program is composed, kept on the application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, cast

from anyio import CapacityLimiter
from fastapi import Depends, Request

from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.door.doors import Door
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions
from treno_chat.api.cookies import LANGUAGE
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.other_ways.providers import Provider, Voucher
from treno_chat.domain.people import PeopleHere
from treno_chat.domain.tokens.access_tokens import TrustedIssuer
from treno_chat.domain.words import LANGUAGES, Language, Words, choose_language

Catalogues = Mapping[Language, Words]

# Threads that may hash passwords; everything else has threads of its own.
HASHES_AT_ONCE = 2
# Threads that may wait for a provider.
ASKED_AT_ONCE = 4
# Threads that answer people: most of them wait for a model, if there is one.
ANSWERED_AT_ONCE = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class HttpHouse:
    """The program below the routes."""

    transactions: Transactions
    words: Catalogues
    limits: Limits
    origins: tuple[str, ...]
    default_place: str
    proxy_hops: int
    count_here: Callable[[Door], int]
    is_ready: Callable[[], bool]
    people_here: Callable[[PlaceId], PeopleHere]
    assistant: Assistant
    has_outbox: bool = False
    has_docs: bool = False
    has_passwords: bool = False
    providers: Mapping[str, Provider] = field(default_factory=dict[str, Provider])
    voucher: Voucher | None = None
    hashing: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(HASHES_AT_ONCE))
    vouching: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(ASKED_AT_ONCE))
    answering: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(ANSWERED_AT_ONCE))
    trusted: TrustedIssuer | None = None

    @property
    def vouching_issuers(self) -> tuple[str, ...]:
        """Return who lets people in besides ourselves, as providers call themselves."""
        return tuple(each.issuer for each in self.providers.values())

    @property
    def has_other_ways(self) -> bool:
        """Say whether one can come in as oneself without a passkey."""
        return self.has_passwords or bool(self.providers)


def house_of(request: Request) -> HttpHouse:
    """Return the house of the application that was asked."""
    return cast("HttpHouse", request.app.state.house)


def choose_for(request: Request) -> Language:
    """Return the person's language: chosen before, or wished for by the browser."""
    return choose_language(request.cookies.get(LANGUAGE), request.headers.get("accept-language"))


def words_for(request: Request) -> Words:
    """Return the words of the person's language."""
    return house_of(request).words[choose_for(request)]


def language_named(text: str) -> Language | None:
    """Return the language of ours that a text names."""
    return next((one for one in LANGUAGES if text == one), None)


# Awaited, because what is not goes through a worker thread: a hop for each, and a place in their
# queue, only to read what lies here already.
async def _house(request: Request) -> HttpHouse:
    return house_of(request)


async def _words(request: Request) -> Words:
    return words_for(request)


House = Annotated[HttpHouse, Depends(_house)]
Spoken = Annotated[Words, Depends(_words)]
