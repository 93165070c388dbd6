"""An account whose address nobody had proven: what else opens it may be somebody else's."""

from treno_chat.actions.audit import record
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.stores.account import accounts
from treno_chat.stores.door import notices, passkeys, users
from treno_chat.stores.other_ways import external_logins
from treno_chat.stores.recovery import recoveries, recovery_codes

WHY = "the address was not proven"


def remove_other_ways(tx: Transaction, user_id: UserId) -> None:
    """Leave an account nothing that opens it but its password; the caller holds the person.

    Anybody may name any address, and then give the account passkeys of their own. Whoever proves
    that the address is theirs by a link alone gets an account that nobody else opens.
    """
    gone = [AuthEventKind.PASSKEY_REMOVED] * passkeys.remove_all_of(tx.db, user_id)
    gone += [AuthEventKind.EXTERNAL_REMOVED] * external_logins.remove_all_of(tx.db, user_id)
    if accounts.sealed_phone(tx.db, user_id) is not None:
        users.forget_phone(tx.db, user_id)
        gone.append(AuthEventKind.PHONE_CHANGED)
    recovery_codes.replace_all(tx.db, user_id, (), at=tx.now)
    for recovery_id in recoveries.cancel(tx.db, user_id, at=tx.now):
        notices.remove(tx.db, user_id, kind=NoticeKind.RECOVERY_PENDING, subject=recovery_id)
        gone.append(AuthEventKind.RECOVERY_CANCELLED)
    for kind in gone:
        record(tx, kind, user_id=user_id, detail=WHY)
    if gone:
        give_notice(tx, user_id, NoticeKind.WAYS_REMOVED)
