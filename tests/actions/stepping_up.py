"""The first half of stepping up."""

from treno_chat.actions.door.challenges import Begun
from treno_chat.actions.door.step_up import begin_step_up
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal


def begun_by(transactions: Transactions, principal: Principal) -> Begun:
    """Let somebody begin to step up."""
    with transactions.writing() as tx:
        return begin_step_up(tx, principal)
