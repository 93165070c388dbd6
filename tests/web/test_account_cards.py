"""What is shown of providers and of notices: all of them, and what cannot go."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from treno_chat.domain.account.accounts import (
    AccountView,
    Held,
    NoticesView,
    PasskeyView,
    PendingRecovery,
    Profile,
)
from treno_chat.domain.door.notices import Notice, NoticeKind
from treno_chat.domain.other_ways.providers import Provider
from treno_chat.domain.people import Gender, User
from treno_chat.domain.seals import seal_of
from treno_chat.web.account_cards import ProviderCard, notice_cards, provider_cards

NOW = datetime(2026, 11, 21, tzinfo=UTC)
RAIL = Provider(name="rail", label="Rail ID", issuer="https://rail.example", client_id="treno")
SHIP = Provider(name="ship", label="Ship ID", issuer="https://ship.example", client_id="treno")
PASSKEY = PasskeyView(
    id="1", name="", credential_id="a", created_at=NOW, used_at=None, is_synced=True
)


@pytest.fixture
def ada() -> AccountView:
    """Ada, whom the railway lets in, and nobody else."""
    user = User(id="1", alias="Ada", gender=Gender.FEMALE, is_anonymous=False)
    return AccountView(
        user=user,
        seal=seal_of(user.id),
        place=None,
        profile=Profile(
            status_line="",
            language=None,
            theme=None,
            phone_uses=0,
            created_at=NOW,
            registered_at=NOW,
            erasure_due_at=None,
        ),
        phone=None,
        codes_left=0,
        passkeys=(),
        sessions=(),
        held=Held(messages=0, until=None),
        issuers=(RAIL.issuer,),
    )


def test_every_provider_is_shown_connected_or_not(ada: AccountView) -> None:
    assert provider_cards(ada, (RAIL, SHIP)) == [
        ProviderCard(name="rail", label="Rail ID", is_linked=True, is_last=True),
        ProviderCard(name="ship", label="Ship ID", is_linked=False, is_last=False),
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"passkeys": (PASSKEY,)},
        {"email": "a•••@example.org", "is_email_confirmed": True},
        {"issuers": (RAIL.issuer, SHIP.issuer)},
    ],
)
def test_what_is_not_the_last_way_in_may_go(ada: AccountView, more: dict[str, object]) -> None:
    card, _ = provider_cards(replace(ada, **more), (RAIL, SHIP))  # pyright: ignore[reportArgumentType]

    assert (card.is_linked, card.is_last) == (True, False)


def test_a_provider_that_is_gone_is_no_way_in(ada: AccountView) -> None:
    (card,) = provider_cards(replace(ada, issuers=(RAIL.issuer, SHIP.issuer)), (RAIL,))

    assert card.is_last


def test_an_address_that_nobody_proved_is_no_way_in(ada: AccountView) -> None:
    (card,) = provider_cards(replace(ada, email="a•••@example.org"), (RAIL,))

    assert card.is_last


def test_where_nobody_vouches_there_is_nothing(ada: AccountView) -> None:
    assert provider_cards(ada, ()) == []


def test_s25_the_warning_of_a_recovery_stands_whatever_was_put_away() -> None:
    recovery = PendingRecovery(id="1", asked_at=NOW, effective_at=NOW + timedelta(hours=24))

    (warning,) = notice_cards(NoticesView(notices=(), recovery=recovery))

    assert (warning.kind, warning.can_be_called_off) == ("recovery_pending", True)
    assert warning.at == int(recovery.effective_at.timestamp() * 1000)


def test_there_is_one_warning_and_it_comes_first() -> None:
    kinds = (NoticeKind.PASSKEY_ADDED, NoticeKind.RECOVERY_PENDING, NoticeKind.RECOVERY_PENDING)
    told = tuple(
        Notice(id=str(n), kind=kind, subject="", made_at=NOW) for n, kind in enumerate(kinds)
    )
    recovery = PendingRecovery(id="1", asked_at=NOW, effective_at=NOW)

    cards = notice_cards(NoticesView(notices=told, recovery=recovery))
    assert [card.kind for card in cards] == ["recovery_pending", "passkey_added"]

    over = notice_cards(NoticesView(notices=told[:2], recovery=None))
    assert [card.kind for card in over] == ["passkey_added", "recovery_lapsed"]
    assert not any(card.can_be_called_off for card in over)
