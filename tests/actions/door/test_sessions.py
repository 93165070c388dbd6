"""Sessions: who is behind a token, and coming back with it."""

from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlmodel import select

from tests.actions.visiting import HOUR, SLUG, visit_of
from tests.conftest import StoppedClock
from tests.support.races import at_once
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import (
    authenticate,
    continue_session,
    log_out,
    look_up,
    open_session,
    renew_session,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token, new_token
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.refusals import Conflict, NotFound, NotSignedIn
from treno_chat.domain.talk.events import VisitsEnded
from treno_chat.stores import tables


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


def test_whoever_goes_elsewhere_is_heard_to_have_left(
    place: PlaceId, elsewhere: PlaceId, device: Device, dora: Entered, tx: Transaction
) -> None:
    who, left = dora.principal, VisitsEnded(user_id=dora.principal.user.id, place_ids=(place,))

    continue_session(tx, who, place_slug=SLUG)
    assert tx.outbox == []
    continue_session(tx, who, place_slug="bagno-italia")
    assert tx.outbox == [left]

    open_session(tx, who.user, place_id=place, device=device)
    assert tx.outbox == [left, replace(left, place_ids=(elsewhere,))]


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
    place: PlaceId, elsewhere: PlaceId, device: Device, dora: Entered, tx: Transaction
) -> None:
    moved = continue_session(tx, dora.principal, place_slug="bagno-italia").principal
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
