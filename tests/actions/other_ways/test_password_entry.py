"""An address and a password: alike for known and unknown, in words, rows and work."""

import re
from collections.abc import Callable
from dataclasses import replace

import argon2
import pytest

from tests.actions.audits import kinds_of
from tests.actions.writing_mail import (
    EMAIL,
    OTHER,
    SECRET,
    come_back,
    confirm,
    elsa_signed_up,
    sign_up,
)
from tests.support.post import Post
from tests.support.races import at_once
from treno_chat.actions.door.sessions import authenticate, log_out
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, Principal, hash_token
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.policy import PasswordPolicy, Policy
from treno_chat.domain.refusals import Conflict, DeadLink, InvalidForm, NotProven, Unavailable
from treno_chat.stores.door import users
from treno_chat.stores.other_ways import passwords


@pytest.fixture
def elsa(transactions: Transactions, place: PlaceId, post: Post) -> Entered:
    """Somebody with a proven address and a password."""
    return elsa_signed_up(transactions, post)


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was hashed, once for each time."""
    done: list[str] = []
    for name in ("hash", "verify"):
        monkeypatch.setattr(argon2.PasswordHasher, name, counted(name, done))
    return done


def counted(name: str, done: list[str]) -> Callable[..., object]:
    """Return a method that does what it did, and takes note."""
    method = getattr(argon2.PasswordHasher, name)

    def call(hasher: argon2.PasswordHasher, *args: str | bytes) -> object:
        done.append(name)
        return method(hasher, *args)

    return call


def test_whoever_signs_up_is_in_at_once(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    entered = sign_up(transactions)

    with transactions.reading() as tx:
        assert authenticate(tx, hash_token(entered.session_token)) == entered.principal
    assert not entered.principal.user.is_anonymous
    assert entered.principal.visit_id is not None
    assert post.newest().address == EMAIL
    kinds = kinds_of(transactions, entered.principal.user.id)
    assert sorted(kinds) == ["password_added", "signed_up"]


def test_a_guest_keeps_who_they_are(transactions: Transactions, ada: Principal, post: Post) -> None:
    entered = sign_up(transactions, alias="Ada", current=ada)

    assert entered.principal.user.id == ada.user.id
    assert entered.principal.session.id == ada.session.id
    with pytest.raises(Conflict, match="already_registered"):
        sign_up(transactions, current=entered.principal)


def test_the_password_opens_once_the_address_is_proven(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    entered = sign_up(transactions)
    with pytest.raises(NotProven, match="login_refused"):
        come_back(transactions)

    confirm(transactions, post.newest_token(), current=entered.principal)

    assert come_back(transactions).principal.user == entered.principal.user


def test_a_link_alone_proves_nothing(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    sign_up(transactions)

    with pytest.raises(NotProven, match="password_wrong"):
        confirm(transactions, post.newest_token(), password=OTHER)
    with pytest.raises(DeadLink):
        confirm(transactions, "somebody's guess")
    assert confirm(transactions, post.newest_token()).principal.user.alias == "Elsa"
    with pytest.raises(DeadLink):
        confirm(transactions, post.newest_token())


@pytest.mark.parametrize(
    "email", ["ELSA@example.ORG", " elsa@EXAMPLE.org ", "\uff45lsa@example.org"]
)
def test_every_spelling_is_the_same_address(
    transactions: Transactions, elsa: Entered, email: str
) -> None:
    assert come_back(transactions, email=email).principal.user == elsa.principal.user


def test_a_known_address_gets_the_same_answer_and_its_owner_a_word(
    transactions: Transactions, elsa: Entered, post: Post, hashings: list[str]
) -> None:
    known = sign_up(transactions, alias="Gina")
    of_known = list(hashings)
    word = post.newest()
    hashings.clear()
    unknown = sign_up(transactions, email="nobody@example.org", alias="Lara")

    assert of_known == hashings == ["hash"]
    for entered in (known, unknown):
        kinds = kinds_of(transactions, entered.principal.user.id)
        assert sorted(kinds) == ["password_added", "signed_up"]
    assert (word.address, "#" in word.text) == (EMAIL, False)
    assert come_back(transactions).principal.user == elsa.principal.user
    with pytest.raises(NotProven):
        come_back(transactions, email="nobody@example.org")


def test_s14_unknown_and_wrong_are_one_answer_and_the_same_work(
    transactions: Transactions, elsa: Entered, hashings: list[str]
) -> None:
    with pytest.raises(NotProven) as wrong:
        come_back(transactions, password=OTHER)
    with pytest.raises(NotProven) as unknown:
        come_back(transactions, email="nobody@example.org")
    with pytest.raises(NotProven) as endless:
        come_back(transactions, password="x" * 500)

    assert hashings == ["verify", "verify", "verify"]
    assert len({(r.value.code, r.value.field) for r in (wrong, unknown, endless)}) == 1


def test_s17_nothing_is_cut_off(transactions: Transactions, place: PlaceId, post: Post) -> None:
    long = "un tramonto di carta velina, " * 4
    elsa = sign_up(transactions, password=long)
    confirm(transactions, post.newest_token(), password=long, current=elsa.principal)

    assert come_back(transactions, password=long).principal.user == elsa.principal.user
    with pytest.raises(NotProven):
        come_back(transactions, password=long[:-1] + "!")


def test_every_field_is_told_at_once(transactions: Transactions, place: PlaceId) -> None:
    with pytest.raises(InvalidForm) as refused:
        sign_up(transactions, email="elsa", password=SECRET[:8], alias="E")

    fields = [each.field for each in refused.value.refusals]
    assert fields == ["alias", "email", "password"]


def test_nothing_begins_while_no_mail_gets_out(
    transactions: Transactions, place: PlaceId, post: Post
) -> None:
    post.is_closed = True

    with pytest.raises(Unavailable, match="mail_failed"):
        sign_up(transactions)
    assert post.sent == []


def test_whoever_is_shut_out_stays_out(transactions: Transactions, elsa: Entered) -> None:
    with transactions.writing() as tx:
        disable_person(tx, elsa.principal.user.id)

    with pytest.raises(NotProven, match="login_refused"):
        come_back(transactions)


def test_whoever_was_here_before_makes_way(
    transactions: Transactions, elsa: Entered, ada: Principal
) -> None:
    come_back(transactions, current=ada)

    with transactions.writing() as tx:
        log_out(tx, ada)
    assert kinds_of(transactions, ada.user.id).count("logged_out") == 1


def test_a_hash_of_lower_cost_is_made_anew(
    transactions: Transactions, place: PlaceId, post: Post, policy: Policy
) -> None:
    cheap = PasswordPolicy(memory_kib=1024, passes=1)
    transactions.policy = replace(policy, passwords=cheap)
    elsa = elsa_signed_up(transactions, post)
    transactions.policy = policy

    come_back(transactions)

    with transactions.reading() as tx:
        kept = passwords.of_person(tx.db, elsa.principal.user.id)
    assert kept is not None
    assert "m=19456,t=2,p=1" in kept.password_hash
    assert come_back(transactions).principal.user == elsa.principal.user


def test_nothing_secret_is_kept_as_it_is(
    transactions: Transactions, elsa: Entered, post: Post
) -> None:
    with transactions.reading() as tx:
        kept = passwords.of_person(tx.db, elsa.principal.user.id)
        handle = users.handle_of(tx.db, elsa.principal.user.id)

    assert kept is not None
    assert re.fullmatch(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$\S+", kept.password_hash)
    assert EMAIL.encode() not in kept.email_sealed
    assert SECRET not in repr(kept)
    assert handle is not None
    assert not Hasher(PasswordPolicy()).is_right(None, SECRET)


def test_many_sign_up_at_once(transactions: Transactions, place: PlaceId, post: Post) -> None:
    outcomes = at_once(
        *[
            lambda n=n: sign_up(transactions, email=f"e{n}@example.org", alias=f"Elsa {n}")
            for n in range(8)
        ]
    )

    assert outcomes == ["in"] * 8
