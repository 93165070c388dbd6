"""Claims: whose passkey an authenticator's answer names, before anything of it is proven."""

import hashlib
from dataclasses import dataclass

from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.ceremonies import credential_id_of
from treno_chat.domain.door.passkeys import Passkey
from treno_chat.domain.ids import UserId
from treno_chat.domain.refusals import Forbidden
from treno_chat.stores.door import passkeys


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """An answer with the passkey that it names, if that is one of ours, and its owner's handle."""

    credential: object
    passkey: Passkey | None = None
    handle: bytes | None = None

    @property
    def owner(self) -> UserId | None:
        """Whose passkey it is, proven or not; None for none of ours."""
        return None if self.passkey is None else self.passkey.user_id

    @property
    def account(self) -> str:
        """What the failures of an answer are counted by: the account it claims to be from.

        A passkey that is nobody's is counted alike, or five tries would tell which ones there are.
        What is no answer at all claims nothing.
        """
        if self.owner is not None:
            return self.owner
        try:
            return hashlib.sha256(credential_id_of(self.credential)).hexdigest()
        except Forbidden:
            return ""


def read_claim(transactions: Transactions, credential: object) -> Claim:
    """Look up what an answer names: once, for whoever counts it and for whoever proves it.

    It may be looked up before its challenge is taken: a passkey that moved on since is not used.
    """
    try:
        credential_id = credential_id_of(credential)
    except Forbidden:
        return Claim(credential=credential)
    with transactions.reading() as tx:
        found = passkeys.get_with_handle(tx.db, credential_id)
    passkey, handle = found or (None, None)
    return Claim(credential=credential, passkey=passkey, handle=handle)
