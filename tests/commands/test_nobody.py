"""A house that was just built has nobody in it."""

import pytest
from sqlmodel import SQLModel, select

from tests.commands.conftest import Order
from treno_chat.actions.transaction import Transactions
from treno_chat.stores import tables


@pytest.mark.parametrize(
    "table", [tables.User, tables.Passkey, tables.LoginSession, tables.StaffRole]
)
def test_s16_there_is_no_account_that_nobody_made(
    order: Order, transactions: Transactions, table: type[SQLModel]
) -> None:
    assert order("places", "seed").code == 0

    with transactions.reading() as tx:
        assert tx.db.exec(select(table)).all() == []
