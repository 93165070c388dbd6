"""Notices: told in every live session, and kept for whoever has none."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.support.accounts import log_in, sign_up
from tests.support.authenticator import Authenticator
from treno_chat.actions.door.notices import give_notice, mark_read, unread
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.talk.events import NoticeGiven
from treno_chat.stores import tables
from treno_chat.stores.door import notices


def test_a_notice_is_kept_and_its_sessions_are_told(tx: Transaction, ada: Principal) -> None:
    give_notice(tx, ada.user.id, NoticeKind.PASSKEY_ADDED, "Telefono")

    (notice,) = unread(tx, ada)
    assert (notice.kind, notice.subject) == (NoticeKind.PASSKEY_ADDED, "Telefono")
    assert tx.outbox == [NoticeGiven(user_id=ada.user.id, session_ids=(ada.session.id,))]


def test_a_notice_waits_for_whoever_is_signed_in_nowhere(tx: Transaction, ada: Principal) -> None:
    tx.now += timedelta(hours=13)

    give_notice(tx, ada.user.id, NoticeKind.RECOVERED)

    assert len(unread(tx, ada)) == 1
    assert tx.outbox == [NoticeGiven(user_id=ada.user.id, session_ids=())]


def test_what_was_put_away_is_not_told_again(tx: Transaction, ada: Principal) -> None:
    give_notice(tx, ada.user.id, NoticeKind.RECOVERED)
    tx.now += timedelta(seconds=1)
    give_notice(tx, ada.user.id, NoticeKind.PHONE_CHANGED)
    newest, older = unread(tx, ada)

    mark_read(tx, ada, newest.id)
    mark_read(tx, ada, newest.id)

    assert unread(tx, ada) == [older]
    assert tx.db.exec(select(tables.Notice.read_at).where(tables.Notice.id == newest.id)).one()


def test_s25_what_one_session_puts_away_every_other_still_tells(
    transactions: Transactions, train: Room
) -> None:
    key = Authenticator()
    sign_up(transactions, key)
    ours, theirs = log_in(transactions, key).principal, log_in(transactions, key).principal
    with transactions.writing() as tx:
        give_notice(tx, theirs.user.id, NoticeKind.RECOVERED)
        (notice,) = unread(tx, theirs)
        mark_read(tx, theirs, notice.id)
        assert unread(tx, theirs) == []

    later = log_in(transactions, key).principal
    with transactions.reading() as tx:
        assert [each.id for each in unread(tx, ours)] == [notice.id]
        assert [each.id for each in unread(tx, later)] == [notice.id]


def test_nobody_puts_away_what_was_told_to_another(
    tx: Transaction, ada: Principal, bruno: Principal
) -> None:
    give_notice(tx, ada.user.id, NoticeKind.RECOVERED)
    (notice,) = unread(tx, ada)

    mark_read(tx, bruno, notice.id)
    with pytest.raises(NotFound):
        mark_read(tx, bruno, f"{notice.id}\0")

    assert unread(tx, bruno) == []
    assert unread(tx, ada) == [notice]


def test_what_is_settled_is_told_no_more(tx: Transaction, ada: Principal) -> None:
    give_notice(tx, ada.user.id, NoticeKind.RECOVERY_PENDING, "this")
    give_notice(tx, ada.user.id, NoticeKind.RECOVERY_PENDING, "that")

    notices.remove(tx.db, ada.user.id, kind=NoticeKind.RECOVERY_PENDING, subject="this")

    assert [notice.subject for notice in unread(tx, ada)] == ["that"]
