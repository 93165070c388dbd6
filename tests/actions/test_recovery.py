"""Recovery: the phone and a second proof at once, the phone and time otherwise (S24, S25)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.audits import kinds_of
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import BROWSER, PHONE, SLUG, log_in, sign_up
from tests.support.authenticator import Authenticator, Lie
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.challenges import Begun
from treno_chat.actions.notices import unread
from treno_chat.actions.own_passkeys import begin_addition
from treno_chat.actions.recovered import begin_new_passkey, finish_new_passkey
from treno_chat.actions.recovery import (
    Opened,
    Ways,
    add_recovery_code,
    cancel_recovery,
    find_recovery,
    prove_number,
    wait_instead,
)
from treno_chat.actions.recovery_codes import count_left, make_codes
from treno_chat.actions.sessions import authenticate, look_up
from treno_chat.actions.transaction import Transactions
from treno_chat.actions.verification import send_code
from treno_chat.domain.codes import Purpose
from treno_chat.domain.events import NoticeGiven, SessionEnded
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.notices import NoticeKind
from treno_chat.domain.recoveries import RecoveryState
from treno_chat.domain.refusals import Conflict, Forbidden, Invalid, NotSignedIn
from treno_chat.domain.sessions import Entered, Principal, hash_token
from treno_chat.locales import words_in
from treno_chat.stores import passkeys, tables, users

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator, soon to be lost."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, heard: Heard, key: Authenticator) -> Entered:
    """A registered person, signed in."""
    entered = sign_up(transactions, key)
    heard.events.clear()
    return entered


@pytest.fixture
def codes(transactions: Transactions, heard: Heard, dora: Entered) -> tuple[str, ...]:
    """Dora's recovery codes."""
    with transactions.writing() as tx:
        codes = make_codes(tx, dora.principal)
    heard.events.clear()
    return codes


@pytest.fixture
def proven(transactions: Transactions, texts: Texts, dora: Entered) -> str:
    """The secret of a browser that has proven Dora's number."""
    return prove(transactions, texts)[0]


def prove(transactions: Transactions, texts: Texts) -> tuple[str, Ways]:
    with transactions.writing() as tx:
        sent = send_code(tx, Purpose.RECOVERY, phone=PHONE, region="IT", words=words_in("en"))
    ways = prove_number(transactions, sent.handle_token, texts.newest_code())
    return sent.handle_token, ways


def wait(transactions: Transactions, handle_token: str, account: str = "") -> Opened:
    with transactions.writing() as tx:
        return wait_instead(tx, handle_token, account=account, device=BROWSER)


def add_code(transactions: Transactions, handle_token: str, code: str) -> Opened:
    return add_recovery_code(transactions, handle_token, code, device=BROWSER)


def begin(transactions: Transactions, opened: Opened) -> Begun:
    with transactions.writing() as tx:
        return begin_new_passkey(tx, opened.handle_token)


def finish(
    transactions: Transactions,
    opened: Opened,
    begun: Begun,
    answer: object,
    *,
    current: Principal | None = None,
) -> Entered:
    return finish_new_passkey(
        transactions,
        opened.handle_token,
        ceremony_token=begun.handle_token,
        credential=answer,
        place_slug=SLUG,
        device=BROWSER,
        current=current,
    )


def recover(
    transactions: Transactions, opened: Opened, *, current: Principal | None = None
) -> tuple[Entered, Authenticator]:
    begun, new_key = begin(transactions, opened), Authenticator()
    answer = new_key.create(begun.options)
    return finish(transactions, opened, begun, answer, current=current), new_key


def state(transactions: Transactions, opened: Opened) -> RecoveryState:
    with transactions.reading() as tx:
        return find_recovery(tx, opened.handle_token).state(tx.now)


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


def test_what_is_called_off_during_the_ceremony_is_off(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])
    begun = begin(transactions, opened)
    with transactions.writing() as tx:
        cancel_recovery(tx, dora.principal)

    with pytest.raises(Conflict, match="recovery_cancelled"):
        finish(transactions, opened, begun, Authenticator().create(begun.options))


def test_a_recovery_that_nobody_uses_is_over_in_the_end(
    transactions: Transactions, clock: StoppedClock, dora: Entered, proven: str
) -> None:
    opened = wait(transactions, proven)
    clock.pass_(DAY + DAY)

    assert state(transactions, opened) is RecoveryState.EXPIRED
    with pytest.raises(Conflict, match="code_gone"):
        begin(transactions, opened)


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


def test_s48_no_step_can_be_left_out(
    transactions: Transactions, texts: Texts, dora: Entered, codes: tuple[str, ...]
) -> None:
    with transactions.writing() as tx:
        sent = send_code(tx, Purpose.RECOVERY, phone=PHONE, region="IT", words=words_in("en"))
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


@pytest.mark.parametrize("lie", [Lie(origin="https://evil.example"), Lie(challenge=bytes(32))])
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

    with pytest.raises(Forbidden, match="passkey_refused"):
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


@pytest.fixture
def elio(transactions: Transactions, dora: Entered) -> Entered:
    """Somebody of the same family, who named the same phone."""
    return sign_up(transactions, Authenticator(), alias="Elio")


def test_the_recovery_code_says_whose_account_it_is(
    transactions: Transactions, texts: Texts, elio: Entered
) -> None:
    with transactions.writing() as tx:
        his = make_codes(tx, elio.principal)
    handle_token, ways = prove(transactions, texts)

    opened = add_code(transactions, handle_token, his[0])

    assert ways.may_use_code
    assert opened.user == elio.principal.user


def test_whoever_waits_chooses_among_those_of_the_number(
    transactions: Transactions, texts: Texts, dora: Entered, elio: Entered
) -> None:
    handle_token, ways = prove(transactions, texts)
    stranger = sign_up(transactions, Authenticator(), alias="Fosca", phone="345 678 9013")

    for account in ("", "made up", stranger.principal.user.id):
        with pytest.raises(Invalid, match="account_choose") as refused:
            wait(transactions, handle_token, account)
        assert refused.value.field == "account"
    opened = wait(transactions, handle_token, elio.principal.user.id)

    assert ways.choices == (dora.principal.user, elio.principal.user)
    assert opened.user == elio.principal.user
    with transactions.reading() as tx:
        assert unread(tx, dora.principal) == []


def test_one_of_them_recovers_and_the_other_notices_nothing(
    transactions: Transactions, texts: Texts, dora: Entered, elio: Entered
) -> None:
    with transactions.writing() as tx:
        his = make_codes(tx, elio.principal)
    handle_token, _ = prove(transactions, texts)
    recover(transactions, add_code(transactions, handle_token, his[0]))

    with transactions.reading() as tx:
        assert look_up(tx, dora.principal.session.id) == dora.principal


def test_one_account_alone_is_not_named_to_whoever_has_the_number_now(
    transactions: Transactions, texts: Texts, dora: Entered
) -> None:
    _, ways = prove(transactions, texts)

    assert ways == Ways(may_use_code=False, delay=DAY, choices=())


def test_the_number_of_somebody_shut_out_is_nobodys(
    transactions: Transactions, texts: Texts, dora: Entered
) -> None:
    with transactions.writing() as tx:
        users.disable(tx.db, dora.principal.user.id, at=tx.now)
        send_code(tx, Purpose.RECOVERY, phone=PHONE, region="IT", words=words_in("en"))

    assert texts.sent == [None]


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


def test_s49_of_many_who_begin_to_wait_at_once_one_does(
    transactions: Transactions, dora: Entered, proven: str
) -> None:
    outcomes = at_once(*[lambda: wait(transactions, proven)] * 4)

    assert sorted(outcomes) == ["code_gone"] * 3 + ["in"]


def test_s49_of_many_new_passkeys_at_once_one_is_kept(
    transactions: Transactions, dora: Entered, codes: tuple[str, ...], proven: str
) -> None:
    opened = add_code(transactions, proven, codes[0])

    outcomes = at_once(*[lambda: recover(transactions, opened)] * 3)

    assert sorted(outcomes) == ["code_gone"] * 2 + ["in"]
    with transactions.reading() as tx:
        assert len(passkeys.of_person(tx.db, dora.principal.user.id)) == 2
