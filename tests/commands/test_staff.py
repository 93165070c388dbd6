"""The operator makes people staff and announces, while a server runs."""

import json

import pytest

from tests.actions.worlds import PLACE_SLUG, register, room_named, wear
from tests.commands.conftest import Order
from tests.commands.house import Server, guest
from treno_chat.actions.talk.access import access_room
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.talk.events import MessageSent, StaffChanged

AT = ("--place", PLACE_SLUG)


@pytest.fixture(autouse=True)
def seeded(order: Order, transactions: Transactions) -> None:
    assert order("places", "seed").code == 0


@pytest.fixture
def bruno(transactions: Transactions) -> Principal:
    """A guest at the place."""
    return guest(transactions, "Bruno")


@pytest.fixture
def ada(transactions: Transactions) -> Principal:
    """A registered person at the place."""
    ada = guest(transactions, "Ada")
    with transactions.writing() as tx:
        register(tx, ada)
    return ada


@pytest.fixture
def server(transactions: Transactions, ada: Principal, bruno: Principal) -> Server:
    """A server that was there before the command."""
    return Server(transactions)


def can_announce(transactions: Transactions, who: Principal) -> bool:
    with transactions.reading() as tx:
        return access_room(tx, who, room_named(tx, "annunci").id).can_write


def test_grant_and_revoke_count_at_once_and_the_servers_hear_of_them(
    order: Order, transactions: Transactions, server: Server, ada: Principal
) -> None:
    granted = order("staff", "grant", *AT, "Ada")
    assert (granted.code, "role_granted" in granted.err) == (0, True)
    assert granted.out == f"Ada ({ada.user.id}) is staff of {PLACE_SLUG}.\n"
    assert can_announce(transactions, ada)

    revoked = order("staff", "revoke", *AT, ada.user.id)
    assert (revoked.code, "role_revoked" in revoked.err) == (0, True)
    assert not can_announce(transactions, ada)

    (first, second) = server.hear()
    assert isinstance(first, StaffChanged)
    assert first == second
    assert first.user_id == ada.user.id


def test_the_list_names_the_staff(order: Order, ada: Principal, bruno: Principal) -> None:
    assert order("staff", "list", *AT).out == f"{PLACE_SLUG} has no staff.\n"

    order("staff", "grant", *AT, "Ada")

    told = order("staff", "list", *AT)
    assert told.code == 0
    heading, line = told.out.splitlines()
    assert heading.split() == ["ID", "ALIAS", "ROLE", "GRANTED"]
    assert line.startswith(f"{ada.user.id}  Ada    staff")
    (listed,) = json.loads(order("staff", "list", *AT, "--json").out)
    assert (listed["id"], listed["role"]) == (ada.user.id, "staff")


def test_a_guest_is_refused_in_words(
    order: Order, transactions: Transactions, server: Server, bruno: Principal
) -> None:
    told = order("staff", "grant", *AT, "Bruno")

    assert (told.code, told.out) == (1, "")
    assert told.err == "Guests can’t be staff: an account is needed first.\n"
    assert not can_announce(transactions, bruno)
    assert server.hear() == ()


def test_two_who_look_alike_are_named_with_their_ids(
    order: Order, transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    with transactions.writing() as tx:
        register(tx, bruno)
        wear(tx, bruno, "Ada")

    told = order("staff", "grant", *AT, "Ada")

    assert told.code == 1
    assert ada.user.id in told.err
    assert bruno.user.id in told.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("grant", *AT, "Nobody"), "There is nobody by that name here.\n"),
        (("revoke", *AT, "Ada"), "There is nobody by that name here.\n"),
        (("list", "--place", "nowhere"), "There is no chat at this place.\n"),
        (("announce", "--place", "nowhere", "Ciao"), "There is no chat at this place.\n"),
        (("announce", *AT, "  "), "Write something.\n"),
    ],
)
def test_a_refusal_is_one_sentence(
    order: Order, ada: Principal, arguments: tuple[str, ...], sentence: str
) -> None:
    told = order("staff", *arguments)

    assert (told.code, told.out, told.err) == (1, "", sentence)


def test_an_announcement_is_read_and_heard(
    order: Order, transactions: Transactions, server: Server, bruno: Principal
) -> None:
    told = order("staff", "announce", *AT, "Si riparte fra dieci minuti")

    assert (told.code, told.out) == (0, f"Announced at {PLACE_SLUG}.\n")
    with transactions.reading() as tx:
        room = room_named(tx, "annunci")
        (message,) = newest_page(tx, bruno, room.id).page.messages
    assert message.body == "Si riparte fra dieci minuti"
    assert server.hear() == (MessageSent(message=message),)
