"""Leaving no trace: ten seconds to think again, then nothing is left in one go."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from tests.actions.audits import kinds_of
from tests.actions.worlds import make_staff, say
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import SLUG, log_in, sign_up
from tests.support.authenticator import Authenticator
from tests.support.races import at_once
from treno_chat.actions.account.erasure import ask_erasure, erase_due, finish_erasure, undo_erasure
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.assistant.conversations import start_conversation
from treno_chat.actions.assistant.tasks import add_task
from treno_chat.actions.assistant.utterances import say_in_conversation
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.jobs import JOBS
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.talk.messages import catch_up, delete_message
from treno_chat.actions.talk.rooms import newest_page, open_room
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.account.erasures import Erased
from treno_chat.domain.door.sessions import Device, Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Conflict, Forbidden, NotSignedIn, TooFast
from treno_chat.domain.talk.events import MessageEdited, SessionEnded
from treno_chat.stores import tables

TEN_SECONDS = timedelta(seconds=10)
PRIVATE = (
    tables.User,
    tables.LoginSession,
    tables.Passkey,
    tables.RecoveryCode,
    tables.Membership,
    tables.StaffRole,
    tables.Visit,
    tables.Notice,
    tables.Challenge,
    tables.Password,
    tables.MailLink,
    tables.ExternalLogin,
    tables.Task,
    tables.Conversation,
    tables.Utterance,
)


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, train: Room, key: Authenticator) -> Principal:
    """Somebody with everything an account can have."""
    dora = sign_up(transactions, key).principal
    log_in(transactions, key)
    with transactions.writing() as tx:
        make_codes(tx, dora)
        make_staff(tx, dora)
        open_room(tx, dora, SLUG, "treno")
        say(tx, dora, train, "Ciao!", "Scendo a Lucca")
        add_task(tx, dora, title="Latte")
        talk = start_conversation(tx, dora)
        say_in_conversation(tx, dora, talk.id, text="Quando?", client_id=str(uuid4()))
    return dora


def ask(transactions: Transactions, principal: Principal) -> int:
    with transactions.writing() as tx:
        return ask_erasure(tx, principal)


def is_here(transactions: Transactions, principal: Principal) -> bool:
    with transactions.reading() as tx:
        try:
            look_up(tx, principal.session.id)
        except NotSignedIn:
            return False
    return True


def test_nothing_is_erased_before_ten_seconds_have_passed(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    assert ask(transactions, dora) == 10
    clock.pass_(timedelta(seconds=4))

    assert ask(transactions, dora) == 6
    with pytest.raises(TooFast) as refused:
        finish_erasure(transactions, dora)
    assert refused.value.seconds == 6
    assert erase_due(transactions) == 0
    assert is_here(transactions, dora)


def test_whoever_thinks_again_has_lost_nothing(
    transactions: Transactions, clock: StoppedClock, dora: Principal, key: Authenticator
) -> None:
    ask(transactions, dora)
    with transactions.reading() as tx:
        assert view_account(tx, dora).profile.erasure_due_at == clock.now + TEN_SECONDS
    other = log_in(transactions, key).principal
    with transactions.writing() as tx:
        undo_erasure(tx, other)
    clock.pass_(timedelta(minutes=1))

    assert erase_due(transactions) == 0
    with pytest.raises(Conflict, match="erasure_not_asked"):
        finish_erasure(transactions, dora)
    assert is_here(transactions, dora)
    assert {"erasure_asked", "erasure_undone"} <= set(kinds_of(transactions, dora.user.id))


def test_nobody_can_call_off_what_nobody_asked_for(
    transactions: Transactions, dora: Principal
) -> None:
    with transactions.writing() as tx:
        undo_erasure(tx, dora)

    assert "erasure_undone" not in kinds_of(transactions, dora.user.id)


def test_s62_nothing_of_the_person_is_left_and_the_counts_are_told(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)

    assert finish_erasure(transactions, dora) == Erased(
        sessions=2,
        passkeys=1,
        codes=10,
        phone=1,
        memberships=1,
        messages=2,
        tasks=1,
        conversations=1,
    )
    with transactions.reading() as tx:
        for table in PRIVATE:
            rows = tx.db.exec(select(table)).all()
            assert not any(dora.user.id in row.model_dump().values() for row in rows), table
        for message in tx.db.exec(select(tables.Message)).all():
            assert (message.body, message.author_id, message.author_alias) == (None, None, None)
    assert kinds_of(transactions, dora.user.id)[-1] == "erased"


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


def test_erasing_asks_for_a_fresh_proof(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    clock.pass_(timedelta(minutes=11))

    with pytest.raises(Forbidden, match="step_up_needed"):
        ask(transactions, dora)


def test_guests_can_do_it_without_one(
    transactions: Transactions, clock: StoppedClock, ada: Principal, train: Room
) -> None:
    with transactions.writing() as tx:
        say(tx, ada, train, "Ciao!")
    clock.pass_(timedelta(hours=1))
    ask(transactions, ada)
    clock.pass_(TEN_SECONDS)

    assert finish_erasure(transactions, ada) == Erased(
        sessions=1,
        passkeys=0,
        codes=0,
        phone=0,
        memberships=0,
        messages=1,
        tasks=0,
        conversations=0,
    )
    assert not is_here(transactions, ada)


def test_a_guest_who_makes_an_account_meanwhile_stays(
    transactions: Transactions, clock: StoppedClock, ada: Principal, key: Authenticator
) -> None:
    ask(transactions, ada)
    sign_up(transactions, key, alias="Ada", current=ada)
    clock.pass_(timedelta(minutes=1))

    assert erase_due(transactions) == 0
    assert is_here(transactions, ada)


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


def test_the_job_does_it_when_the_page_is_gone(
    transactions: Transactions, clock: StoppedClock, ada: Principal, dora: Principal
) -> None:
    assert next(job for job in JOBS if job.run is erase_due).every <= timedelta(seconds=5)
    ask(transactions, dora)
    clock.pass_(timedelta(seconds=14))
    assert erase_due(transactions) == 0
    clock.pass_(timedelta(seconds=1))

    assert erase_due(transactions) == 1
    assert not is_here(transactions, dora)
    assert is_here(transactions, ada)
    assert erase_due(transactions) == 0


def test_s49_done_twice_at_once_it_is_done_once(
    transactions: Transactions, clock: StoppedClock, dora: Principal
) -> None:
    ask(transactions, dora)
    clock.pass_(TEN_SECONDS)
    counts: list[int] = []

    def finish() -> None:
        counts.append(finish_erasure(transactions, dora).messages)

    outcomes = at_once(finish, finish)

    assert outcomes.count("in") == 1
    assert set(outcomes) <= {"in", "erasure_not_asked", "not_signed_in"}
    assert counts == [2]


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
