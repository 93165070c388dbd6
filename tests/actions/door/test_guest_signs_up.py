"""A guest signs up: the same person from then on, whatever happens meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.signing_up import SLUG, begin, finish, people, sign_up
from tests.conftest import Heard
from tests.support.authenticator import Authenticator, Json
from tests.support.races import at_once
from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import authenticate, continue_session, log_out, look_up
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Device, Principal, hash_token
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.people import Gender
from treno_chat.domain.refusals import (
    Conflict,
    Forbidden,
    NotSignedIn,
)
from treno_chat.domain.talk.events import SessionUpgraded
from treno_chat.stores import tables


def answered(transactions: Transactions, current: Principal) -> tuple[Begun, Json]:
    with transactions.writing() as tx:
        begun = begin(tx, alias=current.user.alias, current=current)
    return begun, Authenticator().create(begun.options)


def remember(tx: Transaction, person: Principal) -> None:
    """Let somebody have a room and a message in it."""
    room_id = new_id()
    room = tables.Room(
        id=room_id,
        place_id=str(person.place_id),
        slug="room",
        name="Room",
        kind="general",
        position=1,
    )
    tx.db.add(room)
    tx.db.flush()
    tx.db.add(tables.Membership(user_id=person.user.id, room_id=room_id, joined_at=tx.now))
    message = tables.Message(
        id=new_id(),
        room_id=room_id,
        seq=1,
        rev=1,
        client_id="one",
        kind="words",
        author_id=person.user.id,
        visit_id=person.visit_id,
        body="Ciao!",
        sent_at=tx.now,
        expires_at=tx.now + timedelta(hours=48),
    )
    tx.db.add(message)


def test_contract_1_a_guest_who_signs_up_is_the_same_person(
    transactions: Transactions, heard: Heard, ada: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        remember(tx, ada)
    entered = sign_up(transactions, key, alias="Ada", current=ada)

    principal = entered.principal
    assert principal.user == replace(ada.user, gender=Gender.OTHER, is_anonymous=False)
    assert principal.session.id == ada.session.id
    assert principal.visit_id == ada.visit_id
    assert heard.events == [SessionUpgraded(session_id=ada.session.id)]
    with transactions.reading() as tx:
        visit = tx.db.get(tables.Visit, ada.visit_id)
        assert visit is not None
        assert (visit.ends_at, visit.left_at) == (None, None)
        assert principal.session.ends_at == tx.now + timedelta(days=30)
        assert tx.db.exec(select(tables.Message.author_id)).all() == [ada.user.id]
        assert tx.db.exec(select(tables.Membership.user_id)).all() == [ada.user.id]


def test_contract_2_and_6_the_guests_token_is_dead(
    transactions: Transactions, device: Device, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        before = enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="female", device=device, current=None
        )
    after = sign_up(transactions, key, current=before.principal)

    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(after.session_token)) == after.principal
        with pytest.raises(NotSignedIn):
            authenticate(tx, hash_token(before.session_token))


def test_contract_5_a_double_click_makes_one_account(
    transactions: Transactions, ada: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx, alias="Ada", current=ada)
    answer = key.create(begun.options)

    outcomes = at_once(
        lambda: finish(transactions, begun, answer, current=ada),
        lambda: finish(transactions, begun, answer, current=ada),
    )

    assert sorted(outcomes) == ["in", "passkey_expired"]
    assert people(transactions) == {"Ada": False}


def test_contract_5_and_s49_two_tabs_make_one_account(
    transactions: Transactions, ada: Principal
) -> None:
    first, second = answered(transactions, ada), answered(transactions, ada)

    outcomes = at_once(
        lambda: finish(transactions, *first, current=ada),
        lambda: finish(transactions, *second, current=ada),
    )

    assert sorted(outcomes) == ["already_registered", "in"]
    assert people(transactions) == {"Ada": False}
    with transactions.reading() as tx:
        assert len(tx.db.exec(select(tables.Passkey)).all()) == 1


def test_contract_5_the_second_tab_is_told_when_it_comes_later(
    transactions: Transactions, ada: Principal
) -> None:
    first, second = answered(transactions, ada), answered(transactions, ada)
    registered = finish(transactions, *first, current=ada).principal

    with pytest.raises(Conflict, match="already_registered"):
        finish(transactions, *second, current=registered)
    with transactions.writing() as tx, pytest.raises(Conflict, match="already_registered"):
        begin(tx, alias="Ada", current=registered)


def test_contract_7_an_alias_that_is_laid_down_rests(
    transactions: Transactions, device: Device, ada: Principal, key: Authenticator
) -> None:
    entered = sign_up(transactions, key, alias="Dora", current=ada)

    assert entered.principal.user.alias == "Dora"
    for alias in ("Ada", "Dora"):
        with transactions.writing() as tx, pytest.raises(Conflict, match="alias_taken"):
            enter_as_guest(
                tx, place_slug=SLUG, alias=alias, gender="male", device=device, current=None
            )


def test_an_alias_that_was_never_worn_here_does_not_rest(
    transactions: Transactions, device: Device, ada: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        visit = tx.db.get(tables.Visit, ada.visit_id)
        assert visit is not None
        visit.left_at = tx.now
    sign_up(transactions, key, alias="Dora", current=ada)

    with transactions.writing() as tx:
        assert enter_as_guest(
            tx, place_slug=SLUG, alias="Ada", gender="male", device=device, current=None
        )


def test_contract_8_a_failure_midway_leaves_the_guest_as_they_were(
    transactions: Transactions, heard: Heard, ada: Principal, key: Authenticator
) -> None:
    sign_up(transactions, key, alias="Dora")
    heard.events.clear()

    with pytest.raises(Forbidden):  # the credential is Dora's: refused in the last unit
        sign_up(transactions, key, alias="Elio", current=ada)

    assert heard.events == []
    with transactions.writing() as tx:
        assert look_up(tx, ada.session.id) == ada
        assert continue_session(tx, ada, place_slug=SLUG).principal == ada


def test_a_guest_whose_session_ended_meanwhile_makes_no_account(
    transactions: Transactions, ada: Principal
) -> None:
    begun, answer = answered(transactions, ada)
    with transactions.writing() as tx:
        log_out(tx, ada)

    with pytest.raises(NotSignedIn):
        finish(transactions, begun, answer, current=ada)
    assert people(transactions) == {"Ada": True}


@pytest.mark.parametrize("is_guest", [True, False])
def test_an_alias_taken_during_the_ceremony_does_not_cost_the_account(
    transactions: Transactions,
    device: Device,
    ada: Principal,
    key: Authenticator,
    *,
    is_guest: bool,
) -> None:
    current = ada if is_guest else None
    with transactions.writing() as tx:
        begun = begin(tx, alias="Dora", current=current)
    with transactions.writing() as tx:
        enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="male", device=device, current=None
        )

    entered = finish(transactions, begun, key.create(begun.options), current=current)

    assert entered.principal.user.alias == "Dora"
    assert entered.principal.place_id == ada.place_id
