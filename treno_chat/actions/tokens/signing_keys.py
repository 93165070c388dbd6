"""The keys that sign our tokens: made when there is none, changed by age or by command.

One key signs at a time. The one before is told and known until nothing that it signed can still be
good anywhere, and is then deleted.
"""

import json

from cryptography.fernet import InvalidToken

from treno_chat.actions.audit import record
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.ids import is_plain
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.refusals import NotFound
from treno_chat.domain.tokens.signing_keys import ProvingKey, StoredKey, make_pair, proving_key
from treno_chat.stores.operations import signing_keys


def current_key(tx: Transaction) -> StoredKey:
    """Return the key that signs; one is made if there is none, or none that may sign now."""
    return _signing(tx) or _make_in_turn(tx)


def private_half(tx: Transaction, key: StoredKey) -> str | None:
    """Return the private half in clear; None when the secret is another than it was sealed by."""
    try:
        return tx.vault.open(key.private_sealed)
    except InvalidToken:
        return None


def rotate(tx: Transaction) -> StoredKey:
    """Let a new key sign from now on."""
    signing_keys.take_turn(tx.db)
    for kid in signing_keys.retire_all(tx.db, at=tx.now):
        record(tx, AuthEventKind.KEY_RETIRED, detail=kid)
    return _make(tx)


def rotate_by_age(tx: Transaction) -> int:
    """Make a key when there is none or it is too old; delete those whose time is over."""
    had = signing_keys.all_keys(tx.db)
    key = current_key(tx)
    gone = signing_keys.remove_retired_before(tx.db, tx.now - tx.policy.tokens.proves_for)
    return gone + (0 if key in had else 1)


def retire(tx: Transaction, kid: str) -> StoredKey:
    """Forget a key at once, with all that it signed; return the one that signs from now on."""
    if not is_plain(kid) or not signing_keys.remove(tx.db, kid):
        raise NotFound("key_not_found")
    record(tx, AuthEventKind.KEY_RETIRED, detail=kid)
    return current_key(tx)


def known_keys(tx: Transaction) -> list[StoredKey]:
    """Return every key whose signatures are still good, the newest first."""
    return [key for key in signing_keys.all_keys(tx.db) if _still_proves(tx, key)]


def find_key(tx: Transaction, kid: str) -> ProvingKey | None:
    """Return a key of ours by its id: one look into our own table, and nowhere else."""
    found = signing_keys.get(tx.db, kid) if is_plain(kid) else None
    if found is None or not _still_proves(tx, found):
        return None
    return proving_key(found.kid, json.loads(found.public_jwk))


def _still_proves(tx: Transaction, key: StoredKey) -> bool:
    return key.retired_at is None or key.retired_at >= tx.now - tx.policy.tokens.proves_for


def _signing(tx: Transaction) -> StoredKey | None:
    made_after = tx.now - tx.policy.tokens.key_lifetime
    return next(
        (
            key
            for key in signing_keys.all_keys(tx.db)
            if key.retired_at is None
            and key.algorithm is tx.policy.tokens.algorithm
            and key.created_at > made_after
            and private_half(tx, key) is not None
        ),
        None,
    )


def _make_in_turn(tx: Transaction) -> StoredKey:
    signing_keys.take_turn(tx.db)
    # Somebody else may have made it while we waited.
    return _signing(tx) or rotate(tx)


def _make(tx: Transaction) -> StoredKey:
    pair = make_pair(tx.policy.tokens.algorithm)
    key = StoredKey(
        kid=pair.kid,
        algorithm=pair.algorithm,
        public_jwk=pair.public_jwk,
        private_sealed=tx.vault.seal(pair.private_pem),
        created_at=tx.now,
    )
    signing_keys.add(tx.db, key)
    record(tx, AuthEventKind.KEY_MADE, detail=pair.kid)
    return key
