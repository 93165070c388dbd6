"""How long a session lives: idle and absolute ends, and what moves them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.actions.visiting import DAY, HOUR, MINUTE, visit_of
from tests.conftest import StoppedClock
from treno_chat.actions.door.sessions import (
    keep_alive,
    look_up,
    note_use,
)
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.lifetimes import needs_keep_alive
from treno_chat.domain.door.sessions import Entered, LoginSession, Principal
from treno_chat.domain.policy import Policy
from treno_chat.domain.refusals import NotSignedIn


def use(transactions: Transactions, entered: Entered) -> LoginSession:
    """Do something in a session, and return what is kept of it then."""
    with transactions.reading() as tx:
        principal = look_up(tx, entered.principal.session.id)
    if needs_keep_alive(principal, transactions.clock(), transactions.policy):
        note_use(transactions, principal)
    with transactions.reading() as tx:
        return look_up(tx, entered.principal.session.id).session


@pytest.mark.parametrize(
    ("passed", "is_live"),
    [(12 * HOUR - MINUTE, True), (12 * HOUR, False), (13 * HOUR, False)],
)
def test_s28_a_guest_who_is_away_for_twelve_hours_is_out(
    transactions: Transactions,
    clock: StoppedClock,
    ada: Principal,
    passed: timedelta,
    *,
    is_live: bool,
) -> None:
    clock.pass_(passed)

    with transactions.reading() as tx:
        if is_live:
            assert look_up(tx, ada.session.id) == ada
        else:
            with pytest.raises(NotSignedIn):
                look_up(tx, ada.session.id)


def test_s28_a_guest_who_never_rests_is_out_after_a_day(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    for _ in range(23):
        clock.pass_(HOUR)
        with transactions.writing() as tx:
            keep_alive(tx, look_up(tx, ada.session.id))
    with transactions.reading() as tx:
        seen = look_up(tx, ada.session.id)
        assert seen.session.idle_ends_at == seen.session.ends_at == ada.session.ends_at
        assert visit_of(tx, seen).ends_at == ada.session.ends_at
    clock.pass_(HOUR)

    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, ada.session.id)


@pytest.mark.parametrize(
    ("passed", "is_live"), [(7 * DAY - MINUTE, True), (7 * DAY, False), (30 * DAY, False)]
)
def test_s28_a_registered_person_who_is_away_for_a_week_is_out(
    transactions: Transactions,
    clock: StoppedClock,
    dora: Entered,
    passed: timedelta,
    *,
    is_live: bool,
) -> None:
    clock.pass_(passed)

    with transactions.reading() as tx:
        if is_live:
            assert look_up(tx, dora.principal.session.id) == dora.principal
        else:
            with pytest.raises(NotSignedIn):
                look_up(tx, dora.principal.session.id)


def test_s28_a_registered_person_is_out_after_thirty_days_at_the_latest(
    transactions: Transactions, clock: StoppedClock, dora: Entered
) -> None:
    for _ in range(29):
        clock.pass_(DAY)
        with transactions.writing() as tx:
            keep_alive(tx, look_up(tx, dora.principal.session.id))
    clock.pass_(DAY)

    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, dora.principal.session.id)


def test_a_guest_is_kept_alive_at_most_every_ten_minutes(
    clock: StoppedClock, policy: Policy, ada: Principal
) -> None:
    assert not needs_keep_alive(ada, clock.now + 10 * MINUTE - timedelta(seconds=1), policy)
    assert needs_keep_alive(ada, clock.now + 10 * MINUTE, policy)


def test_a_registered_persons_end_slides_at_most_once_a_day(
    transactions: Transactions, clock: StoppedClock, dora: Entered
) -> None:
    before = dora.principal.session
    clock.pass_(DAY - MINUTE)
    seen = use(transactions, dora)
    assert (seen.last_seen_at, seen.idle_ends_at) == (clock.now, before.idle_ends_at)

    clock.pass_(10 * MINUTE)
    seen = use(transactions, dora)
    assert (seen.last_seen_at, seen.idle_ends_at) == (clock.now, clock.now + 7 * DAY)


def test_whoever_is_here_was_last_seen_ten_minutes_ago_at_most(
    transactions: Transactions, clock: StoppedClock, dora: Entered
) -> None:
    clock.pass_(10 * MINUTE - timedelta(seconds=1))
    before = dora.principal.session
    assert use(transactions, dora) == before

    clock.pass_(timedelta(seconds=1))
    assert use(transactions, dora) == replace(before, last_seen_at=clock.now)


def test_keeping_alive_moves_the_idle_end_and_the_end_of_a_guests_visit(
    transactions: Transactions, clock: StoppedClock, ada: Principal, bruno: Principal
) -> None:
    clock.pass_(HOUR)
    with transactions.writing() as tx:
        keep_alive(tx, ada)

    with transactions.reading() as tx:
        seen = look_up(tx, ada.session.id)
        assert seen.session.last_seen_at == clock.now
        assert seen.session.idle_ends_at == clock.now + 12 * HOUR
        assert visit_of(tx, seen).ends_at == clock.now + 12 * HOUR
        assert visit_of(tx, bruno).ends_at == bruno.session.idle_ends_at


def test_a_registered_persons_visit_has_no_end(
    transactions: Transactions, clock: StoppedClock, dora: Entered
) -> None:
    clock.pass_(DAY)
    with transactions.writing() as tx:
        keep_alive(tx, dora.principal)

        assert visit_of(tx, dora.principal).ends_at is None


def test_nothing_keeps_a_session_alive_that_is_over(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    clock.pass_(12 * HOUR)
    with transactions.writing() as tx:
        keep_alive(tx, ada)

    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, ada.session.id)
