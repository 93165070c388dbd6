"""A person's own sessions: seen, ended one by one, or all but this one."""

from datetime import timedelta

import pytest

from tests.actions.audits import kinds_of
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import SLUG, log_in, sign_up, step_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.account.own_sessions import end_other_sessions, end_own_session
from treno_chat.actions.door.notices import unread
from treno_chat.actions.door.sessions import authenticate, continue_session, look_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.devices import DeviceKind
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Forbidden, NotFound, NotSignedIn
from treno_chat.domain.talk.events import NoticeGiven, SessionEnded
from treno_chat.stores import tables

PHONE = Device(
    address="192.0.2.44",
    user_agent="Mozilla/5.0 (Linux; Android 10; K) Chrome/138.0.0.0 Mobile Safari/537.36",
)


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Principal:
    """Somebody who has signed up, at a computer."""
    return sign_up(transactions, key).principal


@pytest.fixture
def doras_phone(transactions: Transactions, dora: Principal, key: Authenticator) -> Entered:
    """The same person on another device."""
    return log_in(transactions, key, device=PHONE)


def is_live(transactions: Transactions, session_id: str) -> bool:
    with transactions.reading() as tx:
        try:
            look_up(tx, session_id)
        except NotSignedIn:
            return False
    return True


def test_the_list_says_which_device_where_and_when(
    transactions: Transactions, clock: StoppedClock, dora: Principal, doras_phone: Entered
) -> None:
    clock.pass_(timedelta(hours=1))
    with transactions.writing() as tx:
        continue_session(tx, dora, place_slug=SLUG)
    with transactions.reading() as tx:
        this, phone = view_account(tx, dora).sessions

    assert (this.id, this.is_this) == (dora.session.id, True)
    assert this.last_seen_at - phone.last_seen_at == timedelta(hours=1)
    assert (phone.id, phone.is_this) == (doras_phone.principal.session.id, False)
    assert (phone.device.kind, phone.device.browser) == (DeviceKind.PHONE, "Chrome")
    assert {this.place, phone.place} == {"Treno Lucca–Aulla"}


def test_a_session_that_is_over_is_not_listed(
    transactions: Transactions, clock: StoppedClock, dora: Principal, doras_phone: Entered
) -> None:
    with transactions.writing() as tx:
        row = tx.db.get(tables.LoginSession, doras_phone.principal.session.id)
        assert row is not None
        row.idle_ends_at = tx.now

    with transactions.reading() as tx:
        assert [each.id for each in view_account(tx, dora).sessions] == [dora.session.id]


def test_one_session_is_ended_and_its_sockets_are_told(
    transactions: Transactions, heard: Heard, dora: Principal, doras_phone: Entered
) -> None:
    other = doras_phone.principal.session.id
    heard.events.clear()
    with transactions.writing() as tx:
        end_own_session(tx, dora, other)

    assert heard.events == [SessionEnded(session_id=other)]
    assert is_live(transactions, dora.session.id)
    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        authenticate(tx, hash_token(doras_phone.session_token))
    assert "session_revoked" in kinds_of(transactions, dora.user.id)


def test_s33_ending_another_session_asks_for_a_fresh_proof(
    transactions: Transactions,
    clock: StoppedClock,
    dora: Principal,
    doras_phone: Entered,
    key: Authenticator,
) -> None:
    other = doras_phone.principal.session.id
    clock.pass_(timedelta(minutes=11))
    with transactions.writing() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        end_own_session(tx, dora, other)
    assert is_live(transactions, other)

    step_up(transactions, dora, key)
    with transactions.writing() as tx:
        end_own_session(tx, dora, other)
    assert not is_live(transactions, other)


def test_ending_the_session_one_asks_from_is_logging_out(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    # One may always leave, however long ago one proved anything.
    clock.pass_(timedelta(minutes=11))
    with transactions.writing() as tx:
        end_own_session(tx, dora, dora.session.id)

    assert not is_live(transactions, dora.session.id)
    assert "logged_out" in kinds_of(transactions, dora.user.id)


@pytest.mark.parametrize("session_id", ["", "nobody's", "\ud800", "\x00"])
def test_s35_a_session_of_another_is_not_there(
    transactions: Transactions, ada: Principal, dora: Principal, session_id: str
) -> None:
    for wanted in (ada.session.id, session_id):
        with transactions.writing() as tx, pytest.raises(NotFound, match="not_found"):
            end_own_session(tx, dora, wanted)
    assert is_live(transactions, ada.session.id)


def test_all_others_end_and_a_notice_stays(
    transactions: Transactions,
    heard: Heard,
    dora: Principal,
    doras_phone: Entered,
    key: Authenticator,
) -> None:
    third = log_in(transactions, key).principal
    heard.events.clear()
    with transactions.writing() as tx:
        assert end_other_sessions(tx, dora) == 2

    ended = {doras_phone.principal.session.id, third.session.id}
    assert {e.session_id for e in heard.events if isinstance(e, SessionEnded)} == ended
    assert heard.events[-1] == NoticeGiven(user_id=dora.user.id, session_ids=(dora.session.id,))
    assert is_live(transactions, dora.session.id)
    with transactions.writing() as tx:
        assert end_other_sessions(tx, dora) == 0
        assert len(unread(tx, dora)) == 1


def test_s33_ending_all_others_asks_for_a_fresh_proof(
    transactions: Transactions,
    clock: StoppedClock,
    dora: Principal,
    doras_phone: Entered,
    key: Authenticator,
) -> None:
    clock.pass_(timedelta(minutes=11))
    with transactions.writing() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        end_other_sessions(tx, dora)
    assert is_live(transactions, doras_phone.principal.session.id)

    step_up(transactions, dora, key)
    with transactions.writing() as tx:
        assert end_other_sessions(tx, dora) == 1
