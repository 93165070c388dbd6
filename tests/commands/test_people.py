"""The operator shuts somebody out, while a server runs."""

import pytest

from tests.actions.worlds import PLACE_SLUG
from tests.commands.conftest import Order
from treno_chat.actions.entry import enter_as_guest
from treno_chat.actions.sessions import look_up
from treno_chat.actions.signals import read_signals
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.events import SessionEnded
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.sessions import Device, Principal


@pytest.fixture
def bruno(order: Order, transactions: Transactions) -> Principal:
    """Somebody at the place."""
    assert order("places", "seed").code == 0
    with transactions.writing() as tx:
        return enter_as_guest(
            tx,
            place_slug=PLACE_SLUG,
            alias="Bruno",
            gender="undisclosed",
            device=Device(address="192.0.2.7", user_agent="a browser"),
            current=None,
        ).principal


def test_s30_whoever_is_disabled_is_out_and_the_servers_hear_of_it(
    order: Order, transactions: Transactions, bruno: Principal
) -> None:
    with transactions.reading() as tx:
        _, last = read_signals(tx, "")
    told = order("people", "disable", bruno.user.id)

    assert (told.code, told.out) == (
        0,
        f"Bruno ({bruno.user.id}) is out, and does not come in again.\n",
    )
    with transactions.reading() as tx:
        with pytest.raises(NotSignedIn):
            look_up(tx, bruno.session.id)
        events, _ = read_signals(tx, last)
    assert SessionEnded(session_id=bruno.session.id) in events


def test_whoever_was_out_may_come_in_again(order: Order, bruno: Principal) -> None:
    order("people", "disable", bruno.user.id)
    told = order("people", "enable", bruno.user.id)

    assert (told.code, told.out) == (0, f"Bruno ({bruno.user.id}) may come in again.\n")


def test_nobody_is_not_disabled(order: Order, bruno: Principal) -> None:
    told = order("people", "disable", "Bruno")

    assert (told.code, told.out) == (1, "")
    assert told.err.count("\n") == 1
