"""After somebody left no trace: what the others see, and what rests for a while."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.account.leaving import TEN_SECONDS, ask
from tests.actions.worlds import say
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import SLUG, log_in
from tests.support.authenticator import Authenticator
from treno_chat.actions.account.erasure import finish_erasure
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.talk.messages import catch_up, delete_message
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Conflict, Forbidden
from treno_chat.domain.talk.events import MessageEdited, SessionEnded
from treno_chat.stores import tables


def test_everybody_present_sees_tombstones_at_once(
    transactions: Transactions,
    clock: StoppedClock,
    heard: Heard,
    ada: Principal,
    dora: Principal,
    *,
    train: Room,
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Buon viaggio")
        before = newest_page(tx, ada, train.id)
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)
    heard.events.clear()
    finish_erasure(transactions, dora)

    told = [event.message for event in heard.events if isinstance(event, MessageEdited)]
    assert [(one.seq, one.rev) for one in told] == [
        (1, before.through_rev + 1),
        (2, before.through_rev + 2),
    ]
    assert all(one.has_left and one.author is None and not one.body for one in told)
    ended = [event for event in heard.events if isinstance(event, SessionEnded)]
    assert len(ended) == 2
    with transactions.reading() as tx:
        missed = catch_up(tx, ada, train.id, last_rev=before.through_rev, first_seq=1)
        assert sorted(one.seq for one in missed.changes) == [1, 2]
        assert missed.removed == ()
        assert newest_page(tx, ada, train.id).through_rev == before.through_rev + 2


def test_what_was_taken_back_earlier_is_told_as_such_and_not_counted(
    transactions: Transactions, clock: StoppedClock, dora: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        delete_message(tx, dora, train.id, 1)
        page = newest_page(tx, dora, train.id).page
    assert [one.has_left for one in page.messages] == [False, False]
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)

    assert finish_erasure(transactions, dora).messages == 1


def test_the_tombstones_of_a_guest_go_when_the_words_would_have_gone(
    transactions: Transactions, clock: StoppedClock, ada: Principal, bruno: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Ciao!")
    ask(transactions, ada)
    clock.pass_(TEN_SECONDS)
    finish_erasure(transactions, ada)

    for passed, number in ((timedelta(minutes=119), 1), (timedelta(minutes=1), 0)):
        clock.pass_(passed)
        with transactions.reading() as tx:
            assert len(newest_page(tx, bruno, train.id).page.messages) == number


def test_contract_7_the_alias_rests(
    transactions: Transactions, clock: StoppedClock, device: Device, dora: Principal
) -> None:
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)
    finish_erasure(transactions, dora)

    with transactions.writing() as tx, pytest.raises(Conflict, match="alias_taken"):
        enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="male", device=device, current=None
        )
    clock.pass_(timedelta(hours=25))
    with transactions.writing() as tx:
        assert enter_as_guest(
            tx, place_slug=SLUG, alias="Dora", gender="male", device=device, current=None
        )


def test_the_passkey_opens_nothing_any_more(
    transactions: Transactions, clock: StoppedClock, dora: Principal, key: Authenticator
) -> None:
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)
    finish_erasure(transactions, dora)

    with pytest.raises(Forbidden) as refused:
        log_in(transactions, key)
    assert refused.value.params == {"is_unknown": True}


def test_what_a_number_got_by_sms_is_counted_on_without_the_number(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    with transactions.writing() as tx:
        row = tables.Verification(
            id="one",
            handle_hash="hash",
            purpose="phone_change",
            user_id=dora.user.id,
            session_id=dora.session.id,
            phone_sealed=tx.vault.seal("+393331234567"),
            phone_fingerprint="print",
            prefix="+39333",
            network="network",
            is_decoy=False,
            code_hash="code",
            tries_left=3,
            sent_at=tx.now,
            expires_at=tx.now,
        )
        tx.db.add(row)
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)
    finish_erasure(transactions, dora)

    with transactions.reading() as tx:
        left = tx.db.exec(select(tables.Verification)).one()
        assert (left.user_id, left.session_id, left.phone_sealed) == (None, None, b"")
        assert left.phone_fingerprint == "print"
