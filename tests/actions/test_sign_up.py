"""Signing up: nothing half-made, and a guest who stays the same person (security.md §3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.conftest import Heard, StoppedClock
from tests.support.authenticator import Authenticator, Json, Lie, decode
from tests.support.races import at_once
from treno_chat.actions.challenges import Begun
from treno_chat.actions.entry import enter_as_guest
from treno_chat.actions.passkeys import begin_login, begin_sign_up, finish_sign_up
from treno_chat.actions.sessions import authenticate, continue_session, log_out, look_up
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.events import SessionUpgraded
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.people import Gender
from treno_chat.domain.refusals import (
    Conflict,
    Forbidden,
    InvalidForm,
    NotFound,
    NotSignedIn,
)
from treno_chat.domain.sessions import Device, Entered, Principal, hash_token, new_token
from treno_chat.stores import passkeys, tables

SLUG = "treno-lucca-aulla"
PHONE = "+393456789012"


def begin(
    tx: Transaction,
    *,
    alias: str = "Dora",
    phone: str = "345 678 9012",
    current: Principal | None = None,
) -> Begun:
    return begin_sign_up(
        tx,
        place_slug=SLUG,
        alias=alias,
        gender="other",
        phone=phone,
        region="IT",
        current=current,
    )


def finish(
    transactions: Transactions,
    begun: Begun,
    answer: object,
    *,
    current: Principal | None = None,
    place_slug: str = SLUG,
) -> Entered:
    return finish_sign_up(
        transactions,
        handle_token=begun.handle_token,
        credential=answer,
        place_slug=place_slug,
        device=Device(address="192.0.2.9", user_agent="another browser"),
        current=current,
    )


def sign_up(
    transactions: Transactions,
    authenticator: Authenticator,
    *,
    alias: str = "Dora",
    current: Principal | None = None,
) -> Entered:
    with transactions.writing() as tx:
        begun = begin(tx, alias=alias, current=current)
    return finish(transactions, begun, authenticator.create(begun.options), current=current)


def people(transactions: Transactions) -> dict[str, bool]:
    with transactions.reading() as tx:
        rows = tx.db.exec(select(tables.User)).all()
        return {row.alias: row.is_anonymous for row in rows}


def challenges_left(transactions: Transactions) -> int:
    with transactions.reading() as tx:
        return len(tx.db.exec(select(tables.Challenge)).all())


@pytest.fixture
def key() -> Authenticator:
    """An authenticator that holds nothing yet."""
    return Authenticator(sign_count=1)


def test_whoever_signs_up_is_in_and_registered(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    entered = sign_up(transactions, key)

    with transactions.reading() as tx:
        principal = authenticate(tx, hash_token(entered.session_token))
        assert principal == entered.principal
        assert principal.user.alias == "Dora"
        assert principal.user.gender is Gender.OTHER
        assert not principal.user.is_anonymous
        assert principal.place_id == place
        assert principal.session.ends_at == tx.now + timedelta(days=30)
        assert principal.session.idle_ends_at == tx.now + timedelta(days=7)
        assert principal.session.authenticated_at == tx.now


def test_r16_what_the_passkey_proved_is_kept(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    entered = sign_up(transactions, key)

    with transactions.reading() as tx:
        kept = passkeys.get(tx.db, key.credential_id)
        assert kept is not None
        assert kept.user_id == entered.principal.user.id
        assert kept.public_key
        assert kept.sign_count == 1
        assert kept.transports == ("internal", "hybrid")
        assert kept.is_backup_eligible
        assert kept.is_backed_up
        assert kept.aaguid == "00000000-0000-0000-0000-000000000000"
        assert kept.created_at == tx.now
        assert kept.used_at is None


def test_r18_the_user_handle_is_64_random_bytes(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    entered = sign_up(transactions, key)

    with transactions.reading() as tx:
        row = tx.db.get(tables.User, entered.principal.user.id)
        assert row is not None
        assert row.handle == key.handle
        assert len(key.handle) == 64


def test_a_phone_is_kept_so_that_only_we_can_read_it(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
        waiting = tx.db.exec(select(tables.Challenge)).one()
        assert waiting.sign_up is not None
        assert not any(told in waiting.sign_up for told in ("Dora", "3456789012"))
    entered = finish(transactions, begun, key.create(begun.options))

    with transactions.reading() as tx:
        row = tx.db.get(tables.User, entered.principal.user.id)
        assert row is not None
        assert row.phone_sealed is not None
        assert b"3456789012" not in row.phone_sealed
        assert tx.vault.open(row.phone_sealed) == PHONE
        assert row.phone_fingerprint == tx.vault.fingerprint(PHONE)


def test_two_people_may_share_a_phone_so_that_nobody_learns_who_is_here(
    transactions: Transactions, place: PlaceId
) -> None:
    sign_up(transactions, Authenticator(), alias="Dora")
    sign_up(transactions, Authenticator(), alias="Elio")

    assert people(transactions) == {"Dora": False, "Elio": False}


def test_every_wrong_field_is_told_at_once(transactions: Transactions, place: PlaceId) -> None:
    with transactions.writing() as tx, pytest.raises(InvalidForm) as refused:
        begin_sign_up(tx, place_slug=SLUG, alias="", gender="", phone="", region="IT", current=None)

    assert [(each.field, each.code) for each in refused.value.refusals] == [
        ("alias", "alias_too_short"),
        ("gender", "gender_missing"),
        ("phone", "phone_invalid"),
    ]


def test_an_alias_like_that_of_somebody_present_is_taken(
    transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    with transactions.writing() as tx, pytest.raises(Conflict) as refused:
        begin(tx, alias="ADA")
    assert (refused.value.code, refused.value.field) == ("alias_taken", "alias")
    with transactions.writing() as tx, pytest.raises(Conflict, match="alias_taken"):
        begin(tx, alias="Ada", current=bruno)

    with transactions.writing() as tx:
        assert begin(tx, alias="Ada", current=ada)


def test_nobody_signs_up_at_a_place_that_is_not_there(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
    with transactions.writing() as tx, pytest.raises(NotFound, match="place_not_found"):
        begin_sign_up(
            tx, place_slug="?", alias="Elio", gender="male", phone="", region="", current=None
        )
    with pytest.raises(NotFound, match="place_not_found"):
        finish(transactions, begun, key.create(begun.options), place_slug="nowhere")


def test_a_ceremony_that_is_never_finished_leaves_nobody_behind(
    transactions: Transactions, clock: StoppedClock, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
    assert people(transactions) == {}
    clock.pass_(timedelta(seconds=300))

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, begun, key.create(begun.options))
    assert people(transactions) == {}
    assert challenges_left(transactions) == 0


@pytest.mark.parametrize("answer", [None, [], {}, "a text"])
def test_a_challenge_is_gone_whatever_was_answered(
    transactions: Transactions, place: PlaceId, key: Authenticator, answer: object
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
    with pytest.raises(Forbidden):
        finish(transactions, begun, answer)

    assert challenges_left(transactions) == 0
    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, begun, key.create(begun.options))
    assert people(transactions) == {}


def test_s48_nobody_finishes_what_they_did_not_begin(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, replace(begun, handle_token=new_token()), key.create(begun.options))
    assert challenges_left(transactions) == 1


def test_r3_a_challenge_of_the_other_ceremony_does_not_sign_up(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)
        login = begin_login(tx)
    options = {**begun.options, "challenge": login.options["challenge"]}

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, login, key.create(options))
    assert people(transactions) == {}


def test_r3_a_challenge_belongs_to_the_session_it_was_given_to(
    transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    for holder, thief in ((ada, bruno), (ada, None), (None, ada)):
        key = Authenticator()
        with transactions.writing() as tx:
            begun = begin(tx, current=holder)

        with pytest.raises(Forbidden, match="passkey_refused"):
            finish(transactions, begun, key.create(begun.options), current=thief)
    assert people(transactions) == {"Ada": True, "Bruno": True}


def test_r4_a_ceremony_of_another_site_makes_nobody(
    transactions: Transactions, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, begun, key.create(begun.options, Lie(origin="https://evil.example")))
    assert people(transactions) == {}


def test_r15_a_credential_is_registered_once(
    transactions: Transactions, ada: Principal, key: Authenticator
) -> None:
    sign_up(transactions, key)

    with pytest.raises(Forbidden, match="passkey_refused"):
        sign_up(transactions, key, alias="Elio")
    with pytest.raises(Forbidden, match="passkey_refused"):
        sign_up(transactions, key, alias="Ada", current=ada)
    assert people(transactions) == {"Ada": True, "Dora": False}


def test_contract_1_a_guest_who_signs_up_is_the_same_person(
    transactions: Transactions, heard: Heard, ada: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        remember(tx, ada)
    entered = sign_up(transactions, key, alias="Ada", current=ada)

    principal = entered.principal
    assert principal.user == replace(ada.user, gender=Gender.OTHER, is_anonymous=False)
    assert principal.session.id == ada.session.id
    assert principal.visit_id == ada.visit_id
    assert heard.events == [SessionUpgraded(session_id=ada.session.id)]
    with transactions.reading() as tx:
        visit = tx.db.get(tables.Visit, ada.visit_id)
        assert visit is not None
        assert (visit.ends_at, visit.left_at) == (None, None)
        assert principal.session.ends_at == tx.now + timedelta(days=30)
        assert tx.db.exec(select(tables.Message.author_id)).all() == [ada.user.id]
        assert tx.db.exec(select(tables.Membership.user_id)).all() == [ada.user.id]


def test_contract_2_and_6_the_guests_token_is_dead(
    transactions: Transactions, device: Device, place: PlaceId, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        before = enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="female", device=device, current=None
        )
    after = sign_up(transactions, key, current=before.principal)

    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(after.session_token)) == after.principal
        with pytest.raises(NotSignedIn):
            authenticate(tx, hash_token(before.session_token))


def test_contract_5_a_double_click_makes_one_account(
    transactions: Transactions, ada: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        begun = begin(tx, alias="Ada", current=ada)
    answer = key.create(begun.options)

    outcomes = at_once(
        lambda: finish(transactions, begun, answer, current=ada),
        lambda: finish(transactions, begun, answer, current=ada),
    )

    assert sorted(outcomes) == ["in", "passkey_refused"]
    assert people(transactions) == {"Ada": False}


def test_contract_5_and_s49_two_tabs_make_one_account(
    transactions: Transactions, ada: Principal
) -> None:
    first, second = answered(transactions, ada), answered(transactions, ada)

    outcomes = at_once(
        lambda: finish(transactions, *first, current=ada),
        lambda: finish(transactions, *second, current=ada),
    )

    assert sorted(outcomes) == ["already_registered", "in"]
    assert people(transactions) == {"Ada": False}
    with transactions.reading() as tx:
        assert len(tx.db.exec(select(tables.Passkey)).all()) == 1


def test_contract_5_the_second_tab_is_told_when_it_comes_later(
    transactions: Transactions, ada: Principal
) -> None:
    first, second = answered(transactions, ada), answered(transactions, ada)
    registered = finish(transactions, *first, current=ada).principal

    with pytest.raises(Conflict, match="already_registered"):
        finish(transactions, *second, current=registered)
    with transactions.writing() as tx, pytest.raises(Conflict, match="already_registered"):
        begin(tx, alias="Ada", current=registered)


def test_contract_7_an_alias_that_is_laid_down_rests(
    transactions: Transactions, device: Device, ada: Principal, key: Authenticator
) -> None:
    entered = sign_up(transactions, key, alias="Dora", current=ada)

    assert entered.principal.user.alias == "Dora"
    for alias in ("Ada", "Dora"):
        with transactions.writing() as tx, pytest.raises(Conflict, match="alias_taken"):
            enter_as_guest(
                tx, place_slug=SLUG, alias=alias, gender="male", device=device, current=None
            )


def test_an_alias_that_was_never_worn_here_does_not_rest(
    transactions: Transactions, device: Device, ada: Principal, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        visit = tx.db.get(tables.Visit, ada.visit_id)
        assert visit is not None
        visit.left_at = tx.now
    sign_up(transactions, key, alias="Dora", current=ada)

    with transactions.writing() as tx:
        assert enter_as_guest(
            tx, place_slug=SLUG, alias="Ada", gender="male", device=device, current=None
        )


def test_contract_8_a_failure_midway_leaves_the_guest_as_they_were(
    transactions: Transactions, heard: Heard, ada: Principal, key: Authenticator
) -> None:
    sign_up(transactions, key, alias="Dora")
    heard.events.clear()

    with pytest.raises(Forbidden):  # the credential is Dora's: refused in the last unit
        sign_up(transactions, key, alias="Elio", current=ada)

    assert heard.events == []
    with transactions.writing() as tx:
        assert look_up(tx, ada.session.id) == ada
        assert continue_session(tx, ada, place_slug=SLUG).principal == ada


def test_a_guest_whose_session_ended_meanwhile_makes_no_account(
    transactions: Transactions, ada: Principal
) -> None:
    begun, answer = answered(transactions, ada)
    with transactions.writing() as tx:
        log_out(tx, ada)

    with pytest.raises(NotSignedIn):
        finish(transactions, begun, answer, current=ada)
    assert people(transactions) == {"Ada": True}


@pytest.mark.parametrize("is_guest", [True, False])
def test_an_alias_taken_during_the_ceremony_does_not_cost_the_account(
    transactions: Transactions,
    device: Device,
    ada: Principal,
    key: Authenticator,
    *,
    is_guest: bool,
) -> None:
    current = ada if is_guest else None
    with transactions.writing() as tx:
        begun = begin(tx, alias="Dora", current=current)
    with transactions.writing() as tx:
        enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="male", device=device, current=None
        )

    entered = finish(transactions, begun, key.create(begun.options), current=current)

    assert entered.principal.user.alias == "Dora"
    assert entered.principal.place_id == ada.place_id


def test_the_browser_is_asked_with_what_was_typed(
    transactions: Transactions, place: PlaceId
) -> None:
    with transactions.writing() as tx:
        first, second = begin(tx), begin(tx)

    assert first.options["user"]["name"] == "Dora"
    assert len(decode(first.options["challenge"])) == 32
    assert first.options["challenge"] != second.options["challenge"]
    assert first.options["user"]["id"] != second.options["user"]["id"]
    assert first.handle_token not in repr(first)


def answered(transactions: Transactions, current: Principal) -> tuple[Begun, Json]:
    with transactions.writing() as tx:
        begun = begin(tx, alias=current.user.alias, current=current)
    return begun, Authenticator().create(begun.options)


def remember(tx: Transaction, person: Principal) -> None:
    """Let somebody have a room and a message in it."""
    room_id = new_id()
    room = tables.Room(
        id=room_id,
        place_id=str(person.place_id),
        slug="room",
        name="Room",
        kind="general",
        position=1,
    )
    tx.db.add(room)
    tx.db.flush()
    tx.db.add(tables.Membership(user_id=person.user.id, room_id=room_id, joined_at=tx.now))
    message = tables.Message(
        id=new_id(),
        room_id=room_id,
        seq=1,
        rev=1,
        client_id="one",
        kind="words",
        author_id=person.user.id,
        visit_id=person.visit_id,
        body="Ciao!",
        sent_at=tx.now,
        expires_at=tx.now + timedelta(hours=48),
    )
    tx.db.add(message)
