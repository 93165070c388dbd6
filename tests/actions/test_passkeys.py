"""Logging in: whoever holds the passkey comes back as themselves, and nobody else does."""

from collections.abc import Collection, Generator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlmodel import delete, select
from structlog.testing import capture_logs

from tests.conftest import Heard, StoppedClock
from tests.support.authenticator import Authenticator, Lie
from tests.support.races import at_once
from treno_chat.actions.challenges import Begun
from treno_chat.actions.entry import enter_as_guest
from treno_chat.actions.passkeys import (
    begin_login,
    begin_sign_up,
    finish_login,
    finish_sign_up,
)
from treno_chat.actions.sessions import authenticate, log_out, look_up
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.auth_events import AuthEventKind, Outcome
from treno_chat.domain.events import NoticeGiven, SessionEnded
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Conflict, Forbidden, NotFound, NotSignedIn
from treno_chat.domain.sessions import Device, Entered, Principal, hash_token
from treno_chat.stores import auth_events, passkeys, tables

SLUG = "treno-lucca-aulla"


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator, which counts."""
    return Authenticator(sign_count=1)


@pytest.fixture
def dora(
    transactions: Transactions, heard: Heard, place: PlaceId, device: Device, key: Authenticator
) -> Entered:
    """A registered person, signed in at the place."""
    with transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug=SLUG,
            alias="Dora",
            gender="female",
            phone="345 678 9012",
            region="IT",
            current=None,
        )
    entered = finish_sign_up(
        transactions,
        handle_token=begun.handle_token,
        credential=key.create(begun.options),
        place_slug=SLUG,
        device=device,
        current=None,
    )
    heard.events.clear()
    key.sign_count = 2
    return entered


def begin(transactions: Transactions) -> Begun:
    with transactions.writing() as tx:
        return begin_login(tx)


def finish(
    transactions: Transactions,
    begun: Begun,
    answer: object,
    *,
    current: Principal | None = None,
    place_slug: str = SLUG,
) -> Entered:
    return finish_login(
        transactions,
        handle_token=begun.handle_token,
        credential=answer,
        place_slug=place_slug,
        device=Device(address="192.0.2.9", user_agent="another browser"),
        current=current,
    )


def log_in(
    transactions: Transactions,
    key: Authenticator,
    lie: Lie | None = None,
    *,
    current: Principal | None = None,
) -> Entered:
    begun = begin(transactions)
    return finish(transactions, begun, key.get(begun.options, lie or Lie()), current=current)


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
        kept = passkeys.get(tx.db, key.credential_id)
        assert kept is not None
        assert kept.sign_count == 7
        assert kept.used_at == clock.now
        assert kept.is_backup_eligible
        assert not kept.is_backed_up


@pytest.mark.parametrize(
    "lie",
    [
        Lie(origin="https://evil.example"),
        Lie(rp_id="evil.example"),
        Lie(type="webauthn.create"),
        Lie(challenge=bytes(32)),
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

    with pytest.raises(Forbidden, match="passkey_refused"):
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

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, late, key.get(late.options, Lie(sign_count=9)))


def test_a5_a_captured_answer_does_not_work_in_another_browser(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    hers, thiefs = begin(transactions), begin(transactions)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, thiefs, key.get(hers.options))


def test_s49_of_two_redemptions_of_a_challenge_one_wins(
    transactions: Transactions, dora: Entered, key: Authenticator
) -> None:
    begun = begin(transactions)
    answer = key.get(begun.options)

    outcomes = at_once(*[lambda: finish(transactions, begun, answer)] * 4)

    assert sorted(outcomes) == ["in", *["passkey_refused"] * 3]


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


class Interrupted(Transactions):
    """Removes every passkey while the signature is verified."""

    units = 0

    @contextmanager
    def writing(self, *, in_turn: str | Collection[str] = ()) -> Generator[Transaction]:
        """Open a unit, the second one after the deed."""
        self.units += 1
        if self.units == 2:  # the first took the challenge
            with super().writing() as tx:
                tx.db.exec(delete(tables.Passkey))
        with super().writing(in_turn=in_turn) as tx:
            yield tx


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
