"""Routes with one provider, and the provider."""

from collections.abc import Generator

import pytest
from fastapi import FastAPI

from tests.conftest import StoppedClock
from tests.support.assistant import assistant_at
from tests.support.browser import ORIGIN
from tests.support.provider_oidc import CLIENT, CLIENT_SECRET, OidcProvider, vouching
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions, utc_now
from treno_chat.api.app import create_api
from treno_chat.domain.other_ways.providers import Provider
from treno_chat.domain.places import Place
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in
from treno_chat.outbound.oidc import Providers


@pytest.fixture
def clock() -> StoppedClock:
    """The time, which is that of the provider too."""
    return StoppedClock(now=utc_now())


@pytest.fixture
def rail() -> Generator[OidcProvider]:
    """Somebody who vouches for people."""
    with vouching() as provider:
        yield provider


@pytest.fixture
def api(transactions: Transactions, place: Place, rail: OidcProvider) -> FastAPI:
    """The routes, with one provider."""
    known = Provider(
        name="rail",
        label="Rail ID",
        issuer=rail.issuer,
        client_id=CLIENT,
        client_secret=CLIENT_SECRET,
    )
    return create_api(
        transactions,
        assistant=assistant_at(transactions),
        words={language: words_in(language) for language in LANGUAGES},
        limits=Limits(entries_per_minute=1000),
        origins=(ORIGIN,),
        default_place=place.slug,
        count_here=lambda _door: 3,
        is_ready=lambda: True,
        providers=[known],
        voucher=Providers(),
    )
