"""Sessions: their ends, their rotation, and the way out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import select
from structlog.testing import capture_logs

from tests.conftest import Heard, StoppedClock
from tests.support.races import at_once
from treno_chat.actions.entry import enter_as_guest
from treno_chat.actions.sessions import (
    authenticate,
    continue_session,
    end_expired,
    keep_alive,
    log_out,
    look_up,
    open_session,
    renew_session,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.actions.visits import let_alias_rest
from treno_chat.domain.alias import clean_alias, skeleton_of
from treno_chat.domain.events import SessionEnded
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.lifetimes import needs_keep_alive
from treno_chat.domain.passkeys import Ceremony, Challenge, new_challenge
from treno_chat.domain.people import User
from treno_chat.domain.policy import Policy
from treno_chat.domain.refusals import Conflict, NotFound, NotSignedIn
from treno_chat.domain.sessions import Device, Entered, Principal, hash_token, new_token
from treno_chat.stores import challenges, tables, users, visits

SLUG = "treno-lucca-aulla"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def visit_of(tx: Transaction, principal: Principal) -> tables.Visit:
    query = select(tables.Visit).where(tables.Visit.id == principal.visit_id)
    return tx.db.exec(query.execution_options(populate_existing=True)).one()


def make_registered(tx: Transaction, user: User) -> User:
    users.register(
        tx.db,
        user.id,
        alias=clean_alias(user.alias),
        gender=user.gender,
        handle=user.id.encode(),
        phone_sealed=b"",
        phone_fingerprint="",
        at=tx.now,
    )
    return replace(user, is_anonymous=False)


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, device: Device) -> Principal:
    """A registered person at the place."""
    with transactions.writing() as tx:
        guest = enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="other", device=device, current=None
        ).principal
        user = make_registered(tx, guest.user)
        log_out(tx, guest)
        return open_session(tx, user, place_id=place, device=device).principal


@pytest.fixture
def elsewhere(transactions: Transactions) -> PlaceId:
    """Another place, which is a beach."""
    place_id = new_id()
    with transactions.writing() as tx:
        row = tables.Place(
            id=place_id,
            slug="bagno-italia",
            name="Bagno Italia",
            kind="beach",
            timezone="Europe/Rome",
            retention_seconds=3600,
            guest_grace_seconds=3600,
            created_at=tx.now,
        )
        tx.db.add(row)
    return place_id


def test_s27_a_token_is_256_random_bits_and_never_repeats() -> None:
    tokens = {new_token() for _ in range(1_000)}

    assert len(tokens) == 1_000
    assert all(len(token) == 43 for token in tokens)


def test_s27_only_the_hash_of_a_token_is_stored(tx: Transaction, device: Device) -> None:
    entered = enter_as_guest(
        tx, place_slug=SLUG, alias="Dario", gender="male", device=device, current=None
    )

    row = tx.db.get(tables.LoginSession, entered.principal.session.id)
    assert row is not None
    assert row.token_hash == hash_token(entered.session_token)
    assert entered.session_token not in repr(entered)
    assert entered.session_token not in row.model_dump_json()


def test_who_is_behind_a_request_is_one_query(tx: Transaction, ada: Principal) -> None:
    asked: list[str] = []
    connection = tx.db.connection()
    event.listen(connection, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))

    found = look_up(tx, ada.session.id)

    assert found == ada
    assert len(asked) == 1
    assert asked[0].startswith("SELECT")


def test_a_session_nobody_opened_is_nobodys(tx: Transaction, ada: Principal) -> None:
    with pytest.raises(NotSignedIn, match="not_signed_in"):
        look_up(tx, "made-up")


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
    dora: Principal,
    passed: timedelta,
    *,
    is_live: bool,
) -> None:
    clock.pass_(passed)

    with transactions.reading() as tx:
        if is_live:
            assert look_up(tx, dora.session.id) == dora
        else:
            with pytest.raises(NotSignedIn):
                look_up(tx, dora.session.id)


def test_s28_a_registered_person_is_out_after_thirty_days_at_the_latest(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    for _ in range(29):
        clock.pass_(DAY)
        with transactions.writing() as tx:
            keep_alive(tx, look_up(tx, dora.session.id))
    clock.pass_(DAY)

    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, dora.session.id)


def test_a_guest_is_kept_alive_at_most_every_ten_minutes(
    clock: StoppedClock, policy: Policy, ada: Principal
) -> None:
    assert not needs_keep_alive(ada, clock.now + 10 * MINUTE - timedelta(seconds=1), policy)
    assert needs_keep_alive(ada, clock.now + 10 * MINUTE, policy)


def test_a_registered_person_is_kept_alive_at_most_once_a_day(
    clock: StoppedClock, policy: Policy, dora: Principal
) -> None:
    assert not needs_keep_alive(dora, clock.now + DAY - MINUTE, policy)
    assert needs_keep_alive(dora, clock.now + DAY, policy)


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
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    clock.pass_(DAY)
    with transactions.writing() as tx:
        keep_alive(tx, dora)

        assert visit_of(tx, dora).ends_at is None


def test_nothing_keeps_a_session_alive_that_is_over(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    clock.pass_(12 * HOUR)
    with transactions.writing() as tx:
        keep_alive(tx, ada)

    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, ada.session.id)


def test_s27_continuing_changes_the_token_and_nothing_else(tx: Transaction, ada: Principal) -> None:
    first = continue_session(tx, ada, place_slug=SLUG)
    second = continue_session(tx, first.principal, place_slug=SLUG)

    assert second.principal == ada
    assert second.session_token != first.session_token
    assert authenticate(tx, hash_token(second.session_token)) == ada
    with pytest.raises(NotSignedIn):
        authenticate(tx, hash_token(first.session_token))


def test_continuing_slides_the_idle_end(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    clock.pass_(11 * HOUR)
    with transactions.writing() as tx:
        entered = continue_session(tx, ada, place_slug=SLUG)

        session = entered.principal.session
        assert session.idle_ends_at == clock.now + 12 * HOUR
        assert session.ends_at == ada.session.ends_at
        assert session.authenticated_at == ada.session.authenticated_at
        assert visit_of(tx, entered.principal).ends_at == session.idle_ends_at


@pytest.mark.parametrize("slug", ["nowhere", "", "\x00", "\ud800"])
def test_nobody_continues_at_a_place_that_is_not_there(
    tx: Transaction, ada: Principal, slug: str
) -> None:
    with pytest.raises(NotFound, match="place_not_found"):
        continue_session(tx, ada, place_slug=slug)


def test_a_session_that_is_over_does_not_continue(
    transactions: Transactions, clock: StoppedClock, ada: Principal
) -> None:
    clock.pass_(12 * HOUR)

    with transactions.writing() as tx, pytest.raises(NotSignedIn):
        continue_session(tx, ada, place_slug=SLUG)


def test_a_session_that_is_gone_is_not_renewed(
    tx: Transaction, place: PlaceId, ada: Principal
) -> None:
    log_out(tx, ada)

    with pytest.raises(NotSignedIn):
        renew_session(tx, ada.user, session=ada.session, place_id=place)


def test_nobody_is_in_two_places(
    place: PlaceId, elsewhere: PlaceId, ada: Principal, tx: Transaction
) -> None:
    moved = continue_session(tx, ada, place_slug="bagno-italia").principal

    assert moved.place_id == elsewhere
    assert moved.visit_id != ada.visit_id
    assert visit_of(tx, ada).left_at == tx.now


def test_two_tabs_that_continue_at_once_are_one_visit(
    transactions: Transactions, elsewhere: PlaceId, ada: Principal
) -> None:
    def go_on() -> Entered:
        with transactions.writing() as tx:
            return continue_session(tx, ada, place_slug="bagno-italia")

    assert at_once(go_on, go_on) == ["in", "in"]
    with transactions.reading() as tx:
        query = select(tables.Visit).where(tables.Visit.place_id == elsewhere)
        assert len(tx.db.exec(query).all()) == 1


def test_a_guest_whose_alias_was_taken_meanwhile_cannot_come_back_under_it(
    elsewhere: PlaceId, device: Device, ada: Principal, tx: Transaction
) -> None:
    moved = continue_session(tx, ada, place_slug="bagno-italia").principal
    enter_as_guest(tx, place_slug=SLUG, alias="Ada", gender="female", device=device, current=None)

    with pytest.raises(Conflict, match="alias_taken"):
        continue_session(tx, moved, place_slug=SLUG)


def test_a_registered_person_is_never_kept_out_by_an_alias(
    place: PlaceId, elsewhere: PlaceId, device: Device, dora: Principal, tx: Transaction
) -> None:
    moved = continue_session(tx, dora, place_slug="bagno-italia").principal
    double = enter_as_guest(
        tx, place_slug=SLUG, alias="Dora", gender="female", device=device, current=None
    ).principal

    back = continue_session(tx, moved, place_slug=SLUG).principal

    assert back.place_id == place
    log_out(tx, double)
    with pytest.raises(Conflict, match="alias_taken"):  # by Dora, who is still there
        enter_as_guest(
            tx, place_slug=SLUG, alias="D0ra", gender="female", device=device, current=None
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
    place: PlaceId, device: Device, dora: Principal, tx: Transaction
) -> None:
    phone = open_session(tx, dora.user, place_id=place, device=device).principal

    log_out(tx, dora)
    assert look_up(tx, phone.session.id).visit_id == dora.visit_id

    log_out(tx, phone)
    assert visit_of(tx, dora).left_at == tx.now


def test_of_more_than_ten_sessions_the_oldest_drops(
    transactions: Transactions,
    clock: StoppedClock,
    heard: Heard,
    place: PlaceId,
    device: Device,
    *,
    dora: Principal,
) -> None:
    heard.events.clear()
    later: list[Entered] = []
    for _ in range(10):
        clock.pass_(MINUTE)
        with transactions.writing() as tx:
            later.append(open_session(tx, dora.user, place_id=place, device=device))

    assert heard.events == [SessionEnded(session_id=dora.session.id)]
    with transactions.reading() as tx:
        with pytest.raises(NotSignedIn):
            look_up(tx, dora.session.id)
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
    dora: Principal,
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
        assert look_up(tx, dora.session.id) == dora
        assert tx.db.exec(select(tables.AliasQuarantine)).all() != []
        assert challenges.take(tx.db, "handle") is not None


def test_the_sweep_leaves_a_person_where_another_session_keeps_them(
    transactions: Transactions, clock: StoppedClock, place: PlaceId, device: Device, dora: Principal
) -> None:
    clock.pass_(6 * DAY)
    with transactions.writing() as tx:
        phone = open_session(tx, dora.user, place_id=place, device=device).principal
    clock.pass_(2 * DAY)
    with transactions.writing() as tx:
        end_expired(tx)

        assert tx.outbox == [SessionEnded(session_id=dora.session.id)]
        assert look_up(tx, phone.session.id).visit_id == dora.visit_id


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


def challenge(tx: Transaction, handle_hash: str) -> Challenge:
    return Challenge(
        id=new_id(),
        handle_hash=handle_hash,
        ceremony=Ceremony.AUTHENTICATION,
        challenge=new_challenge(),
        expires_at=tx.now + tx.policy.challenge_lifetime,
    )
