"""A person's own password: added, changed, removed, and never the last way in lost."""

from datetime import timedelta

import pytest

from tests.actions.audits import kinds_of
from tests.actions.writing_mail import (
    OTHER,
    SECRET,
    WORDS,
    come_back,
    confirm,
    elsa_signed_up,
    forget,
)
from tests.conftest import StoppedClock
from tests.support.post import Post
from treno_chat.actions.account.overview import view_account
from treno_chat.actions.account.own_sessions import end_other_sessions
from treno_chat.actions.door.notices import unread
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.step_up import begin_step_up
from treno_chat.actions.other_ways.own_password import (
    add_password,
    change_password,
    remove_password,
    step_up_by_password,
)
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Entered, Principal
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotProven,
    NotSignedIn,
)
from treno_chat.stores.other_ways import external_logins

LATER = timedelta(minutes=11)
SHORT = "lampone"  # with one character more it does beside a passkey
DORAS = "dora@example.org"


@pytest.fixture
def elsa(transactions: Transactions, place: PlaceId, post: Post) -> Entered:
    """Somebody with a proven address and a password, and no passkey."""
    return elsa_signed_up(transactions, post)


def add(transactions: Transactions, person: Entered, password: str = SECRET) -> None:
    add_password(transactions, person.principal, email=DORAS, password=password, words=WORDS)


def change(transactions: Transactions, person: Entered, *, current: str = "") -> None:
    change_password(transactions, person.principal, password=OTHER, current_password=current)


def test_somebody_with_a_passkey_adds_a_password(
    transactions: Transactions, dora: Entered, post: Post
) -> None:
    add(transactions, dora)
    confirm(transactions, post.newest_token(), current=dora.principal)

    assert come_back(transactions, email=DORAS).principal.user == dora.principal.user
    with transactions.reading() as tx:
        assert [notice.kind for notice in unread(tx, dora.principal)] == ["password_added"]
    with pytest.raises(Conflict, match="password_exists"):
        add(transactions, dora)


def test_a_mistyped_address_hands_nobody_the_account(
    transactions: Transactions, dora: Entered, post: Post, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(minutes=1))
    add(transactions, dora)
    to_confirm = post.newest_token()

    forget(transactions, DORAS)
    assert post.sent[-1] is None

    confirm(transactions, to_confirm, current=dora.principal)
    forget(transactions, DORAS)
    assert post.newest().address == DORAS
    assert post.sent[-1] is post.newest()


def test_beside_a_passkey_it_may_be_shorter(transactions: Transactions, dora: Entered) -> None:
    with pytest.raises(Invalid, match="password_too_short"):
        add(transactions, dora, SHORT)
    add(transactions, dora, f"{SHORT}x")


def test_a_password_is_added_a_moment_after_the_proof_only(
    transactions: Transactions, dora: Entered, clock: StoppedClock
) -> None:
    clock.pass_(LATER)

    with pytest.raises(Forbidden, match="step_up_needed"):
        add(transactions, dora)


def test_guests_have_none(transactions: Transactions, ada: Principal, post: Post) -> None:
    with pytest.raises(Forbidden, match="account_needed"):
        add_password(transactions, ada, email=DORAS, password=SECRET, words=WORDS)
    assert post.sent == []


def test_s18_a_change_takes_the_current_one_or_a_fresh_proof(
    transactions: Transactions, elsa: Entered, clock: StoppedClock
) -> None:
    clock.pass_(LATER)
    for wrong in ("", OTHER):
        with pytest.raises(NotProven, match="password_wrong"):
            change(transactions, elsa, current=wrong)

    change(transactions, elsa, current=SECRET)

    assert come_back(transactions, password=OTHER).principal.user == elsa.principal.user


def test_a_change_signs_everybody_else_out(transactions: Transactions, elsa: Entered) -> None:
    elsewhere = come_back(transactions)

    change(transactions, elsa)

    with transactions.reading() as tx:
        assert look_up(tx, elsa.principal.session.id).user == elsa.principal.user
        with pytest.raises(NotSignedIn):
            look_up(tx, elsewhere.principal.session.id)
    assert "password_changed" in kinds_of(transactions, elsa.principal.user.id)


def test_a_provider_that_is_gone_is_no_way_in(transactions: Transactions, elsa: Entered) -> None:
    user_id, rail = elsa.principal.user.id, "https://rail.example"
    with transactions.writing() as tx:
        external_logins.add(tx.db, user_id, issuer=rail, subject="1", at=tx.now)

    with transactions.writing() as tx, pytest.raises(Conflict, match="last_way_in"):
        remove_password(tx, elsa.principal, vouching=())
    with transactions.writing() as tx:
        remove_password(tx, elsa.principal, vouching=(rail,))


def test_the_last_way_in_stays(transactions: Transactions, elsa: Entered, dora: Entered) -> None:
    add(transactions, dora)
    with transactions.writing() as tx:
        remove_password(tx, dora.principal)

    with transactions.writing() as tx, pytest.raises(Conflict, match="last_way_in"):
        remove_password(tx, elsa.principal)
    with transactions.writing() as tx, pytest.raises(NotFound, match="password_none"):
        remove_password(tx, dora.principal)


def test_the_password_proves_anew_who_one_is(
    transactions: Transactions, elsa: Entered, clock: StoppedClock
) -> None:
    clock.pass_(LATER)
    with transactions.writing() as tx, pytest.raises(Forbidden, match="step_up_needed"):
        end_other_sessions(tx, elsa.principal)
    with pytest.raises(NotProven, match="password_wrong"):
        step_up_by_password(transactions, elsa.principal, password=OTHER)

    fresh = step_up_by_password(transactions, elsa.principal, password=SECRET)

    assert fresh.principal.session.id == elsa.principal.session.id
    assert fresh.session_token != elsa.session_token
    with transactions.writing() as tx:
        end_other_sessions(tx, fresh.principal)


def test_whoever_has_a_passkey_proves_it_with_that(
    transactions: Transactions, dora: Entered
) -> None:
    add(transactions, dora)

    with pytest.raises(Forbidden, match="step_up_needed"):
        step_up_by_password(transactions, dora.principal, password=SECRET)


def test_the_account_page_shows_where_the_mail_goes_and_no_more(
    transactions: Transactions, elsa: Entered, dora: Entered
) -> None:
    with transactions.reading() as tx:
        of_elsa = view_account(tx, elsa.principal)
        of_dora = view_account(tx, dora.principal)

    assert (of_elsa.email, of_elsa.is_email_confirmed) == ("e•••@example.org", True)
    assert (of_dora.email, of_dora.is_email_confirmed) == (None, False)


def test_whoever_has_no_passkey_is_asked_for_the_password(
    transactions: Transactions, elsa: Entered
) -> None:
    with transactions.writing() as tx, pytest.raises(Forbidden, match="password_needed"):
        begin_step_up(tx, elsa.principal)
