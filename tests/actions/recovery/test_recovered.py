"""The end of a recovery: a new passkey, nobody else signed in, everything told (S25, S31)."""

import pytest

from tests.actions.audits import kinds_of
from tests.actions.recovering import HOUR, add_code, begin, finish, prove, recover, state, wait
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import log_in, sign_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.account.own_passkeys import begin_addition
from treno_chat.actions.door.notices import unread
from treno_chat.actions.door.sessions import authenticate, look_up
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.recovery.beginning import cancel_recovery
from treno_chat.actions.recovery.recovery_codes import count_left
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Entered, Principal, hash_token
from treno_chat.domain.recovery.recoveries import RecoveryState
from treno_chat.domain.refusals import Conflict, Forbidden, NotSignedIn
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.stores import tables
from treno_chat.stores.door import passkeys


def test_phone_and_recovery_code_lead_back_in_at_once(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0].upper().replace("-", " "))

    entered, new_key = recover(transactions, opened)

    assert opened.user == entered.principal.user == dora.principal.user
    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(entered.session_token)) == entered.principal
        assert count_left(tx, dora.principal.user.id) == 9
    assert log_in(transactions, new_key).principal.user == dora.principal.user


def test_s28_and_s31_every_other_session_ends_and_the_old_passkeys_stay(
    transactions: Transactions,
    heard: Heard,
    dora: Entered,
    codes: tuple[str, ...],
    proven: str,
    *,
    key: Authenticator,
) -> None:
    elsewhere = log_in(transactions, key)
    entered, _ = recover(transactions, add_code(transactions, proven, codes[0]))

    ended = [event.session_id for event in heard.events if isinstance(event, SessionEnded)]
    assert sorted(ended) == sorted(e.principal.session.id for e in (dora, elsewhere))
    with transactions.reading() as tx:
        for gone in (dora, elsewhere):
            with pytest.raises(NotSignedIn):
                look_up(tx, gone.principal.session.id)
        assert look_up(tx, entered.principal.session.id).visit_id is not None
        assert len(passkeys.of_person(tx.db, dora.principal.user.id)) == 2
    key.sign_count += 1
    assert log_in(transactions, key)


def test_s25_it_is_told_counted_and_written_down(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    entered, _ = recover(transactions, add_code(transactions, proven, codes[0]))

    with transactions.reading() as tx:
        told = {notice.kind for notice in unread(tx, entered.principal)}
        row = tx.db.get(tables.User, dora.principal.user.id)
        assert row is not None
        assert row.phone_uses == 1
    assert told == {NoticeKind.RECOVERED, NoticeKind.RECOVERY_CODES_MADE}
    kinds = kinds_of(transactions, dora.principal.user.id)
    for kind in ("recovery_code_used", "recovery_asked", "session_revoked", "recovered"):
        assert kind in kinds


def test_what_is_called_off_during_the_ceremony_is_off(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])
    begun = begin(transactions, opened)
    with transactions.writing() as tx:
        cancel_recovery(tx, dora.principal)

    with pytest.raises(Conflict, match="recovery_cancelled"):
        finish(transactions, opened, begun, Authenticator().create(begun.options))


def test_a_recovery_is_good_for_once(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])
    recover(transactions, opened)

    with pytest.raises(Conflict, match="code_gone"):
        begin(transactions, opened)


def test_one_recovery_ends_all_others_of_the_account(
    transactions: Transactions,
    clock: StoppedClock,
    texts: Texts,
    dora: Entered,
    codes: tuple[str, ...],
    *,
    proven: str,
) -> None:
    thiefs = wait(transactions, proven)
    clock.pass_(HOUR)
    also_proven, _ = prove(transactions, texts)
    entered, _ = recover(transactions, add_code(transactions, also_proven, codes[0]))

    assert state(transactions, thiefs) is RecoveryState.CANCELLED
    with transactions.reading() as tx:
        kinds = {notice.kind for notice in unread(tx, entered.principal)}
    assert NoticeKind.RECOVERY_PENDING not in kinds


@pytest.mark.parametrize("lie", [Lie(origin="https://evil.example"), Lie(type="webauthn.get")])
def test_a_failed_ceremony_leaves_everything_as_it_was(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str, lie: Lie
) -> None:
    opened = add_code(transactions, proven, codes[0])
    begun = begin(transactions, opened)

    with pytest.raises(Forbidden, match="passkey_refused"):
        finish(transactions, opened, begun, Authenticator().create(begun.options, lie))

    with transactions.reading() as tx:
        assert look_up(tx, dora.principal.session.id)
    entered, _ = recover(transactions, opened)
    assert entered.principal.user == dora.principal.user


def test_the_challenge_of_another_ceremony_recovers_nobody(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])
    elio = sign_up(transactions, Authenticator(), alias="Elio", phone="345 678 9013")
    with transactions.writing() as tx:
        his = begin_addition(tx, elio.principal)

    with pytest.raises(Forbidden, match="passkey_expired"):
        finish(transactions, opened, his, Authenticator().create(his.options))


def test_a_guest_who_recovers_goes_and_leaves_no_alias_behind(
    transactions: Transactions,
    heard: Heard,
    dora: Entered,
    codes: tuple[str, ...],
    proven: str,
    *,
    ada: Principal,
) -> None:
    entered, _ = recover(transactions, add_code(transactions, proven, codes[0]), current=ada)

    assert entered.principal.user == dora.principal.user
    assert SessionEnded(session_id=ada.session.id) in heard.events


def test_s49_of_many_new_passkeys_at_once_one_is_kept(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])

    outcomes = at_once(*[lambda: recover(transactions, opened)] * 3)

    assert sorted(outcomes) == ["code_gone"] * 2 + ["in"]
    with transactions.reading() as tx:
        assert len(passkeys.of_person(tx.db, dora.principal.user.id)) == 2


def test_whoever_was_shut_out_meanwhile_does_not_come_back(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])
    with transactions.writing() as tx:
        disable_person(tx, dora.principal.user.id)

    with pytest.raises(Conflict, match="code_gone"):
        begin(transactions, opened)
