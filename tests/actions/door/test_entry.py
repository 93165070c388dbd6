"""Walking in as a guest."""

from datetime import timedelta
from functools import partial

import pytest

from tests.conftest import Heard, StoppedClock
from tests.support.races import at_once
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import authenticate, log_out, look_up
from treno_chat.actions.door.visits import let_alias_rest
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.people import Gender
from treno_chat.domain.refusals import Conflict, InvalidForm, NotFound, NotSignedIn
from treno_chat.domain.talk.events import SessionEnded

SLUG = "treno-lucca-aulla"


def enter(
    tx: Transaction,
    device: Device,
    alias: str = "Dario",
    *,
    gender: str = "male",
    current: Principal | None = None,
) -> Entered:
    return enter_as_guest(
        tx, place_slug=SLUG, alias=alias, gender=gender, device=device, current=current
    )


def test_a_guest_is_in_at_once(tx: Transaction, place: PlaceId, device: Device) -> None:
    entered = enter(tx, device, "  Dario   M. ")

    principal = authenticate(tx, hash_token(entered.session_token))
    assert principal == entered.principal
    assert principal.user.alias == "Dario M."
    assert principal.user.gender is Gender.MALE
    assert principal.user.is_anonymous
    assert principal.place_id == place
    assert principal.visit_id is not None


def test_every_wrong_field_is_told_at_once(tx: Transaction, device: Device) -> None:
    with pytest.raises(InvalidForm) as refused:
        enter(tx, device, "x", gender="")

    assert [(each.field, each.code) for each in refused.value.refusals] == [
        ("alias", "alias_too_short"),
        ("gender", "gender_missing"),
    ]
    assert (refused.value.field, refused.value.code) == ("alias", "alias_too_short")


def test_nobody_enters_a_place_that_is_not_there(tx: Transaction, device: Device) -> None:
    with pytest.raises(NotFound, match="place_not_found"):
        enter_as_guest(
            tx, place_slug="nowhere", alias="Dario", gender="male", device=device, current=None
        )


@pytest.mark.parametrize("alias", ["ada", "ADA", "Аda", " Ada "])  # noqa: RUF001  a Cyrillic one
def test_an_alias_like_that_of_somebody_present_is_taken(
    tx: Transaction, device: Device, alias: str
) -> None:
    with pytest.raises(Conflict) as refused:
        enter(tx, device, alias)

    assert (refused.value.code, refused.value.field) == ("alias_taken", "alias")


def test_s49_of_two_who_take_an_alias_at_once_one_gets_it(
    transactions: Transactions, place: PlaceId, device: Device
) -> None:
    def come(alias: str) -> Entered:
        with transactions.writing() as tx:
            return enter(tx, device, alias)

    outcomes = at_once(*[partial(come, alias) for alias in ("Dario", "DARIO", "D\u0430rio")])

    assert sorted(outcomes) == ["alias_taken", "alias_taken", "in"]


def test_an_alias_is_free_again_once_its_wearer_left(
    tx: Transaction, device: Device, ada: Principal
) -> None:
    log_out(tx, ada)

    assert enter(tx, device, "Ada").principal.user.id != ada.user.id


def test_an_alias_is_free_again_once_the_session_of_its_wearer_is_over(
    transactions: Transactions, clock: StoppedClock, device: Device, ada: Principal
) -> None:
    clock.pass_(timedelta(hours=12))

    with transactions.writing() as tx:
        assert enter(tx, device, "Ada").principal.user.id != ada.user.id


def test_an_alias_that_rests_is_taken_until_it_has_rested(
    transactions: Transactions, clock: StoppedClock, device: Device, place: PlaceId
) -> None:
    with transactions.writing() as tx:
        let_alias_rest(tx, place, skeleton_of("Dario"))
        let_alias_rest(tx, place, skeleton_of("Dario"))  # twice is the same as once
    with transactions.writing() as tx, pytest.raises(Conflict, match="alias_taken"):
        enter(tx, device, "Dario")
    clock.pass_(timedelta(hours=24))

    with transactions.writing() as tx:
        assert enter(tx, device, "Dario").principal.user.alias == "Dario"


def test_somebody_else_ends_the_session_of_before(
    transactions: Transactions, heard: Heard, device: Device, ada: Principal
) -> None:
    with transactions.writing() as tx:
        entered = enter(tx, device, "Ada", current=ada)

    assert heard.events == [SessionEnded(session_id=ada.session.id)]
    assert entered.principal.user.id != ada.user.id


def test_a_refused_entry_leaves_the_session_of_before_alone(
    transactions: Transactions, heard: Heard, device: Device, ada: Principal, bruno: Principal
) -> None:
    with pytest.raises(Conflict), transactions.writing() as tx:
        enter(tx, device, "Bruno", current=ada)

    with transactions.reading() as tx:
        assert look_up(tx, ada.session.id) == ada
    assert heard.events == []


def test_a_token_nobody_holds_signs_nobody_in(tx: Transaction) -> None:
    with pytest.raises(NotSignedIn, match="not_signed_in"):
        authenticate(tx, hash_token("guessed"))
