"""Logging in with a passkey: who comes back, as whom, and what is written down."""

from datetime import timedelta

import pytest
from sqlmodel import select
from structlog.testing import capture_logs

from tests.actions.logging_in import SLUG, begin, finish, log_in
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import BROWSER
from tests.support.authenticator import Authenticator, Lie
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import authenticate, log_out, look_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token
from treno_chat.domain.refusals import Conflict, Forbidden, NotFound, NotSignedIn
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.stores import tables
from treno_chat.stores.door import passkeys


def test_whoever_holds_the_passkey_comes_back_as_themselves(
    transactions: Transactions, clock: StoppedClock, dora: Entered, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        log_out(tx, dora.principal)
    clock.pass_(timedelta(hours=1))

    entered = log_in(transactions, key)

    assert entered.principal.user == dora.principal.user
    assert entered.principal.place_id == dora.principal.place_id
    assert entered.principal.session.authenticated_at == clock.now
    assert entered.principal.session.ends_at == clock.now + timedelta(days=30)
    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(entered.session_token)) == entered.principal


def test_the_options_are_the_same_for_everybody(transactions: Transactions, dora: Entered) -> None:
    first, second = begin(transactions), begin(transactions)

    assert first.options["allowCredentials"] == []
    assert first.options.keys() == second.options.keys()
    assert first.options["challenge"] != second.options["challenge"]
    assert first.handle_token != second.handle_token


def test_s27_and_a17_a_login_in_the_same_browser_is_a_new_session(
    transactions: Transactions, heard: Heard, dora: Entered, key: Authenticator
) -> None:
    entered = log_in(transactions, key, current=dora.principal)

    assert entered.session_token != dora.session_token
    assert heard.events == [SessionEnded(session_id=dora.principal.session.id)]
    with transactions.reading() as tx:
        with pytest.raises(NotSignedIn):
            authenticate(tx, hash_token(dora.session_token))
        assert look_up(tx, entered.principal.session.id).user == dora.principal.user


def test_a_login_elsewhere_leaves_the_other_browser_alone(
    transactions: Transactions, heard: Heard, dora: Entered, key: Authenticator
) -> None:
    entered = log_in(transactions, key)

    assert heard.events == []
    assert entered.principal.visit_id == dora.principal.visit_id
    with transactions.reading() as tx:
        assert look_up(tx, dora.principal.session.id) == dora.principal


def test_contract_3_a_guest_who_logs_in_leaves_and_takes_nothing_along(
    transactions: Transactions,
    heard: Heard,
    device: Device,
    ada: Principal,
    dora: Entered,
    *,
    key: Authenticator,
) -> None:
    entered = log_in(transactions, key, current=ada)

    assert entered.principal.user == dora.principal.user
    assert heard.events == [SessionEnded(session_id=ada.session.id)]
    with transactions.writing() as tx:
        with pytest.raises(NotSignedIn):
            look_up(tx, ada.session.id)
        with pytest.raises(Conflict, match="alias_taken"):  # it rests
            enter_as_guest(
                tx, place_slug=SLUG, alias="Ada", gender="male", device=device, current=None
            )


def test_a_guest_who_is_at_no_place_leaves_no_alias_behind(
    transactions: Transactions, device: Device, ada: Principal, dora: Entered, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        visit = tx.db.get(tables.Visit, ada.visit_id)
        assert visit is not None
        visit.left_at = tx.now
    with transactions.reading() as tx:
        nowhere = look_up(tx, ada.session.id)
    log_in(transactions, key, current=nowhere)

    with transactions.writing() as tx:
        assert enter_as_guest(
            tx, place_slug=SLUG, alias="Ada", gender="male", device=device, current=None
        )


def test_a15_the_counter_the_backup_and_the_time_are_kept(
    transactions: Transactions, clock: StoppedClock, dora: Entered, key: Authenticator
) -> None:
    clock.pass_(timedelta(hours=1))
    log_in(transactions, key, Lie(sign_count=7, flags=0x0D))

    with transactions.reading() as tx:
        kept, _ = passkeys.get_with_handle(tx.db, key.credential_id) or (None, None)
        assert kept is not None
        assert kept.sign_count == 7
        assert kept.used_at == clock.now
        assert kept.is_backup_eligible
        assert not kept.is_backed_up


def test_an_alias_is_its_owners_again_once_the_guest_who_wore_it_is_gone(
    transactions: Transactions, clock: StoppedClock, dora: Entered, key: Authenticator
) -> None:
    with transactions.writing() as tx:
        log_out(tx, dora.principal)
        guest = enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="other", device=BROWSER, current=None
        )
    clock.pass_(timedelta(hours=12))
    again = log_in(transactions, key).principal

    with transactions.reading() as tx:
        kept = {visit.id: visit for visit in tx.db.exec(select(tables.Visit)).all()}
    assert kept[guest.principal.visit_id or ""].left_at == kept[again.visit_id or ""].entered_at
    assert kept[again.visit_id or ""].alias_skeleton == skeleton_of("Dora")


def test_nobody_logs_in_at_a_place_that_is_not_there(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    begun = begin(transactions)

    with pytest.raises(NotFound, match="place_not_found"):
        finish(transactions, begun, key.get(begun.options), place_slug="nowhere")
    assert finish(transactions, begun, key.get(begun.options))


def test_s57_and_s58_logins_are_on_record_without_their_secrets(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    with capture_logs() as records:
        entered = log_in(transactions, key)
        with pytest.raises(Forbidden):
            log_in(transactions, key, Lie(sign_count=1))

    told = [(record["event"], record.get("user"), record.get("detail")) for record in records]
    who = dora.principal.user.id
    assert told == [
        ("login_started", None, None),
        ("logged_in", who, None),
        ("login_started", None, None),
        ("login_refused", who, "A14: the counter went back"),
        ("counter_regressed", who, None),
    ]
    assert entered.session_token not in str(records)
