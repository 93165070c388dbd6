"""How sessions end: by logging out, by the eleventh, by the sweep."""

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from tests.actions.visiting import DAY, HOUR, MINUTE, SLUG, visit_of
from tests.conftest import Heard, StoppedClock
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import (
    authenticate,
    end_expired,
    keep_alive,
    log_out,
    look_up,
    open_session,
)
from treno_chat.actions.door.visits import let_alias_rest
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.door.passkeys import Ceremony, Challenge, new_challenge
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.stores import tables
from treno_chat.stores.door import challenges, visits


def challenge(tx: Transaction, handle_hash: str) -> Challenge:
    return Challenge(
        id=new_id(),
        handle_hash=handle_hash,
        ceremony=Ceremony.AUTHENTICATION,
        challenge=new_challenge(),
        expires_at=tx.now + tx.policy.challenge_lifetime,
    )


def test_s29_who_logs_out_is_nobody_any_more(
    transactions: Transactions, heard: Heard, device: Device, place: PlaceId
) -> None:
    with transactions.writing() as tx:
        entered = enter_as_guest(
            tx, place_slug=SLUG, alias="Dario", gender="male", device=device, current=None
        )
    principal = entered.principal
    with transactions.writing() as tx:
        log_out(tx, principal)

    assert heard.events == [SessionEnded(session_id=principal.session.id)]
    with transactions.reading() as tx:
        with pytest.raises(NotSignedIn):
            authenticate(tx, hash_token(entered.session_token))
        with pytest.raises(NotSignedIn):
            look_up(tx, principal.session.id)
        assert visit_of(tx, principal).left_at == tx.now
        assert visit_of(tx, principal).ends_at == tx.now


def test_s57_and_s58_coming_and_going_are_on_record_without_the_token(
    transactions: Transactions, place: PlaceId, device: Device
) -> None:
    with capture_logs() as records, transactions.writing() as tx:
        entered = enter_as_guest(
            tx, place_slug=SLUG, alias="Dario", gender="male", device=device, current=None
        )
        log_out(tx, entered.principal)

    assert [record["event"] for record in records] == ["entered", "logged_out"]
    assert {record["user"] for record in records} == {entered.principal.user.id}
    assert entered.session_token not in str(records)


def test_logging_out_twice_is_logging_out_once(tx: Transaction, ada: Principal) -> None:
    log_out(tx, ada)
    log_out(tx, ada)

    assert tx.outbox == [SessionEnded(session_id=ada.session.id)]


def test_a_person_stays_while_another_browser_of_theirs_does(
    place: PlaceId, device: Device, dora: Entered, tx: Transaction
) -> None:
    phone = open_session(tx, dora.principal.user, place_id=place, device=device).principal

    log_out(tx, dora.principal)
    assert look_up(tx, phone.session.id).visit_id == dora.principal.visit_id

    log_out(tx, phone)
    assert visit_of(tx, dora.principal).left_at == tx.now


def test_of_more_than_ten_sessions_the_oldest_drops(
    transactions: Transactions,
    clock: StoppedClock,
    heard: Heard,
    place: PlaceId,
    device: Device,
    *,
    dora: Entered,
) -> None:
    heard.events.clear()
    later: list[Entered] = []
    for _ in range(10):
        clock.pass_(MINUTE)
        with transactions.writing() as tx:
            later.append(open_session(tx, dora.principal.user, place_id=place, device=device))

    assert heard.events == [SessionEnded(session_id=dora.principal.session.id)]
    with transactions.reading() as tx:
        with pytest.raises(NotSignedIn):
            look_up(tx, dora.principal.session.id)
        for entered in later:
            assert authenticate(tx, hash_token(entered.session_token)) == entered.principal


def test_the_sweep_ends_what_is_over_and_nothing_else(
    transactions: Transactions,
    clock: StoppedClock,
    heard: Heard,
    place: PlaceId,
    ada: Principal,
    *,
    bruno: Principal,
    dora: Entered,
) -> None:
    heard.events.clear()
    clock.pass_(11 * HOUR)
    with transactions.writing() as tx:
        keep_alive(tx, bruno)
        let_alias_rest(tx, place, skeleton_of("Nadia"))
        challenges.add(tx.db, challenge(tx, "handle"))
    clock.pass_(2 * HOUR)
    with transactions.writing() as tx:
        end_expired(tx)

    assert heard.events == [SessionEnded(session_id=ada.session.id)]
    with transactions.writing() as tx:
        assert visit_of(tx, ada).left_at == ada.session.idle_ends_at
        assert look_up(tx, bruno.session.id).visit_id == bruno.visit_id
        assert look_up(tx, dora.principal.session.id) == dora.principal
        assert tx.db.exec(select(tables.AliasQuarantine)).all() != []
        assert challenges.take(tx.db, "handle") is not None


def test_the_sweep_leaves_a_person_where_another_session_keeps_them(
    transactions: Transactions, clock: StoppedClock, place: PlaceId, device: Device, dora: Entered
) -> None:
    clock.pass_(6 * DAY)
    with transactions.writing() as tx:
        phone = open_session(tx, dora.principal.user, place_id=place, device=device).principal
    clock.pass_(2 * DAY)
    with transactions.writing() as tx:
        end_expired(tx)

        assert tx.outbox == [SessionEnded(session_id=dora.principal.session.id)]
        assert look_up(tx, phone.session.id).visit_id == dora.principal.visit_id


def test_a_persons_sessions_go_with_the_person(tx: Transaction, ada: Principal) -> None:
    user = tx.db.get(tables.User, ada.user.id)
    tx.db.delete(user)
    tx.db.flush()

    with pytest.raises(NotSignedIn):
        look_up(tx, ada.session.id)


def test_a_visit_whose_session_vanished_is_closed_when_somebody_comes(
    transactions: Transactions, clock: StoppedClock, device: Device, ada: Principal
) -> None:
    clock.pass_(13 * HOUR)
    with transactions.writing() as tx:
        visits.close_abandoned(tx.db, now=tx.now)

        assert visit_of(tx, ada).left_at == ada.session.idle_ends_at
