"""Links by mail: one use, one hour, one purpose; and everything ends with a new password."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.audits import kinds_of
from tests.actions.writing_mail import (
    EMAIL,
    OTHER,
    SECRET,
    come_back,
    confirm,
    elsa_signed_up,
    forget,
    sign_up,
)
from tests.conftest import Heard, StoppedClock
from tests.support.post import Post
from tests.support.races import at_once
from treno_chat.actions.door.notices import unread
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.other_ways.mail_links import forget_links, reset_password
from treno_chat.actions.other_ways.own_password import change_password
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.refusals import (
    Conflict,
    DeadLink,
    Invalid,
    NotProven,
    NotSignedIn,
    Unavailable,
)
from treno_chat.domain.talk.events import SessionEnded
from treno_chat.stores import tables
from treno_chat.stores.other_ways import passwords


@pytest.fixture
def elsa(transactions: Transactions, place: PlaceId, post: Post) -> Entered:
    """Somebody with a proven address and a password."""
    return elsa_signed_up(transactions, post)


def renew(transactions: Transactions, token: str, password: str = OTHER) -> None:
    reset_password(transactions, token=token, password=password)


def test_a_forgotten_password_is_replaced_and_nobody_stays_signed_in(
    transactions: Transactions, elsa: Entered, post: Post, heard: Heard
) -> None:
    heard.events.clear()
    forget(transactions)

    renew(transactions, post.newest_token())

    ended = [event.session_id for event in heard.events if isinstance(event, SessionEnded)]
    assert ended == [elsa.principal.session.id]
    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, elsa.principal.session.id)
    with pytest.raises(NotProven):
        come_back(transactions)
    back = come_back(transactions, password=OTHER)
    assert back.principal.user == elsa.principal.user
    with transactions.reading() as tx:
        assert [notice.kind for notice in unread(tx, back.principal)] == ["password_changed"]
    kinds = kinds_of(transactions, elsa.principal.user.id)
    assert {"reset_asked", "password_reset"} <= set(kinds)


def test_the_link_begins_with_our_own_address(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    forget(transactions)

    assert "http://localhost:3000/en/reset#" in post.newest().text
    assert len(post.newest_token()) == 43


def test_s19_a_link_works_once_for_an_hour(
    transactions: Transactions, elsa: Entered, post: Post, clock: StoppedClock
) -> None:
    forget(transactions)
    used = post.newest_token()
    renew(transactions, used)
    forget(transactions)
    old = post.newest_token()
    clock.pass_(timedelta(hours=1))

    for token in (used, old, "somebody's guess", ""):
        with pytest.raises(DeadLink, match="link_dead"):
            renew(transactions, token)
    with transactions.writing() as tx:
        assert forget_links(tx) >= 1


def test_s19_a_link_dies_with_the_password(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    forget(transactions)
    first = post.newest_token()
    forget(transactions)
    change_password(transactions, elsa.principal, password=OTHER, current_password="")

    for token in (first, post.newest_token()):
        with pytest.raises(DeadLink):
            renew(transactions, token)


def test_s42_a_link_opens_nothing_else(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    sign_up(transactions)
    to_confirm = post.newest_token()
    forget(transactions)

    with pytest.raises(DeadLink):
        renew(transactions, to_confirm)
    with pytest.raises(DeadLink):
        confirm(transactions, post.newest_token())


def test_s49_of_two_who_follow_a_link_at_once_one_does(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    forget(transactions)
    token = post.newest_token()

    outcomes = at_once(*[lambda: renew(transactions, token) for _ in range(4)])

    assert sorted(outcomes) == ["in", "link_dead", "link_dead", "link_dead"]


def test_an_unknown_address_is_asked_alike_and_gets_nothing(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    sent = len(post.sent)
    forget(transactions, "nobody@example.org")
    forget(transactions)

    assert [mail and mail.address for mail in post.sent[sent:]] == [None, EMAIL]
    with transactions.reading() as tx:
        query = select(tables.MailLink.user_id).where(tables.MailLink.purpose == "reset")
        links = tx.db.exec(query).all()
    assert sorted(user_id is None for user_id in links) == [False, True]


def test_whoever_is_shut_out_gets_nothing(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    forget(transactions)
    token = post.newest_token()
    with transactions.writing() as tx:
        disable_person(tx, elsa.principal.user.id)
    forget(transactions)

    assert post.sent[-1] is None
    with pytest.raises(DeadLink):
        renew(transactions, token)


@pytest.mark.parametrize("is_removed", [False, True])
def test_s49_a_used_link_sets_the_password_or_says_that_it_is_dead(
    transactions: Transactions,
    elsa: Entered,
    post: Post,
    monkeypatch: pytest.MonkeyPatch,
    *,
    is_removed: bool,
) -> None:
    forget(transactions)
    token, user_id, real = post.newest_token(), elsa.principal.user.id, Hasher.hash

    def slow(hasher: Hasher, password: str) -> str:
        # Meanwhile she comes in, and what she typed is hashed with other numbers; or it is gone.
        with transactions.writing() as tx:
            kept = passwords.of_person(tx.db, user_id)
            assert kept is not None
            anew = real(hasher, SECRET)
            passwords.rehash(tx.db, user_id, was=kept.password_hash, password_hash=anew)
            if is_removed:
                passwords.remove(tx.db, user_id)
        return real(hasher, password)

    monkeypatch.setattr(Hasher, "hash", slow)
    if is_removed:
        with pytest.raises(DeadLink):
            renew(transactions, token)
        return
    renew(transactions, token)
    with pytest.raises(NotProven):
        come_back(transactions)
    assert come_back(transactions, password=OTHER).principal.user == elsa.principal.user


def test_a_refused_password_leaves_the_link(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    forget(transactions)
    token = post.newest_token()

    for password in ("elsa elsa elsa elsa", "short", "elsa@example.org 2026"):
        with pytest.raises(Invalid):
            renew(transactions, token, password)
    renew(transactions, token)


def test_a_reset_proves_the_address_too(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    entered = sign_up(transactions)
    forget(transactions)

    renew(transactions, post.newest_token())

    assert come_back(transactions, password=OTHER).principal.user == entered.principal.user


def test_of_two_who_name_an_address_it_is_whose_proves_it_first(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    sign_up(transactions, password=OTHER, alias="Mallory")
    to_mallory = post.newest_token()
    elsa = sign_up(transactions)
    confirm(transactions, post.newest_token(), current=elsa.principal)

    with pytest.raises(Conflict, match="email_taken"):
        confirm(transactions, to_mallory, password=OTHER)
    assert come_back(transactions).principal.user == elsa.principal.user


def test_nothing_is_promised_while_no_mail_gets_out(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    post.is_closed = True

    for email in (EMAIL, "nobody@example.org"):
        with pytest.raises(Unavailable, match="mail_failed"):
            forget(transactions, email)
