"""Links by mail: another password for whoever forgot theirs, and the proof of an address."""

from treno_chat.actions.audit import record, record_refusal
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.sessions import continue_session, end_session
from treno_chat.actions.door.signing_in import not_proven, sign_in
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.other_ways.letters import letter_with_link
from treno_chat.actions.other_ways.password_entry import fingerprint_of
from treno_chat.actions.other_ways.unproven import remove_other_ways
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token, new_token
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.other_ways.emails import parse_email
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.other_ways.passwords import (
    KeptPassword,
    LinkPurpose,
    own_words,
    read_password,
)
from treno_chat.domain.refusals import Conflict, DeadLink
from treno_chat.domain.words import Words
from treno_chat.stores.door import login_sessions, passkeys, users
from treno_chat.stores.other_ways import mail_links, passwords


def ask_for_reset(tx: Transaction, *, email: str, words: Words) -> None:
    """Send a link; of an address that is nobody's everything is done but the sending."""
    address = parse_email(email)
    tx.mail.require_open()
    fingerprint, token = fingerprint_of(tx.vault, address), new_token()
    proven = passwords.of_address(tx.db, fingerprint)
    kept = proven or passwords.newest_of_address(tx.db, fingerprint)
    user_id = None if kept is None or users.is_disabled(tx.db, kept.user_id) else kept.user_id
    mail_links.add(
        tx.db,
        hash_token(token),
        purpose=LinkPurpose.RESET,
        user_id=user_id,
        at=tx.now,
        until=tx.now + tx.policy.passwords.reset_lifetime,
    )
    letter = letter_with_link(
        tx, LinkPurpose.RESET, token=token, address=address.address, words=words
    )
    tx.afterwards.append(lambda: tx.mail.hand_over(letter if user_id else None))
    record(tx, AuthEventKind.RESET_ASKED, user_id=user_id)


def reset_password(
    transactions: Transactions, *, token: str, password: str, address: str = ""
) -> None:
    """Store another password; whoever is signed in as this person is so no longer.

    What was mailed proves the address as well. A link that opens nothing is written down.
    """
    try:
        _reset(transactions, token=token, password=password)
    except DeadLink:
        record_refusal(transactions, AuthEventKind.RESET_REFUSED, address=address)
        raise


def _reset(transactions: Transactions, *, token: str, password: str) -> None:
    policy = transactions.policy.passwords
    with transactions.reading() as tx:
        user_id, kept = _behind(tx, token, LinkPurpose.RESET)
        own = own_words(
            alias=users.find(tx.db, user_id).alias, address=tx.vault.open(kept.email_sealed)
        )
        # Those of an address that nobody proved do not outlive the reset.
        has_passkey = kept.confirmed_at is not None and bool(passkeys.of_person(tx.db, user_id))
    new = read_password(password, policy, has_passkey=has_passkey, own=own)
    password_hash = Hasher(policy).hash(new)
    with transactions.writing() as tx:
        users.hold(tx.db, user_id)
        _use(tx, token, LinkPurpose.RESET)
        # Whatever it was: a link is for those who do not know.
        if not passwords.reset(tx.db, user_id, password_hash=password_hash, at=tx.now):
            raise DeadLink("link_dead")
        if not passwords.is_confirmed(tx.db, user_id):
            remove_other_ways(tx, user_id)
        if not passwords.confirm(tx.db, user_id, at=tx.now):
            raise Conflict("email_taken")
        mail_links.remove_of(tx.db, user_id)
        end_sessions(tx, user_id, detail="password reset")
        give_notice(tx, user_id, NoticeKind.PASSWORD_CHANGED)
        record(tx, AuthEventKind.PASSWORD_RESET, user_id=user_id)


def confirm_address(
    transactions: Transactions,
    *,
    token: str,
    password: str,
    place_slug: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Take an address for proven, by the link and the password, and sign its owner in.

    By the link alone, somebody who clicks on whatever comes would vouch for a stranger's account.
    """
    with transactions.reading() as tx:
        place_id = find_place(tx, place_slug)
        user_id, kept = _behind(tx, token, LinkPurpose.CONFIRM)
    with noting_refusals(
        transactions, AuthEventKind.LOGIN_REFUSED, whose=lambda: user_id, address=device.address
    ):
        if not Hasher(transactions.policy.passwords).is_right(kept.password_hash, password):
            raise not_proven("wrong password", code="password_wrong", field="password")
    with transactions.writing() as tx:
        _use(tx, token, LinkPurpose.CONFIRM)
        if not passwords.confirm(tx.db, user_id, at=tx.now):
            raise Conflict("email_taken")
        record(tx, AuthEventKind.EMAIL_CONFIRMED, user_id=user_id, address=device.address)
        if current is not None and current.user.id == user_id:
            return continue_session(tx, current, place_slug=place_slug)
        return sign_in(
            tx, user_id, place_id=place_id, device=device, current=current, way="link by mail"
        )


def end_sessions(
    tx: Transaction, user_id: UserId, *, detail: str, but: Principal | None = None
) -> None:
    """Sign a person out everywhere, or everywhere else."""
    for session_id in login_sessions.all_of(tx.db, user_id):
        if but is None or session_id != but.session.id:
            end_session(tx, user_id, session_id, why=AuthEventKind.SESSION_REVOKED, detail=detail)


def note_undelivered(transactions: Transactions, reason: str) -> None:
    """Write down that a mail did not get out; whose it was is not for the audit to tell."""
    record_refusal(transactions, AuthEventKind.MAIL_UNSENT, detail=reason)


def forget_links(tx: Transaction) -> int:
    """Forget the links that nobody used in time."""
    return mail_links.remove_expired(tx.db, now=tx.now)


def _behind(tx: Transaction, token: str, purpose: LinkPurpose) -> tuple[UserId, KeptPassword]:
    """Return whom a link is for; every link that does not work is refused alike (S19)."""
    user_id = mail_links.whose(tx.db, hash_token(token), purpose=purpose, now=tx.now)
    kept = None if user_id is None else passwords.of_person(tx.db, user_id)
    if user_id is None or kept is None or users.is_disabled(tx.db, user_id):
        raise DeadLink("link_dead")
    return user_id, kept


def _use(tx: Transaction, token: str, purpose: LinkPurpose) -> None:
    if mail_links.use(tx.db, hash_token(token), purpose=purpose, at=tx.now) is None:
        raise DeadLink("link_dead")
