"""`rooms`: the operator opens rooms and gives them names."""

import json

import pytest

from tests.actions.worlds import PLACE_SLUG, room_named, say
from tests.commands.conftest import Order
from tests.commands.house import guest, seed
from treno_chat.actions.transaction import Transactions

AT = ("--place", PLACE_SLUG)


@pytest.fixture(autouse=True)
def train(transactions: Transactions) -> None:
    """The demo place, with its two rooms."""
    seed(transactions)


def test_one_more_room_stands_behind_the_others(order: Order) -> None:
    told = order("rooms", "add", *AT, "carrozza-3", "Carrozza 3")
    listed = json.loads(order("rooms", "list", *AT, "--json").out)

    assert (told.code, told.out) == (0, f"Carrozza 3 is there: /p/{PLACE_SLUG}/carrozza-3\n")
    assert [room["slug"] for room in listed] == ["annunci", "treno", "carrozza-3"]


def test_people_talk_in_it(order: Order, transactions: Transactions) -> None:
    order("rooms", "add", *AT, "carrozza-3", "Carrozza 3")
    ada = guest(transactions, "Ada")

    with transactions.writing() as tx:
        say(tx, ada, room_named(tx, "carrozza-3"), "Ciao!")

    listed = json.loads(order("rooms", "list", *AT, "--json").out)
    assert [room["messages"] for room in listed] == [0, 0, 1]


def test_a_room_gets_another_name_and_keeps_its_address(order: Order) -> None:
    told = order("rooms", "rename", *AT, "treno", "Tutti quanti")
    listed = json.loads(order("rooms", "list", *AT, "--json").out)

    assert told.code == 0
    assert (listed[1]["slug"], listed[1]["name"]) == ("treno", "Tutti quanti")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("add", *AT, "treno", "Un altro"), "somebody else"),
        (("add", *AT, "Carrozza 3", "Carrozza 3"), "small letters"),
        (("add", *AT, "carrozza-3", ""), "Write something"),
        (("rename", *AT, "carrozza-3", "Carrozza"), "no such room"),
        (("remove", *AT, "carrozza-3", "--yes", "carrozza-3"), "no such room"),
        (("remove", *AT, "annunci", "--yes", "annunci"), "Staff announce"),
        (("remove", *AT, "treno", "--yes", "treno"), "add another one first"),
        (("list", "--place", "nowhere"), "no chat at this place"),
    ],
)
def test_what_cannot_be_done_is_said(order: Order, arguments: tuple[str, ...], why: str) -> None:
    told = order("rooms", *arguments)

    assert (told.code, told.out) == (1, "")
    assert why in told.err


def test_a_room_goes_when_it_is_named_again(order: Order) -> None:
    order("rooms", "add", *AT, "carrozza-3", "Carrozza 3")

    unsure = order("rooms", "remove", *AT, "carrozza-3")
    told = order("rooms", "remove", *AT, "carrozza-3", "--yes", "carrozza-3")
    listed = json.loads(order("rooms", "list", *AT, "--json").out)

    assert (unsure.code, told.code) == (1, 0)
    assert "--yes carrozza-3" in unsure.err
    assert told.out.endswith(f"Carrozza 3 is gone, and with it /p/{PLACE_SLUG}/carrozza-3.\n")
    assert [room["slug"] for room in listed] == ["annunci", "treno"]
