"""Recovery codes: the second proof beside the phone, each for once (S26)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.recovering import HOUR, add_code, prove
from tests.conftest import StoppedClock
from tests.support.accounts import sign_up
from tests.support.authenticator import Authenticator
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.recovery.recovery_codes import count_left, make_codes
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.refusals import Conflict, Forbidden, Invalid
from treno_chat.stores import tables


def test_s26_a_recovery_code_is_good_for_once(
    transactions: Transactions,
    clock: StoppedClock,
    texts: Texts,
    codes: tuple[str, ...],
    proven: str,
) -> None:
    add_code(transactions, proven, codes[0])
    clock.pass_(HOUR)
    again, _ = prove(transactions, texts)

    with pytest.raises(Invalid, match="recovery_code_wrong"):
        add_code(transactions, again, codes[0])
    assert add_code(transactions, again, codes[1])


def test_s26_recovery_codes_are_kept_as_hashes_alone(
    transactions: Transactions, codes: tuple[str, ...]
) -> None:
    with transactions.reading() as tx:
        kept = str(tx.db.exec(select(tables.RecoveryCode)).all())

    assert len(codes) == len(set(codes)) == 10
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_new_recovery_codes_take_the_place_of_the_old(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    with transactions.writing() as tx:
        new = make_codes(tx, dora.principal)

    with pytest.raises(Invalid, match="recovery_code_wrong"):
        add_code(transactions, proven, codes[0])
    assert add_code(transactions, proven, new[0])


def test_recovery_codes_are_made_by_whoever_proved_it_just_now(
    transactions: Transactions, clock: StoppedClock, dora: Entered, ada: Principal
) -> None:
    clock.pass_(timedelta(minutes=11))

    with transactions.writing() as tx:
        with pytest.raises(Forbidden, match="step_up_needed"):
            make_codes(tx, dora.principal)
        with pytest.raises(Forbidden, match="account_needed"):
            make_codes(tx, ada)


def test_a_recovery_code_of_somebody_else_is_none(
    transactions: Transactions, dora: Entered, proven: str
) -> None:
    elio = sign_up(transactions, Authenticator(), alias="Elio", phone="345 678 9013")
    with transactions.writing() as tx:
        his = make_codes(tx, elio.principal)

    with pytest.raises(Invalid, match="recovery_code_wrong") as refused:
        add_code(transactions, proven, his[0])

    assert refused.value.field == "recovery_code"
    with transactions.reading() as tx:
        assert count_left(tx, elio.principal.user.id) == 10


def test_ten_wrong_recovery_codes_are_enough(
    transactions: Transactions, codes: tuple[str, ...], proven: str
) -> None:
    for typed in ["", "\0", "ab", *["0000-0000-0000-0000"] * 7]:
        with pytest.raises(Invalid, match="recovery_code_wrong"):
            add_code(transactions, proven, typed)

    with pytest.raises(Conflict, match="code_gone"):
        add_code(transactions, proven, codes[0])


def test_s49_of_many_who_use_one_recovery_code_at_once_one_wins(
    transactions: Transactions,
    clock: StoppedClock,
    texts: Texts,
    codes: tuple[str, ...],
    proven: str,
) -> None:
    clock.pass_(timedelta(minutes=1))
    also_proven, _ = prove(transactions, texts)

    outcomes = at_once(
        *[lambda: add_code(transactions, proven, codes[0])] * 2,
        *[lambda: add_code(transactions, also_proven, codes[0])] * 2,
    )

    assert outcomes.count("in") == 1
    assert set(outcomes) <= {"in", "code_gone", "recovery_code_wrong"}
