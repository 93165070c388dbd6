"""A reset hands an account over that its reader alone opens, whoever made it (pre-hijacking)."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from tests.actions.account.adding import add, begin, finish
from tests.actions.account.test_phone_change import begin as begin_phone
from tests.actions.account.test_phone_change import finish as finish_phone
from tests.actions.audits import kinds_of
from tests.actions.recovering import prove, state, wait
from tests.actions.writing_mail import OTHER, come_back, confirm, forget, sign_up
from tests.support.accounts import PHONE, log_in
from tests.support.authenticator import Authenticator
from tests.support.post import Post
from tests.support.texts import Texts
from treno_chat.actions.account.overview import phone_of
from treno_chat.actions.door.notices import unread
from treno_chat.actions.other_ways.mail_links import reset_password
from treno_chat.actions.recovery.recovery_codes import count_left, make_codes
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import PlaceId, UserId
from treno_chat.domain.recovery.recoveries import RecoveryState
from treno_chat.domain.refusals import Forbidden, Invalid, NotSignedIn
from treno_chat.stores.door import users
from treno_chat.stores.other_ways import external_logins

RAIL = "https://rail.example"
BESIDE_A_PASSKEY = "lamponex"


@pytest.fixture
def mallory(transactions: Transactions, place: PlaceId) -> Principal:
    """Somebody who signed up with Elsa's address."""
    return sign_up(transactions).principal


@pytest.fixture
def key(transactions: Transactions, mallory: Principal) -> Authenticator:
    """A passkey that she gave the account."""
    key = Authenticator()
    add(transactions, mallory, key)
    return key


def renew(transactions: Transactions, post: Post, password: str = OTHER) -> None:
    forget(transactions)
    reset_password(transactions, token=post.newest_token(), password=password)


def kinds_told(transactions: Transactions, person: Principal) -> set[NoticeKind]:
    with transactions.reading() as tx:
        return {notice.kind for notice in unread(tx, person)}


def test_s19_a_reset_that_proves_the_address_leaves_no_passkey_of_before(
    transactions: Transactions, post: Post, mallory: Principal, key: Authenticator
) -> None:
    renew(transactions, post)

    with pytest.raises(Forbidden, match="passkey_refused"):
        log_in(transactions, key)
    elsa = come_back(transactions, password=OTHER).principal
    assert NoticeKind.WAYS_REMOVED in kinds_told(transactions, elsa)
    assert "passkey_removed" in kinds_of(transactions, elsa.user.id)


def test_nor_a_provider_a_phone_a_code_or_a_way_back(
    transactions: Transactions, post: Post, texts: Texts, mallory: Principal
) -> None:
    user_id = mallory.user.id
    with transactions.writing() as tx:
        external_logins.add(tx.db, user_id, issuer=RAIL, subject="1", at=tx.now)
        sealed, fingerprint = tx.vault.seal(PHONE), tx.vault.fingerprint(PHONE)
        users.change_phone(tx.db, user_id, phone_sealed=sealed, phone_fingerprint=fingerprint)
        make_codes(tx, mallory)
    handle_token, _ = prove(transactions, texts)
    opened = wait(transactions, handle_token)

    renew(transactions, post)

    with transactions.reading() as tx:
        assert external_logins.owner(tx.db, RAIL, "1") is None
        assert phone_of(tx, user_id) is None
        assert count_left(tx, user_id) == 0
    assert state(transactions, opened) is RecoveryState.CANCELLED
    told = kinds_told(transactions, come_back(transactions, password=OTHER).principal)
    assert NoticeKind.WAYS_REMOVED in told
    assert NoticeKind.RECOVERY_PENDING not in told


def test_of_a_proven_address_everything_stays(
    transactions: Transactions, post: Post, mallory: Principal, key: Authenticator
) -> None:
    confirm(transactions, post.newest_token(), current=mallory)

    renew(transactions, post, BESIDE_A_PASSKEY)

    back = log_in(transactions, key).principal
    assert back.user == mallory.user
    assert NoticeKind.WAYS_REMOVED not in kinds_told(transactions, back)


def test_a_passkey_that_goes_makes_no_password_shorter(
    transactions: Transactions, post: Post, mallory: Principal, key: Authenticator
) -> None:
    with pytest.raises(Invalid, match="password_too_short"):
        renew(transactions, post, BESIDE_A_PASSKEY)


# SQLite has one writer: nothing comes between.
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize("way", ["passkey", "phone", "codes"])
def test_s49_nothing_is_added_by_whoever_was_signed_out_at_that_very_moment(
    transactions: Transactions,
    post: Post,
    texts: Texts,
    mallory: Principal,
    monkeypatch: pytest.MonkeyPatch,
    *,
    way: str,
) -> None:
    begun, late = begin(transactions, mallory), Authenticator()
    sent = begin_phone(transactions, mallory)
    forget(transactions)
    token, hold = post.newest_token(), users.hold

    def late_hold(db: Session, user_id: UserId) -> None:
        monkeypatch.setattr(users, "hold", hold)
        reset_password(transactions, token=token, password=OTHER)
        hold(db, user_id)

    def renew_codes() -> None:
        with transactions.writing() as tx:
            make_codes(tx, mallory)

    ways: dict[str, Callable[[], object]] = {
        "passkey": lambda: finish(transactions, mallory, begun, late.create(begun.options)),
        "phone": lambda: finish_phone(
            transactions, mallory, sent.handle_token, texts.newest_code()
        ),
        "codes": renew_codes,
    }
    monkeypatch.setattr(users, "hold", late_hold)
    with pytest.raises(NotSignedIn):
        ways[way]()
    assert users.hold is hold
