"""S57: what happens to ada's sessions and roles is written down once, with who, where and how."""

from datetime import timedelta

from tests.actions.worlds import register
from tests.conftest import StoppedClock
from treno_chat.actions.door.sessions import continue_session, end_expired, log_out, open_session
from treno_chat.actions.operations import staff
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.operations.auth_events import AuthEvent, AuthEventKind, Outcome
from treno_chat.domain.places import Room
from treno_chat.stores.operations import auth_events

SLUG = "treno-lucca-aulla"


def _of(transactions: Transactions, person: Principal, kind: AuthEventKind) -> list[AuthEvent]:
    with transactions.reading() as tx:
        events = auth_events.of_user(tx.db, person.user.id)
    return [event for event in events if event.kind is kind]


def test_coming_in_is_written_down_with_the_address(
    transactions: Transactions, ada: Principal, device: Device
) -> None:
    [event] = _of(transactions, ada, AuthEventKind.ENTERED)

    assert (event.session_id, event.address) == (ada.session.id, device.address)
    assert event.outcome is Outcome.OK


def test_going_on_and_logging_out_twice_are_written_down_once_each(
    transactions: Transactions, ada: Principal
) -> None:
    with transactions.writing() as tx:
        continue_session(tx, ada, place_slug=SLUG)
        log_out(tx, ada)
        log_out(tx, ada)

    for kind in (AuthEventKind.SESSION_RENEWED, AuthEventKind.LOGGED_OUT):
        assert [event.session_id for event in _of(transactions, ada, kind)] == [ada.session.id]


def test_a_session_that_ended_by_itself_is_written_down(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    clock.pass_(timedelta(hours=12))
    with transactions.writing() as tx:
        assert end_expired(tx) == 1

    [event] = _of(transactions, ada, AuthEventKind.SESSION_EXPIRED)
    assert (event.session_id, event.at) == (ada.session.id, clock.now)


def test_the_session_that_was_one_too_many_is_written_down(
    transactions: Transactions, place: PlaceId, clock: StoppedClock, ada: Principal, device: Device
) -> None:
    for _ in range(10):
        clock.pass_(timedelta(seconds=1))
        with transactions.writing() as tx:
            open_session(tx, ada.user, place_id=place, device=device)

    [event] = _of(transactions, ada, AuthEventKind.SESSION_REVOKED)
    assert (event.session_id, event.detail) == (ada.session.id, "one too many")


def test_a_role_is_written_down_when_it_comes_and_when_it_goes(
    transactions: Transactions, rooms: tuple[Room, Room], ada: Principal
) -> None:
    with transactions.writing() as tx:
        register(tx, ada)
    with transactions.writing() as tx:
        staff.grant(tx, SLUG, ada.user.id)
        staff.grant(tx, SLUG, ada.user.id)
        staff.revoke(tx, SLUG, ada.user.id)

    [granted] = _of(transactions, ada, AuthEventKind.ROLE_GRANTED)
    [revoked] = _of(transactions, ada, AuthEventKind.ROLE_REVOKED)
    assert (granted.detail, revoked.detail) == (f"staff at {SLUG}", f"at {SLUG}")
