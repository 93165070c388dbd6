"""Coming in with an address and a password: the second way, for whoever wants no passkey.

What can be told of an address from outside is the same whether it is known or not. Hashing is done
between units, never in one; the routes see to it that it is not done by too many at once.
"""

from collections.abc import Callable

from treno_chat.actions.audit import record
from treno_chat.actions.door.refused_ceremonies import noting_refusals
from treno_chat.actions.door.registering import begin_registered, register_person, require_alias_for
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.door.signing_in import not_proven, sign_in
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.other_ways.letters import letter_to_owner, letter_with_link
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.forms import read_password_sign_up
from treno_chat.domain.door.passkeys import new_handle
from treno_chat.domain.door.sessions import Device, Entered, Principal, hash_token, new_token
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.other_ways.emails import Email, parse_email
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.other_ways.passwords import LinkPurpose, normal_form
from treno_chat.domain.refusals import Conflict
from treno_chat.domain.vault import Vault
from treno_chat.domain.words import Words
from treno_chat.stores.other_ways import mail_links, passwords

CountMail = Callable[[str], None]


def uncounted(_address: str) -> None:
    """Count nothing: for tests and programs that have no limits."""


def register(
    transactions: Transactions,
    *,
    email: str,
    password: str,
    alias: str,
    gender: str,
    place_slug: str,
    device: Device,
    words: Words,
    current: Principal | None,
    count_mail: CountMail = uncounted,
) -> Entered:
    """Make an account and sign it in; the address opens it once a mail proved whose it is.

    Somebody else's address gets the same answer, the same account and the same work; only its
    owner is told, by mail. `count_mail` may still refuse, once everything else is in order.
    """
    policy = transactions.policy.passwords
    form = read_password_sign_up(policy, alias=alias, gender=gender, email=email, password=password)
    # Who is gone is found out on asking for the alias, and written down.
    with transactions.writing() as tx:
        tx.mail.require_open()
        place_id = find_place(tx, place_slug)
        require_alias_for(tx, form.alias, place_id=place_id, current=current)
    count_mail(fingerprint_of(transactions.vault, form.email))
    password_hash = Hasher(policy).hash(form.password)
    with transactions.writing() as tx:
        guest = None if current is None else look_up(tx, current.session.id)
        user = register_person(
            tx,
            alias=form.alias,
            gender=form.gender,
            handle=new_handle(),
            phone=None,
            guest=guest,
        )
        claim_address(tx, user.id, form.email, password_hash=password_hash, words=words)
        entered = begin_registered(tx, user, guest=guest, place_id=place_id, device=device)
        for kind in (AuthEventKind.SIGNED_UP, AuthEventKind.PASSWORD_ADDED):
            record(
                tx,
                kind,
                user_id=user.id,
                session_id=entered.principal.session.id,
                address=device.address,
                detail="was a guest" if guest else "",
            )
    return entered


def log_in(
    transactions: Transactions,
    *,
    email: str,
    password: str,
    place_slug: str,
    device: Device,
    current: Principal | None,
) -> Entered:
    """Sign the owner of an address in; an address that is nobody's costs the same."""
    address = parse_email(email)
    hasher = Hasher(transactions.policy.passwords)
    with transactions.reading() as tx:
        place_id = find_place(tx, place_slug)
        kept = passwords.of_address(tx.db, fingerprint_of(tx.vault, address))
    with noting_refusals(
        transactions,
        AuthEventKind.LOGIN_REFUSED,
        whose=lambda: None if kept is None else kept.user_id,
        address=device.address,
    ):
        is_right = hasher.is_right(None if kept is None else kept.password_hash, password)
        if kept is None or not is_right:
            raise not_proven("wrong password" if kept else "unknown address")
        was = kept.password_hash
        now = hasher.hash(normal_form(password)) if hasher.is_outdated(was) else was
        with transactions.writing() as tx:
            if not passwords.rehash(tx.db, kept.user_id, was=was, password_hash=now):
                raise not_proven("the password was changed meanwhile")
            return sign_in(
                tx,
                kept.user_id,
                place_id=place_id,
                device=device,
                current=current,
                way="password",
            )


def claim_address(
    tx: Transaction, user_id: UserId, email: Email, *, password_hash: str, words: Words
) -> None:
    """Keep a first password, and write to its address: a link, or a word to whoever has it."""
    fingerprint, token = fingerprint_of(tx.vault, email), new_token()
    is_known = passwords.of_address(tx.db, fingerprint) is not None
    is_first = passwords.add(
        tx.db,
        user_id,
        email_sealed=tx.vault.seal(email.address),
        email_fingerprint=fingerprint,
        password_hash=password_hash,
        at=tx.now,
    )
    if not is_first:
        raise Conflict("password_exists")
    mail_links.add(
        tx.db,
        hash_token(token),
        purpose=LinkPurpose.CONFIRM,
        user_id=user_id,
        at=tx.now,
        until=tx.now + tx.policy.passwords.confirm_lifetime,
    )
    linked = letter_with_link(
        tx, LinkPurpose.CONFIRM, token=token, address=email.address, words=words
    )
    mail = letter_to_owner(tx, email, words=words) if is_known else linked
    tx.afterwards.append(lambda: tx.mail.hand_over(mail))


def fingerprint_of(vault: Vault, email: Email) -> str:
    """Return what an address is looked up by."""
    return vault.fingerprint(f"email {email.key}")
