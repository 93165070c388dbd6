"""Leftovers go when nothing asks for them any more, and not before."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import SQLModel, select

from tests.actions.worlds import leave, register, say
from tests.conftest import StoppedClock
from treno_chat.actions.door.notices import give_notice, mark_read, unread
from treno_chat.actions.door.sessions import end_expired
from treno_chat.actions.door.visits import let_alias_rest
from treno_chat.actions.operations import leftovers, retention
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.places import Room
from treno_chat.stores import tables

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def _do(transactions: Transactions, action: Callable[[Transaction], int]) -> int:
    with transactions.writing() as tx:
        return action(tx)


def _keep(transactions: Transactions, *rows: SQLModel) -> None:
    with transactions.writing() as tx:
        tx.db.add_all(rows)


def test_a_challenge_goes_when_its_time_is_over(
    transactions: Transactions, clock: StoppedClock
) -> None:
    _keep(
        transactions,
        tables.Challenge(
            id="c",
            handle_hash="h",
            ceremony="registration",
            challenge=b"c",
            expires_at=clock.now + HOUR,
        ),
    )

    assert _do(transactions, leftovers.forget_challenges) == 0
    clock.pass_(HOUR)
    assert _do(transactions, leftovers.forget_challenges) == 1


def test_an_alias_goes_when_it_has_rested(
    transactions: Transactions, clock: StoppedClock, place: PlaceId
) -> None:
    with transactions.writing() as tx:
        let_alias_rest(tx, place, "nadia")

    clock.pass_(DAY - HOUR)
    assert _do(transactions, leftovers.forget_quarantines) == 0
    clock.pass_(HOUR)
    assert _do(transactions, leftovers.forget_quarantines) == 1


def test_a_recovery_goes_a_day_after_its_end(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    _keep(
        transactions,
        tables.Recovery(
            id="r",
            user_id=ada.user.id,
            handle_hash="h",
            address="",
            user_agent="",
            asked_at=clock.now,
            effective_at=clock.now,
            expires_at=clock.now,
        ),
    )

    clock.pass_(DAY - HOUR)
    assert _do(transactions, leftovers.forget_recoveries) == 0
    clock.pass_(HOUR)
    assert _do(transactions, leftovers.forget_recoveries) == 1


def test_what_development_would_have_sent_goes_after_a_day(
    transactions: Transactions, clock: StoppedClock
) -> None:
    _keep(
        transactions,
        tables.Outbox(
            id="o", channel="sms", recipient_sealed=b"", body_sealed=b"", made_at=clock.now
        ),
    )

    clock.pass_(DAY - HOUR)
    assert _do(transactions, leftovers.forget_outbox) == 0
    clock.pass_(HOUR)
    assert _do(transactions, leftovers.forget_outbox) == 1


def test_a_notice_goes_thirty_days_after_it_was_read_and_an_unread_one_stays_a_season(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    with transactions.writing() as tx:
        give_notice(tx, ada.user.id, NoticeKind.PASSKEY_ADDED)
        mark_read(tx, ada, unread(tx, ada)[0].id)
        give_notice(tx, ada.user.id, NoticeKind.PASSKEY_REMOVED)

    clock.pass_(29 * DAY)
    assert _do(transactions, leftovers.forget_notices) == 0
    clock.pass_(DAY)
    assert _do(transactions, leftovers.forget_notices) == 1
    clock.pass_(59 * DAY)
    assert _do(transactions, leftovers.forget_notices) == 0
    clock.pass_(DAY)
    assert _do(transactions, leftovers.forget_notices) == 1


def test_a_guest_goes_after_the_last_message_and_a_registered_person_stays(
    transactions: Transactions, clock: StoppedClock, ada: Principal, bruno: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Ciao!")
        register(tx, bruno)
        leave(tx, bruno)
    clock.pass_(DAY)
    with transactions.writing() as tx:
        end_expired(tx)

    clock.pass_(DAY)
    assert _do(transactions, leftovers.forget_guests) == 0

    retention.forget(transactions)
    assert _do(transactions, leftovers.forget_guests) == 1
    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.User.id)).all() == [bruno.user.id]
        assert tx.db.exec(select(tables.Visit.id)).all() == []


def test_a_guest_who_is_there_stays_without_a_word(
    transactions: Transactions, ada: Principal
) -> None:
    assert _do(transactions, leftovers.forget_guests) == 0
