"""Shutting somebody out: at once everywhere, and nobody can tell from outside."""

import pytest

from tests.conftest import Heard
from tests.support.accounts import log_in, sign_up, step_up
from tests.support.authenticator import Authenticator, Lie
from treno_chat.actions.door.claims import read_claim
from treno_chat.actions.door.passkeys import begin_login, finish_login
from treno_chat.actions.door.sessions import authenticate, look_up
from treno_chat.actions.operations.disabling import disable_person, enable_person
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered, hash_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Forbidden, NotFound, NotSignedIn
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.stores import tables
from treno_chat.stores.door import users


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Entered:
    """Somebody who has signed up."""
    return sign_up(transactions, key)


def test_s30_sessions_and_sockets_end(
    transactions: Transactions, heard: Heard, dora: Entered, key: Authenticator
) -> None:
    other = log_in(transactions, key)
    heard.events.clear()
    with transactions.writing() as tx:
        disable_person(tx, dora.principal.user.id)

    ended = {dora.principal.session.id, other.principal.session.id}
    assert {e.session_id for e in heard.events if isinstance(e, SessionEnded)} == ended
    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        authenticate(tx, hash_token(dora.session_token))


def test_s30_a_session_is_dead_at_the_next_look_up_even_if_its_row_is_left(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        users.disable(tx.db, dora.principal.user.id, at=tx.now)

    with transactions.reading() as tx:
        assert tx.db.get(tables.LoginSession, dora.principal.session.id) is not None
        with pytest.raises(NotSignedIn):
            look_up(tx, dora.principal.session.id)
        with pytest.raises(NotSignedIn):
            authenticate(tx, hash_token(dora.session_token))
    with pytest.raises(NotSignedIn):
        step_up(transactions, dora.principal, key)


def test_a16_a_right_signature_is_refused_like_a_wrong_one(
    transactions: Transactions, dora: Entered, key: Authenticator, device: Device
) -> None:
    with transactions.writing() as tx:
        disable_person(tx, dora.principal.user.id)

    refusals: list[Forbidden] = []
    for lie in (Lie(), Lie(origin="https://evil.example")):
        with transactions.writing() as tx:
            begun = begin_login(tx)
        with pytest.raises(Forbidden) as refused:
            finish_login(
                transactions,
                handle_token=begun.handle_token,
                claim=read_claim(transactions, key.get(begun.options, lie)),
                place_slug="treno-lucca-aulla",
                device=device,
                current=None,
            )
        refusals.append(refused.value)
    right, wrong = refusals
    assert (right.code, right.params) == (wrong.code, wrong.params) == ("passkey_refused", {})
    assert right.__notes__ == ["A16: the person is disabled"]


def test_whoever_is_let_in_again_comes_in_again(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        disable_person(tx, dora.principal.user.id)
    with transactions.writing() as tx:
        enable_person(tx, dora.principal.user.id)

    assert log_in(transactions, key).principal.user == dora.principal.user


@pytest.mark.parametrize("user_id", ["", "nobody", "\ud800", "\x00"])
def test_nobody_is_not_shut_out(transactions: Transactions, place: PlaceId, user_id: str) -> None:
    with transactions.writing() as tx, pytest.raises(NotFound, match="person_not_found"):
        disable_person(tx, user_id)
