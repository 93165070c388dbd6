"""Signing up: what is kept of whom, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.signing_up import SLUG, begin, finish, people, sign_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.door.passkeys import begin_sign_up
from treno_chat.actions.door.sessions import authenticate
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal, hash_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.people import Gender
from treno_chat.domain.policy import CodePolicy
from treno_chat.domain.refusals import (
    Conflict,
    Invalid,
    InvalidForm,
    NotFound,
)
from treno_chat.stores import tables
from treno_chat.stores.door import passkeys

PHONE = "+393456789012"


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
        kept, _ = passkeys.get_with_handle(tx.db, key.credential_id) or (None, None)
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


def test_a_number_that_gets_no_codes_is_refused_at_its_field(
    transactions: Transactions, place: PlaceId
) -> None:
    transactions.policy = replace(transactions.policy, codes=CodePolicy(countries=("IT",)))
    with transactions.writing() as tx:
        assert begin(tx)

        with pytest.raises(Invalid, match="phone_country") as refused:
            begin(tx, alias="Elio", phone="+33 6 12 34 56 78")

    assert refused.value.field == "phone"


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
