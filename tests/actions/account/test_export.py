"""The export: everything about the caller, readable, and nothing of anybody else."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from tests.actions.audits import kinds_of
from tests.actions.worlds import leave, make_staff, say
from tests.conftest import StoppedClock
from tests.support.accounts import BROWSER, PHONE, SLUG, sign_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.account.export import begin_export, write_export
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.talk.messages import delete_message
from treno_chat.actions.talk.rooms import open_room
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.places import Room
from treno_chat.stores import tables


@pytest.fixture
def dora_entered(transactions: Transactions, train: Room) -> Entered:
    """Somebody who has just signed up."""
    return sign_up(transactions, Authenticator())


@pytest.fixture
def dora(transactions: Transactions, dora_entered: Entered, train: Room) -> Principal:
    """The same, with everything an account can have."""
    dora = dora_entered.principal
    with transactions.writing() as tx:
        make_staff(tx, dora)
        open_room(tx, dora, SLUG, "treno")
        say(tx, dora, train, "Città «bella»\nè 👩‍🚀")
        give_notice(tx, dora.user.id, NoticeKind.PASSKEY_ADDED, "Laptop")
    return dora


def export(transactions: Transactions, principal: Principal) -> str:
    with transactions.writing() as tx:
        held_otherwise = begin_export(tx, principal)
    return "".join(write_export(transactions, principal.user, held_otherwise))


def test_it_holds_everything_that_is_held(transactions: Transactions, dora: Principal) -> None:
    told: dict[str, Any] = json.loads(export(transactions, dora))

    assert told["person"]["alias"] == "Dora"
    assert told["person"]["phone"] == PHONE
    assert [each["place"] for each in told["sessions"]] == ["Treno Lucca–Aulla"]
    assert told["sessions"][0]["address"] == BROWSER.address
    assert len(told["passkeys"]) == len(told["visits"]) == len(told["staff_roles"]) == 1
    assert [each["room"] for each in told["rooms"]] == ["Treno Lucca–Aulla"]
    assert [(each["kind"], each["subject"]) for each in told["notices"]] == [
        ("passkey_added", "Laptop")
    ]
    assert [each["text"] for each in told["messages"]] == ["Città «bella»\nè 👩‍🚀"]
    assert "signed_up" in [each["kind"] for each in told["events"]]
    assert "exported" in kinds_of(transactions, dora.user.id)


def test_every_table_that_points_to_a_person_is_in_it(
    transactions: Transactions, dora: Principal
) -> None:
    pointing = {
        name for name, table in tables.metadata.tables.items() if "user_id" in table.columns
    }

    assert pointing == {
        "answerrun",  # lives for seconds: which question is being answered
        "authevent",
        "challenge",  # lives for minutes, and holds what was typed a moment ago
        "conversation",
        "externallogin",
        "loginsession",
        "maillink",
        "membership",
        "notice",
        "openquestion",
        "passkey",
        "password",
        "recovery",
        "recoverycode",
        "staffrole",
        "task",
        "utterance",
        "verification",
        "visit",
    }
    told = json.loads(export(transactions, dora))
    assert set(told) == {
        "codes_by_sms",
        "conversations",
        "events",
        "exported_at",
        "external_logins",
        "links_by_mail",
        "messages",
        "notices",
        "passkeys",
        "passwords",
        "person",
        "questions_and_answers",
        "questions_handed_over",
        "recoveries",
        "recovery_codes",
        "rooms",
        "sessions",
        "staff_roles",
        "tasks",
        "visits",
    }


def test_an_address_of_mail_is_told_to_its_owner(
    transactions: Transactions, dora: Principal
) -> None:
    with transactions.writing() as tx:
        row = tables.Password(
            user_id=dora.user.id,
            email_sealed=tx.vault.seal("dora@example.org"),
            email_fingerprint="print",
            password_hash="hash of the password",  # noqa: S106 -- opens nothing
            changed_at=tx.now,
        )
        tx.db.add(row)
    text = export(transactions, dora)

    assert json.loads(text)["person"]["email"] == "dora@example.org"
    assert "hash of the password" not in text


def test_it_reads_as_text(transactions: Transactions, dora: Principal) -> None:
    text = export(transactions, dora)

    assert "Città «bella»" in text
    assert '\n  "person": {\n    "id"' in text


def test_nothing_of_others_is_in_it(
    transactions: Transactions, ada: Principal, dora: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Sono Ada")
    other = sign_up(transactions, Authenticator(), alias="Elio", phone="+393331234567").principal
    text = export(transactions, dora)

    for stranger in (ada, other):
        assert stranger.user.id not in text
        assert f'"{stranger.user.alias}"' not in text
        assert stranger.session.id not in text
    assert "Sono Ada" not in text
    assert "3331234567" not in text


def test_nothing_in_it_opens_anything(
    transactions: Transactions, dora: Principal, dora_entered: Entered
) -> None:
    with transactions.writing() as tx:
        codes = make_codes(tx, dora)
    text = export(transactions, dora)

    with transactions.reading() as tx:
        hashes = tx.db.exec(select(tables.LoginSession.token_hash)).all()
        code_hashes = tx.db.exec(select(tables.RecoveryCode.code_hash)).all()
    for secret in (dora_entered.session_token, *codes, *hashes, *code_hashes):
        assert secret not in text
    assert "public_key" not in text


def test_only_what_is_still_held_is_in_it_however_much(
    transactions: Transactions, clock: StoppedClock, dora: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        delete_message(tx, dora, train.id, 1)
        query = select(tables.Message).where(col(tables.Message.seq) == 1)
        assert tx.db.exec(query).one().author_id == dora.user.id
        say(tx, dora, train, *(f"n. {number}" for number in range(401)))

    told = json.loads(export(transactions, dora))
    # All of them were said in the same moment: their order among themselves is anybody's.
    texts = [each["text"] for each in told["messages"]]
    assert sorted(texts) == sorted(f"n. {number}" for number in range(401))
    clock.pass_(timedelta(hours=48))
    assert json.loads(export(transactions, dora))["messages"] == []


def test_guests_take_along_what_is_theirs(
    transactions: Transactions, ada: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Ciao!")
        leave(tx, ada)

    told = json.loads(export(transactions, ada))
    assert (told["person"]["phone"], told["passkeys"]) == (None, [])
    assert [each["text"] for each in told["messages"]] == ["Ciao!"]
