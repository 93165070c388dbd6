"""Recovery by phone alone: it takes time, and whoever is inside can call it off (S24, S25)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.actions.audits import kinds_of
from tests.actions.recovering import DAY, add_code, begin, recover, state, wait
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import BROWSER, PHONE
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.door.notices import unread
from treno_chat.actions.recovery.beginning import cancel_recovery, find_recovery
from treno_chat.actions.recovery.recovery_codes import count_left
from treno_chat.actions.recovery.verification import send_code
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.recovery.codes import Purpose
from treno_chat.domain.recovery.recoveries import RecoveryState
from treno_chat.domain.refusals import Conflict, Forbidden
from treno_chat.domain.talk.events import NoticeGiven
from treno_chat.locales import words_in


def test_s24_the_phone_alone_opens_nothing_at_once(
    transactions: Transactions, clock: StoppedClock, dora: Entered, proven: str
) -> None:
    opened = wait(transactions, proven)

    for left in (DAY, timedelta(seconds=1)):
        clock.now = opened.recovery.effective_at - left
        assert state(transactions, opened) is RecoveryState.WAITING
        with pytest.raises(Forbidden, match="recovery_waits"):
            begin(transactions, opened)
    clock.pass_(timedelta(seconds=1))
    assert state(transactions, opened) is RecoveryState.READY
    entered, _ = recover(transactions, opened)
    assert entered.principal.user == dora.principal.user


def test_s25_whoever_is_signed_in_is_told_of_the_wait(
    transactions: Transactions, heard: Heard, dora: Entered, proven: str
) -> None:
    opened = wait(transactions, proven)

    (event,) = heard.events
    assert event == NoticeGiven(
        user_id=dora.principal.user.id, session_ids=(dora.principal.session.id,)
    )
    with transactions.reading() as tx:
        (notice,) = unread(tx, dora.principal)
    assert (notice.kind, notice.subject) == (NoticeKind.RECOVERY_PENDING, opened.recovery.id)


def test_whoever_is_signed_in_calls_it_off(
    transactions: Transactions, clock: StoppedClock, dora: Entered, proven: str
) -> None:
    opened = wait(transactions, proven)
    with transactions.writing() as tx:
        assert cancel_recovery(tx, dora.principal) == 1
        assert cancel_recovery(tx, dora.principal) == 0

    assert state(transactions, opened) is RecoveryState.CANCELLED
    clock.pass_(DAY)
    with pytest.raises(Conflict, match="recovery_cancelled"):
        begin(transactions, opened)
    with transactions.reading() as tx:
        assert unread(tx, dora.principal) == []
    assert kinds_of(transactions, dora.principal.user.id)[-1] == "recovery_cancelled"


def test_nobody_calls_off_what_is_not_theirs(
    transactions: Transactions, dora: Entered, proven: str, ada: Principal
) -> None:
    opened = wait(transactions, proven)
    with transactions.writing() as tx:
        assert cancel_recovery(tx, ada) == 0

    assert state(transactions, opened) is RecoveryState.WAITING


def test_a_recovery_that_nobody_uses_is_over_in_the_end(
    transactions: Transactions, clock: StoppedClock, dora: Entered, proven: str
) -> None:
    opened = wait(transactions, proven)
    clock.pass_(DAY + DAY)

    assert state(transactions, opened) is RecoveryState.EXPIRED
    with pytest.raises(Conflict, match="code_gone"):
        begin(transactions, opened)


def test_s48_no_step_can_be_left_out(
    transactions: Transactions, texts: Texts, dora: Entered, codes: tuple[str, ...]
) -> None:
    with transactions.writing() as tx:
        sent = send_code(
            tx,
            Purpose.RECOVERY,
            phone=PHONE,
            region="IT",
            words=words_in("en"),
            address=BROWSER.address,
        )
    steps: list[Callable[[], object]] = [
        lambda: add_code(transactions, sent.handle_token, codes[0]),
        lambda: wait(transactions, sent.handle_token),
        lambda: add_code(transactions, "", codes[0]),
        lambda: wait(transactions, ""),
    ]
    for step in steps:
        with pytest.raises(Conflict, match="code_gone"):
            step()
    with transactions.reading() as tx:
        for handle_token in (sent.handle_token, ""):
            with pytest.raises(Conflict, match="code_gone"):
                find_recovery(tx, handle_token)
        assert count_left(tx, dora.principal.user.id) == 10


def test_s49_of_many_who_begin_to_wait_at_once_one_does(
    transactions: Transactions, dora: Entered, proven: str
) -> None:
    outcomes = at_once(*[lambda: wait(transactions, proven)] * 4)

    assert sorted(outcomes) == ["code_gone"] * 3 + ["in"]
