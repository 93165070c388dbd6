"""Another number for recovery: proven by a code to the new one, and told everywhere."""

import re
from datetime import timedelta

import pytest

from tests.actions.audits import kinds_of
from tests.conftest import Heard, StoppedClock
from tests.support.accounts import BROWSER, PHONE, log_in, sign_up
from tests.support.authenticator import Authenticator
from tests.support.races import at_once
from tests.support.texts import Texts
from treno_chat.actions.account.overview import phone_of, view_account
from treno_chat.actions.account.phone_change import (
    begin_phone_change,
    finish_phone_change,
    resend_phone_code,
)
from treno_chat.actions.door.notices import unread
from treno_chat.actions.recovery.verification import CodeSent
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal, new_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Forbidden, Invalid, TooFast
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in
from treno_chat.stores.door import users

NEW = "+393331234567"
WORDS = words_in("en")


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator."""
    return Authenticator()


@pytest.fixture
def dora(transactions: Transactions, place: PlaceId, key: Authenticator) -> Principal:
    """Somebody who has signed up."""
    return sign_up(transactions, key).principal


def begin(
    transactions: Transactions, principal: Principal, phone: str = "333 123 4567"
) -> CodeSent:
    with transactions.writing() as tx:
        return begin_phone_change(
            tx, principal, phone=phone, region="", words=WORDS, address=BROWSER.address
        )


def finish(transactions: Transactions, principal: Principal, handle_token: str, code: str) -> str:
    return finish_phone_change(
        transactions, principal, handle_token=handle_token, code=code, words=WORDS
    )


def number_of(transactions: Transactions, principal: Principal) -> str | None:
    with transactions.reading() as tx:
        return phone_of(tx, principal.user.id)


def test_s23_the_code_goes_to_the_new_number_and_the_right_one_is_kept(
    transactions: Transactions, texts: Texts, dora: Principal
) -> None:
    sent = begin(transactions, dora)
    assert [sms.phone for sms in texts.sent if sms] == [NEW]
    assert number_of(transactions, dora) == PHONE

    assert finish(transactions, dora, sent.handle_token, texts.newest_code()) == sent.masked
    assert number_of(transactions, dora) == NEW
    with transactions.reading() as tx:
        assert [each.id for each in users.of_phone(tx.db, tx.vault.fingerprint(NEW))] == [
            dora.user.id
        ]
        assert users.of_phone(tx.db, tx.vault.fingerprint(PHONE)) == []
        assert view_account(tx, dora).phone == sent.masked == "+39 •••••••567"


def test_s25_and_s31_the_others_end_and_a_notice_is_given(
    transactions: Transactions, heard: Heard, texts: Texts, dora: Principal, *, key: Authenticator
) -> None:
    other = log_in(transactions, key).principal
    sent = begin(transactions, dora)
    heard.events.clear()
    finish(transactions, dora, sent.handle_token, texts.newest_code())

    assert SessionEnded(session_id=other.session.id) in heard.events
    assert SessionEnded(session_id=dora.session.id) not in heard.events
    with transactions.reading() as tx:
        kinds = {notice.kind.value for notice in unread(tx, dora)}
    assert kinds == {"phone_changed", "sessions_ended"}
    assert "phone_changed" in kinds_of(transactions, dora.user.id)


def test_s25_the_old_number_is_told_without_a_link_or_a_code(
    transactions: Transactions, texts: Texts, dora: Principal
) -> None:
    sent = begin(transactions, dora)
    code = texts.newest_code()
    texts.sent.clear()

    finish(transactions, dora, sent.handle_token, code)

    [told] = texts.sent
    assert told is not None
    assert (told.phone, told.text) == (PHONE, WORDS.say("sms.phone_changed"))
    for language in LANGUAGES:
        text = words_in(language).say("sms.phone_changed")
        assert not re.search(r"\d|[/@#]|\.\w", text)
        # One message in the alphabet of phones: a longer one, or another letter, makes it two.
        assert len(text) <= 160
        assert all(letter.isascii() or letter in "àèéìòù" for letter in text)


def test_the_same_number_once_more_is_told_nobody(
    transactions: Transactions, texts: Texts, dora: Principal
) -> None:
    sent = begin(transactions, dora, PHONE)
    code = texts.newest_code()
    texts.sent.clear()

    finish(transactions, dora, sent.handle_token, code)

    assert texts.sent == []


def test_s18_it_asks_for_a_fresh_proof(
    transactions: Transactions, clock: StoppedClock, texts: Texts, dora: Principal
) -> None:
    clock.pass_(timedelta(minutes=11))

    with pytest.raises(Forbidden, match="step_up_needed"):
        begin(transactions, dora)
    assert texts.sent == []


def test_guests_have_no_number(transactions: Transactions, ada: Principal) -> None:
    with pytest.raises(Forbidden, match="account_needed"):
        begin(transactions, ada)


def test_a_malformed_number_is_an_error_at_its_field(
    transactions: Transactions, dora: Principal
) -> None:
    with pytest.raises(Invalid) as refused:
        begin(transactions, dora, "12")

    assert (refused.value.code, refused.value.field) == ("phone_invalid", "phone")


def test_a_wrong_code_changes_nothing(
    transactions: Transactions, texts: Texts, dora: Principal
) -> None:
    sent = begin(transactions, dora)
    wrong = "000000" if texts.newest_code() != "000000" else "000001"

    with pytest.raises(Invalid, match="code_wrong"):
        finish(transactions, dora, sent.handle_token, wrong)
    assert number_of(transactions, dora) == PHONE


def test_s21_the_code_is_of_use_in_this_session_alone(
    transactions: Transactions, texts: Texts, dora: Principal, key: Authenticator
) -> None:
    other = log_in(transactions, key).principal
    elio = sign_up(transactions, Authenticator(), alias="Elio").principal
    sent = begin(transactions, dora)

    for thief in (other, elio):
        with pytest.raises(Invalid, match="code_dead"):
            finish(transactions, thief, sent.handle_token, texts.newest_code())
    with pytest.raises(Invalid, match="code_dead"):
        finish(transactions, dora, new_token(), texts.newest_code())
    assert number_of(transactions, dora) == PHONE


def test_another_code_can_be_had_after_a_while(
    transactions: Transactions, clock: StoppedClock, texts: Texts, dora: Principal
) -> None:
    first = begin(transactions, dora)
    old = texts.newest_code()

    def resend() -> CodeSent:
        with transactions.writing() as tx:
            return resend_phone_code(
                tx, dora, first.handle_token, words=WORDS, address=BROWSER.address
            )

    with pytest.raises(TooFast):
        resend()
    clock.pass_(timedelta(seconds=60))
    second = resend()

    with pytest.raises(Invalid, match="code_dead"):
        finish(transactions, dora, first.handle_token, old)
    assert finish(transactions, dora, second.handle_token, texts.newest_code()) == second.masked


def test_s49_a_code_typed_twice_at_once_is_taken_once(
    transactions: Transactions, texts: Texts, dora: Principal
) -> None:
    sent = begin(transactions, dora)
    code = texts.newest_code()

    outcomes = at_once(
        lambda: finish(transactions, dora, sent.handle_token, code),
        lambda: finish(transactions, dora, sent.handle_token, code),
    )

    assert sorted(outcomes) == ["code_dead", "in"]
