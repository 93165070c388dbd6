"""Logins on their way through a provider: begun in one browser, taken up in that alone."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field, replace
from datetime import timedelta

from treno_chat.actions.door.step_up import require_fresh
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Principal, hash_token, new_token
from treno_chat.domain.other_ways.providers import Attempt, Provider, Voucher, refused
from treno_chat.stores.other_ways import external_attempts
from treno_chat.stores.other_ways.external_attempts import Row

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """What the browser gets: a secret for its cookie, and where it is sent."""

    handle_token: str = field(repr=False)
    address: str = field(repr=False)


def begin_external(
    transactions: Transactions,
    provider: Provider,
    voucher: Voucher,
    *,
    place_slug: str,
    wish: str,
    linking: Principal | None = None,
) -> Started:
    """Send somebody to a provider; `linking` is who gets one more way in, freshly proven."""
    handle, state, nonce, verifier = (new_token() for _ in range(4))
    address = voucher.address(
        provider,
        state=state,
        nonce=nonce,
        challenge=_challenge_of(verifier),
        redirect=redirect_of(transactions, provider),
    )
    with transactions.writing() as tx:
        find_place(tx, place_slug)
        session_id = None if linking is None else require_fresh(tx, linking).session.id
        attempt = Attempt(
            provider=provider.name,
            state_hash=hash_token(state),
            nonce=nonce,
            verifier=verifier,
            session_id=session_id,
            place_slug=place_slug,
            wish=wish,
            expires_at=tx.now + LASTS,
        )
        _keep(tx, handle, attempt)
    return Started(handle_token=handle, address=address)


def take_attempt(
    transactions: Transactions, handle_token: str, provider: Provider, *, state: str
) -> Attempt:
    """Return what this browser began with this provider; it is used up by asking."""
    attempt = _take(transactions, handle_token)
    if attempt.provider != provider.name or attempt.subject is not None:
        raise refused("begun with another provider")
    if not hmac.compare_digest(attempt.state_hash, hash_token(state)):
        raise refused("another state")
    return attempt


def keep_newcomer(tx: Transaction, attempt: Attempt, *, subject: str) -> str:
    """Keep who somebody new is while they choose an alias; return the secret for their cookie."""
    handle = new_token()
    newcomer = replace(
        attempt, subject=subject, state_hash="", nonce="", verifier="", expires_at=tx.now + LASTS
    )
    _keep(tx, handle, newcomer)
    return handle


def take_newcomer(transactions: Transactions, handle_token: str) -> tuple[Attempt, str]:
    """Return what a provider vouched for, and for whom; it is used up by asking."""
    attempt = _take(transactions, handle_token)
    if attempt.subject is None:
        raise refused("nobody has vouched yet")
    return attempt, attempt.subject


def place_of(tx: Transaction, handle_token: str) -> str:
    """Return where somebody wants to come in; nothing is used up by that."""
    place_slug = external_attempts.place_of(tx.db, hash_token(handle_token))
    if place_slug is None:
        raise refused("nobody has vouched, or too long ago")
    return place_slug


def forget_attempts(tx: Transaction) -> int:
    """Forget the attempts that nobody finished in time."""
    return external_attempts.remove_expired(tx.db, now=tx.now)


def redirect_of(transactions: Transactions, provider: Provider) -> str:
    """Return where a provider sends people back to: the one address of ours."""
    origin = next(iter(transactions.policy.relying_party.origins))
    return f"{origin}/auth/oidc/{provider.name}/callback"


def _keep(tx: Transaction, handle_token: str, attempt: Attempt) -> None:
    subject = attempt.subject
    row = Row(
        provider=attempt.provider,
        state_hash=attempt.state_hash,
        nonce=attempt.nonce,
        verifier_sealed=tx.vault.seal(attempt.verifier),
        session_id=attempt.session_id,
        subject_sealed=None if subject is None else tx.vault.seal(subject),
        place_slug=attempt.place_slug,
        wish=attempt.wish,
        expires_at=attempt.expires_at,
    )
    external_attempts.add(tx.db, hash_token(handle_token), row)


def _take(transactions: Transactions, handle_token: str) -> Attempt:
    with transactions.writing() as tx:
        row = external_attempts.take(tx.db, hash_token(handle_token))
    if row is None or row.expires_at <= tx.now:
        raise refused("begun elsewhere, too long ago, or done already")
    sealed = row.subject_sealed
    return Attempt(
        provider=row.provider,
        state_hash=row.state_hash,
        nonce=row.nonce,
        verifier=tx.vault.open(row.verifier_sealed),
        session_id=row.session_id,
        subject=None if sealed is None else tx.vault.open(sealed),
        place_slug=row.place_slug,
        wish=row.wish,
        expires_at=row.expires_at,
    )


def _challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
