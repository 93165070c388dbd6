"""Ceremonies that were refused: written down with the step that failed, and told if it is a risk.

Outside every refusal is the same (A18); what failed is for the log, and a counter that went back,
perhaps a passkey that somebody copied, is for its owner too (row 14).
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from treno_chat.actions.audit import record, record_refusal
from treno_chat.actions.door.notices import give_notice
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.ceremonies import CounterWentBack
from treno_chat.domain.door.notices import NoticeKind
from treno_chat.domain.ids import SessionId, UserId
from treno_chat.domain.operations.auth_events import AuthEventKind, Outcome
from treno_chat.domain.refusals import Forbidden


@contextmanager
def noting_refusals(
    transactions: Transactions,
    kind: AuthEventKind,
    *,
    whose: Callable[[], UserId | None],
    session_id: SessionId | None = None,
    address: str = "",
) -> Generator[None]:
    """Write down why what is done inside was refused; `whose` is asked only then.

    It opens units itself, so nothing may be open around it.
    """
    try:
        yield
    except Forbidden as refusal:
        user_id = whose()
        record_refusal(
            transactions,
            kind,
            user_id=user_id,
            session_id=session_id,
            address=address,
            detail="; ".join(getattr(refusal, "__notes__", ())),
        )
        if isinstance(refusal, CounterWentBack) and user_id is not None:
            _warn(transactions, user_id, address=address)
        raise


def _warn(transactions: Transactions, user_id: UserId, *, address: str) -> None:
    with transactions.writing() as tx:
        record(
            tx,
            AuthEventKind.COUNTER_REGRESSED,
            user_id=user_id,
            address=address,
            outcome=Outcome.REFUSED,
        )
        give_notice(tx, user_id, NoticeKind.COUNTER_REGRESSED)
