"""Staff: who may be made staff, by which name, and what follows from it."""

import pytest

from tests.actions.worlds import PLACE_SLUG, leave, register, wear
from treno_chat.actions.operations.staff import grant, list_staff, revoke
from treno_chat.actions.talk.access import access_room
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.operations.staff import Role
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import ChatError, Conflict, Forbidden, NotFound
from treno_chat.domain.talk.events import StaffChanged

CYRILLIC_ADA = "\u0410d\u0430"


def test_whoever_is_made_staff_writes_announcements_from_then_on(
    tx: Transaction, place: PlaceId, ada: Principal, bruno: Principal, annunci: Room
) -> None:
    register(tx, ada)
    assert not access_room(tx, ada, annunci.id).can_write

    granted = grant(tx, PLACE_SLUG, "Ada")

    assert granted.id == ada.user.id
    assert access_room(tx, ada, annunci.id).can_write
    assert not access_room(tx, bruno, annunci.id).can_write
    assert tx.outbox == [StaffChanged(place_id=place, user_id=ada.user.id)]


def test_whoever_is_staff_no_more_writes_no_more(
    tx: Transaction, place: PlaceId, ada: Principal, annunci: Room
) -> None:
    register(tx, ada)
    grant(tx, PLACE_SLUG, "Ada")
    tx.outbox.clear()

    revoked = revoke(tx, PLACE_SLUG, "Ada")

    assert revoked.id == ada.user.id
    assert not access_room(tx, ada, annunci.id).can_write
    assert tx.outbox == [StaffChanged(place_id=place, user_id=ada.user.id)]
    assert list_staff(tx, PLACE_SLUG) == ()


@pytest.mark.parametrize("by_id", [False, True])
def test_a_guest_cannot_be_staff(
    tx: Transaction, ada: Principal, annunci: Room, *, by_id: bool
) -> None:
    name = ada.user.id if by_id else "Ada"
    refuse_grant(tx, name, Forbidden, "not_registered")
    assert not access_room(tx, ada, annunci.id).can_write

    register(tx, ada)

    assert grant(tx, PLACE_SLUG, name).id == ada.user.id


def test_made_staff_twice_is_once(tx: Transaction, ada: Principal) -> None:
    register(tx, ada)
    grant(tx, PLACE_SLUG, "Ada")
    tx.outbox.clear()

    grant(tx, PLACE_SLUG, ada.user.id)

    assert tx.outbox == []
    assert len(list_staff(tx, PLACE_SLUG)) == 1


def test_the_staff_are_listed_in_the_order_of_the_granting(
    tx: Transaction, ada: Principal, bruno: Principal
) -> None:
    for person in (ada, bruno):
        register(tx, person)
    grant(tx, PLACE_SLUG, "Bruno")
    tx.now += tx.policy.guest_grace
    grant(tx, PLACE_SLUG, "Ada")

    members = list_staff(tx, PLACE_SLUG)

    assert [member.user.id for member in members] == [bruno.user.id, ada.user.id]
    assert {member.role for member in members} == {Role.STAFF}
    assert members[1].granted_at == tx.now


@pytest.mark.parametrize("typed", ["Ada", "ada", "  ADA "])
def test_an_alias_is_found_however_it_is_typed(tx: Transaction, ada: Principal, typed: str) -> None:
    register(tx, ada)

    assert grant(tx, PLACE_SLUG, typed).id == ada.user.id
    assert revoke(tx, PLACE_SLUG, typed).id == ada.user.id


def test_the_alias_of_who_is_elsewhere_finds_nobody_but_the_id_does(
    tx: Transaction, ada: Principal
) -> None:
    register(tx, ada)
    leave(tx, ada)
    refuse_grant(tx, "Ada", NotFound, "person_not_found")

    assert grant(tx, PLACE_SLUG, ada.user.id).id == ada.user.id


def test_who_has_left_can_be_revoked_by_alias(tx: Transaction, ada: Principal) -> None:
    register(tx, ada)
    grant(tx, PLACE_SLUG, "Ada")
    leave(tx, ada)

    assert revoke(tx, PLACE_SLUG, "Ada").id == ada.user.id


@pytest.mark.parametrize("alias", ["Ada", CYRILLIC_ADA])
def test_of_two_who_look_alike_only_the_id_tells_who_is_meant(
    tx: Transaction, ada: Principal, bruno: Principal, alias: str
) -> None:
    for person in (ada, bruno):
        register(tx, person)
    wear(tx, bruno, alias)

    refused = refuse_grant(tx, "Ada", Conflict, "alias_ambiguous")
    assert ada.user.id in str(refused.params["people"])
    assert bruno.user.id in str(refused.params["people"])
    for person in (ada, bruno):
        assert grant(tx, PLACE_SLUG, person.user.id).id == person.user.id
    with pytest.raises(Conflict):
        revoke(tx, PLACE_SLUG, "Ada")
    assert revoke(tx, PLACE_SLUG, bruno.user.id).id == bruno.user.id


def test_who_only_looks_like_the_name_does_not_get_the_role(
    tx: Transaction, ada: Principal, bruno: Principal
) -> None:
    register(tx, bruno)
    wear(tx, bruno, CYRILLIC_ADA)
    leave(tx, ada)

    refuse_grant(tx, "Ada", NotFound, "person_not_found")

    assert grant(tx, PLACE_SLUG, CYRILLIC_ADA).id == bruno.user.id


def test_a_guest_with_the_same_alias_does_not_stand_in_the_way(
    tx: Transaction, ada: Principal, bruno: Principal
) -> None:
    register(tx, bruno)
    wear(tx, bruno, "Ada")

    assert grant(tx, PLACE_SLUG, "Ada").id == bruno.user.id


NOBODY = "01a1fd39-f48a-73f7-bb2e-f1933e258503"  # well formed, and nobody's


@pytest.mark.parametrize("forged", ["", "Nobody", "\x00", "\ud800", "x' OR '1'='1", NOBODY])
def test_a_name_that_is_nobodys_finds_nobody(tx: Transaction, ada: Principal, forged: str) -> None:
    register(tx, ada)
    grant(tx, PLACE_SLUG, "Ada")

    refuse_grant(tx, forged, NotFound, "person_not_found")

    with pytest.raises(NotFound) as refused:
        revoke(tx, PLACE_SLUG, forged)
    assert refused.value.code == "person_not_found"


def test_who_is_there_but_not_staff_cannot_be_revoked(
    tx: Transaction, ada: Principal, bruno: Principal
) -> None:
    for person in (ada, bruno):
        register(tx, person)
    grant(tx, PLACE_SLUG, "Ada")

    with pytest.raises(NotFound) as refused:
        revoke(tx, PLACE_SLUG, "Bruno")

    assert refused.value.code == "person_not_found"
    assert [member.user.id for member in list_staff(tx, PLACE_SLUG)] == [ada.user.id]


@pytest.mark.parametrize("slug", ["nowhere", "\x00"])
def test_a_place_that_is_not_has_no_staff(tx: Transaction, ada: Principal, slug: str) -> None:
    register(tx, ada)

    for ask in (grant, revoke):
        with pytest.raises(NotFound) as refused:
            ask(tx, slug, "Ada")
        assert refused.value.code == "place_not_found"
    with pytest.raises(NotFound):
        list_staff(tx, slug)


def refuse_grant(tx: Transaction, name: str, kind: type[ChatError], code: str) -> ChatError:
    before = list_staff(tx, PLACE_SLUG)
    with pytest.raises(kind) as refused:
        grant(tx, PLACE_SLUG, name)
    assert refused.value.code == code
    assert list_staff(tx, PLACE_SLUG) == before
    return refused.value
