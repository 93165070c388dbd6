"""Challenges: given to one browser, for one ceremony, and taken once."""

from dataclasses import dataclass, field
from typing import Any

from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.ceremonies import lapsed, refused
from treno_chat.domain.door.passkeys import Ceremony, Challenge, new_challenge
from treno_chat.domain.door.sessions import hash_token, new_token
from treno_chat.domain.ids import SessionId, UserId, new_id
from treno_chat.stores.door import challenges


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """What the browser gets: a secret for its cookie, and what to ask the authenticator."""

    handle_token: str = field(repr=False)
    options: dict[str, Any]


def give_challenge(
    tx: Transaction,
    ceremony: Ceremony,
    *,
    session_id: SessionId | None = None,
    user_id: UserId | None = None,
    sign_up: str | None = None,
) -> tuple[str, bytes]:
    """Store a new challenge; return the secret that binds it to the browser, and itself."""
    handle_token, nonce = new_token(), new_challenge()
    challenge = Challenge(
        id=new_id(),
        handle_hash=hash_token(handle_token),
        ceremony=ceremony,
        challenge=nonce,
        session_id=session_id,
        user_id=user_id,
        sign_up=sign_up,
        expires_at=tx.now + tx.policy.challenge_lifetime,
    )
    challenges.add(tx.db, challenge)
    return handle_token, nonce


def take_challenge(
    transactions: Transactions,
    handle_token: str,
    *,
    ceremony: Ceremony,
    session_id: SessionId | None = None,
    user_id: UserId | None = None,
) -> Challenge:
    """Take the challenge that this browser was given, or refuse.

    It is taken in a unit of its own, committed before anything is looked at: whatever turns out
    wrong afterwards, even here, it is gone, and no answer can be tried twice. The disk is not
    waited for: whoever is let in by it is committed durably, and this with them.
    """
    with transactions.writing(is_durable=False) as tx:
        challenge = challenges.take(tx.db, hash_token(handle_token))
    if challenge is None:
        raise lapsed("R3, A5: no such challenge")
    if challenge.expires_at <= tx.now:
        raise lapsed("R3, A5: the challenge has expired")
    # A browser has one challenge: another tab began something else.
    if challenge.ceremony is not ceremony:
        raise lapsed("R3, A5: the challenge of another ceremony")
    if (challenge.session_id, challenge.user_id) != (session_id, user_id):
        raise refused("R3, A5: the challenge of another session or person")
    return challenge
