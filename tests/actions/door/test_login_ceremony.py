"""The ceremony of logging in: whatever is not in order meets one refusal."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlmodel import delete, select

from tests.actions.logging_in import SLUG, begin, finish, log_in
from tests.conftest import Heard, StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.races import at_once
from treno_chat.actions.door.passkeys import (
    begin_sign_up,
    finish_sign_up,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Device, Entered
from treno_chat.domain.operations.auth_events import AuthEventKind, Outcome
from treno_chat.domain.refusals import Forbidden
from treno_chat.domain.talk.events import NoticeGiven
from treno_chat.stores import tables
from treno_chat.stores.operations import auth_events


class Interrupted(Transactions):
    """Removes every passkey while the signature is verified."""

    units = 0

    @contextmanager
    def writing(
        self, *, in_turn: str | Collection[str] = (), is_durable: bool = True
    ) -> Generator[Transaction]:
        """Open a unit, the second one after the deed."""
        self.units += 1
        if self.units == 2:  # the first took the challenge
            with super().writing() as tx:
                tx.db.exec(delete(tables.Passkey))
        with super().writing(in_turn=in_turn, is_durable=is_durable) as tx:
            yield tx


@pytest.mark.parametrize(
    "lie",
    [
        Lie(origin="https://evil.example"),
        Lie(rp_id="evil.example"),
        Lie(type="webauthn.create"),
        Lie(more={"crossOrigin": True}),
        Lie(more={"topOrigin": "https://evil.example"}),
        Lie(flags=0x19),  # not verified
        Lie(flags=0x05),  # no longer eligible for backup
        Lie(sign_count=1),
        Lie(without_handle=True),
        Lie(handle=bytes(64)),
    ],
)
def test_a18_every_lie_meets_the_same_refusal(
    transactions: Transactions, heard: Heard, dora: Entered, key: Authenticator, lie: Lie
) -> None:
    with pytest.raises(Forbidden) as refused:
        log_in(transactions, key, lie)

    assert (refused.value.code, refused.value.field) == ("passkey_refused", None)
    assert refused.value.params == {}
    assert [event for event in heard.events if not isinstance(event, NoticeGiven)] == []
    assert log_in(transactions, key).principal.user == dora.principal.user


def test_a14_a_counter_that_went_back_is_written_down_and_told_to_its_owner(
    transactions: Transactions, heard: Heard, dora: Entered, key: Authenticator
) -> None:
    with pytest.raises(Forbidden):
        log_in(transactions, key, Lie(sign_count=1))

    person = dora.principal
    assert heard.events == [NoticeGiven(user_id=person.user.id, session_ids=(person.session.id,))]
    with transactions.reading() as tx:
        events = auth_events.of_user(tx.db, person.user.id)
    refused = {event.kind for event in events if event.outcome is Outcome.REFUSED}
    assert refused == {AuthEventKind.LOGIN_REFUSED, AuthEventKind.COUNTER_REGRESSED}


def test_s67_an_unknown_passkey_is_said_to_be_unknown_and_nothing_else(
    transactions: Transactions, dora: Entered
) -> None:
    stranger = Authenticator(handle=bytes(64))

    with pytest.raises(Forbidden) as refused:
        log_in(transactions, stranger)

    assert refused.value.code == "passkey_refused"
    assert refused.value.params == {"is_unknown": True}


def test_a3_the_handle_of_one_account_does_not_open_with_the_passkey_of_another(
    transactions: Transactions, device: Device, dora: Entered, key: Authenticator
) -> None:
    other = Authenticator()
    with transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug=SLUG,
            alias="Elio",
            gender="male",
            phone="345 678 9013",
            region="IT",
            current=None,
        )
    finish_sign_up(
        transactions,
        handle_token=begun.handle_token,
        credential=other.create(begun.options),
        place_slug=SLUG,
        device=device,
        current=None,
    )

    with pytest.raises(Forbidden, match="passkey_refused"):
        log_in(transactions, other, Lie(handle=key.handle))


@pytest.mark.parametrize("answer", [None, [], {}, "a text", {"id": 1}])
def test_a_challenge_is_gone_whatever_was_answered(
    transactions: Transactions, dora: Entered, key: Authenticator, answer: object
) -> None:
    begun = begin(transactions)
    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, begun, answer)

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, begun, key.get(begun.options))
    with transactions.reading() as tx:
        assert tx.db.exec(select(tables.Challenge)).all() == []


def test_a5_a_challenge_lives_for_five_minutes(
    transactions: Transactions, clock: StoppedClock, dora: Entered, key: Authenticator
) -> None:
    begun, late = begin(transactions), begin(transactions)
    clock.pass_(timedelta(seconds=299))
    assert finish(transactions, begun, key.get(begun.options))
    clock.pass_(timedelta(seconds=1))

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, late, key.get(late.options, Lie(sign_count=9)))


def test_a5_a_captured_answer_does_not_work_in_another_browser(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    hers, thiefs = begin(transactions), begin(transactions)

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, thiefs, key.get(hers.options))


def test_s49_of_two_redemptions_of_a_challenge_one_wins(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    begun = begin(transactions)
    answer = key.get(begun.options)

    outcomes = at_once(*[lambda: finish(transactions, begun, answer)] * 4)

    assert sorted(outcomes) == ["in", *["passkey_expired"] * 3]


def test_a14_of_two_logins_with_the_same_count_one_wins(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    first, second = begin(transactions), begin(transactions)
    answers = key.get(first.options), key.get(second.options)

    outcomes = at_once(
        lambda: finish(transactions, first, answers[0]),
        lambda: finish(transactions, second, answers[1]),
    )

    assert sorted(outcomes) == ["in", "passkey_refused"]


def test_a_passkey_removed_during_the_ceremony_signs_nobody_in(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    begun = begin(transactions)
    interrupted = Interrupted(
        transactions.database,
        policy=transactions.policy,
        vault=transactions.vault,
        clock=transactions.clock,
    )

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(interrupted, begun, key.get(begun.options))
    # The challenge's, the one that came too late, and that of the audit.
    assert interrupted.units == 3
