"""Keeping a passkey that was just proven: what signing up and every later registration share."""

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.ceremonies import refused
from treno_chat.domain.door.passkeys import Credential, Passkey
from treno_chat.domain.ids import UserId, new_id
from treno_chat.stores.door import passkeys


def keep_passkey(
    tx: Transaction, user_id: UserId, proven: Credential, *, name: str = ""
) -> Passkey:
    """Store what a registration proved as a person's passkey (R16), or refuse it (R15)."""
    passkey = Passkey(
        id=new_id(),
        user_id=user_id,
        credential_id=proven.credential_id,
        public_key=proven.public_key,
        sign_count=proven.sign_count,
        transports=proven.transports,
        aaguid=proven.aaguid,
        is_backup_eligible=proven.is_backup_eligible,
        is_backed_up=proven.is_backed_up,
        name=name,
        created_at=tx.now,
    )
    if not passkeys.add(tx.db, passkey):
        # Taken over, it would sign whoever made it first in as somebody else.
        raise refused("R15: the credential is registered")
    return passkey
