"""A token speaks in a live session, and only there."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.tokens.bearing import token_of, why_not
from tests.conftest import StoppedClock
from tests.support.forger import Forger
from treno_chat.actions.door.sessions import log_out
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.tokens.access_tokens import read_token
from treno_chat.actions.tokens.signing_keys import current_key, private_half
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.tokens.signing_keys import (
    KeyPair,
)
from treno_chat.stores import tables


def test_a_token_speaks_in_its_session(transactions: Transactions, ada: Principal) -> None:
    assert read_token(transactions, token_of(transactions, ada)) == ada


def test_s30_nobody_speaks_once_the_session_is_over_or_the_person_shut_out(
    transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    token, brunos = token_of(transactions, ada), token_of(transactions, bruno)
    with transactions.writing() as tx:
        log_out(tx, ada)
        disable_person(tx, bruno.user.id)

    assert why_not(transactions, token) == "the session is over"
    assert why_not(transactions, brunos) == "the session is over"


def test_a_token_keeps_its_session_alive_as_a_cookie_does(
    transactions: Transactions, ada: Principal, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(hours=11, minutes=58))
    token = token_of(transactions, ada)
    read_token(transactions, token)

    clock.pass_(timedelta(minutes=5))
    assert read_token(transactions, token).user == ada.user


def test_s28_nobody_speaks_once_the_session_has_run_out(
    transactions: Transactions, ada: Principal, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(hours=11, minutes=58))
    token = token_of(transactions, ada)

    clock.pass_(timedelta(minutes=2))
    assert why_not(transactions, token) == "the session is over"


def test_a_token_is_not_minted_for_a_session_that_is_over(
    transactions: Transactions, ada: Principal
) -> None:
    with transactions.writing() as tx:
        log_out(tx, ada)

    with pytest.raises(NotSignedIn, match="not_signed_in"):
        token_of(transactions, ada)


def test_a_session_that_is_somebody_elses_is_not_spoken_in(
    transactions: Transactions, ada: Principal, bruno: Principal, clock: StoppedClock
) -> None:
    with transactions.writing() as tx:
        key = current_key(tx)
        pem = private_half(tx, key) or ""
        policy = tx.policy.tokens
    ours = KeyPair(kid=key.kid, algorithm=key.algorithm, public_jwk=key.public_jwk, private_pem=pem)
    mixed = Forger(ours).write(
        iss=policy.issuer, aud=policy.audience, sub=bruno.user.id, sid=ada.session.id
    )

    assert why_not(transactions, mixed) == "the session is somebody else's"


def test_a_minted_token_is_in_the_audit_and_itself_is_not(
    transactions: Transactions, ada: Principal
) -> None:
    token = token_of(transactions, ada)

    with transactions.reading() as tx:
        rows = tx.db.exec(select(tables.AuthEvent)).all()
    minted = [row for row in rows if row.kind == "token_minted"]
    assert [(row.user_id, row.session_id) for row in minted] == [(ada.user.id, ada.session.id)]
    assert token not in repr(rows)
