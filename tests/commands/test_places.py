"""`places`: the operator sees which places there are, and how full they are."""

import json
from io import StringIO

import pytest

from tests.actions.worlds import PLACE_SLUG, room_named, say
from tests.commands.conftest import Order
from tests.commands.house import BROWSER, Server, guest, seed
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.talk.rooms import open_room
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.talk.events import RoomsChanged
from treno_chat.stores.talk import places, rooms


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


def test_a_place_is_made_with_its_two_rooms(order: Order, transactions: Transactions) -> None:
    told = order("places", "add", "bagno-62", "Bagno 62", "--kind", "beach", "--language", "en")
    (listed,) = json.loads(order("places", "list", "--json").out)
    rooms = json.loads(order("rooms", "list", "--place", "bagno-62", "--json").out)

    assert (told.code, told.out) == (0, "Bagno 62 is there: /p/bagno-62\n")
    assert (listed["name"], listed["kind"], listed["timezone"]) == (
        "Bagno 62",
        "beach",
        "Europe/Rome",
    )
    assert [(room["slug"], room["name"], room["kind"]) for room in rooms] == [
        ("announcements", "Announcements", "announcements"),
        ("chat", "Bagno 62", "general"),
    ]


def test_whoever_is_let_in_there_can_talk(order: Order, transactions: Transactions) -> None:
    order("places", "add", "bagno-62", "Bagno 62", "--kind", "beach")

    with transactions.writing() as tx:
        ada = enter_as_guest(
            tx,
            place_slug="bagno-62",
            alias="Ada",
            gender="female",
            device=BROWSER,
            current=None,
        ).principal
        view = open_room(tx, ada, "bagno-62", None)
        say(tx, ada, view.room, "Ciao!")

    assert (view.room.slug, view.can_write) == ("chat", True)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("Bagno 62", "Bagno"), "small letters"),
        (("bagno--62", "Bagno"), "small letters"),
        ((PLACE_SLUG, "Un altro"), "somebody else"),
        (("bagno", "\u202egnab"), "character"),
        (("bagno", "Bagno", "--timezone", "Europe/Atlantis"), "Europe/Rome"),
        (("bagno", "Bagno", "--timezone", "../etc/passwd"), "Europe/Rome"),
    ],
)
def test_what_cannot_be_a_place_is_none(
    order: Order, transactions: Transactions, arguments: tuple[str, ...], why: str
) -> None:
    seed(transactions)

    told = order("places", "add", *arguments, "--kind", "beach")

    assert (told.code, told.out) == (1, "")
    assert why in told.err
    assert len(json.loads(order("places", "list", "--json").out)) == 1


def test_a_place_gets_another_name_and_its_main_room_with_it(
    order: Order, transactions: Transactions
) -> None:
    seed(transactions)

    told = order("places", "rename", PLACE_SLUG, "Regionale 18302")

    assert told.code == 0
    with transactions.reading() as tx:
        place = places.get(tx.db, PLACE_SLUG)
        assert place is not None
        names = [room.name for room in rooms.of_place(tx.db, place.id)]
    assert (place.name, names) == ("Regionale 18302", ["Annunci", "Regionale 18302"])
    assert order("places", "rename", "nowhere", "Nowhere").code == 1


def test_words_are_kept_for_as_long_as_is_said_from_now_on(
    order: Order, transactions: Transactions
) -> None:
    seed(transactions)

    told = order("places", "keep", PLACE_SLUG, "6")
    (listed,) = json.loads(order("places", "list", "--json").out)

    assert (told.code, listed["hours_kept"]) == (0, 6)


def type_at_the_terminal(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    terminal = StringIO(words)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)


@pytest.fixture
def beach(order: Order, transactions: Transactions) -> str:
    """A beach that may be removed, because `/` leads to the train."""
    seed(transactions)
    assert order("places", "add", "bagno-62", "Bagno 62", "--kind", "beach").code == 0
    return "bagno-62"


def test_what_would_go_is_said_first_and_a_script_names_the_place_again(
    order: Order, transactions: Transactions, beach: str
) -> None:
    server = Server(transactions)

    unsure = order("places", "remove", beach)
    mistaken = order("places", "remove", beach, "--yes", PLACE_SLUG)
    assert len(json.loads(order("places", "list", "--json").out)) == 2
    assert server.hear() == ()
    told = order("places", "remove", beach, "--yes", beach)

    assert (unsure.code, mistaken.code, told.code) == (1, 1, 0)
    assert ["ROOMS", "annunci,", "chat"] in [line.split() for line in unsure.out.splitlines()]
    assert unsure.err == (
        "All this goes for good with Bagno 62. "
        "Nothing is done yet: say it again with --yes bagno-62.\n"
    )
    assert mistaken.err == "Nothing is done: that was not bagno-62.\n"
    assert told.out.endswith("Bagno 62 is gone, and with it /p/bagno-62.\n")
    [listed] = json.loads(order("places", "list", "--json").out)
    assert listed["slug"] == PLACE_SLUG
    assert any(isinstance(event, RoomsChanged) for event in server.hear())


@pytest.mark.parametrize(
    ("words", "code"), [("bagno-62\n", 0), ("Bagno 62\n", 1), ("y\n", 1), ("", 1)]
)
def test_somebody_at_a_terminal_types_its_slug(
    order: Order, beach: str, monkeypatch: pytest.MonkeyPatch, *, words: str, code: int
) -> None:
    type_at_the_terminal(monkeypatch, words)

    told = order("places", "remove", beach)

    assert told.code == code
    assert "Type bagno-62 to go on: " in told.out
    assert len(json.loads(order("places", "list", "--json").out)) == 1 + code


def test_the_place_that_the_house_begins_with_is_not_removed(order: Order, beach: str) -> None:
    told = order("places", "remove", PLACE_SLUG, "--yes", PLACE_SLUG)

    assert (told.code, told.out) == (1, "")
    assert "DEFAULT_PLACE" in told.err
    assert "no chat" in order("places", "remove", "nowhere", "--yes", "nowhere").err
