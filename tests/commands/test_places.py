"""`places`: the operator sees which places there are, and how full they are."""

import json

from tests.actions.worlds import PLACE_SLUG, room_named, say
from tests.commands.conftest import Order
from tests.commands.house import guest
from treno_chat.actions.transaction import Transactions


def test_a_house_without_places_says_so(order: Order, transactions: Transactions) -> None:
    told = order("places", "list")

    assert (told.code, told.out, told.err) == (0, "There is no place.\n", "")


def test_each_place_is_a_line_with_what_is_in_it(order: Order, transactions: Transactions) -> None:
    assert order("places", "seed").code == 0
    ada = guest(transactions, "Ada")
    with transactions.writing() as tx:
        say(tx, ada, room_named(tx, "treno"), "Ciao!", "Ciao?")

    told = order("places", "list")
    (listed,) = json.loads(order("places", "list", "--json").out)

    assert [line.split()[0] for line in told.out.splitlines()] == ["SLUG", PLACE_SLUG]
    assert (listed["slug"], listed["kind"], listed["hours_kept"]) == (PLACE_SLUG, "train", 48)
    assert (listed["people"], listed["rooms"], listed["messages"]) == (1, 2, 2)
