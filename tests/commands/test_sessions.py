"""The operator sees who is signed in and ends it, while a server runs."""

import json

import pytest

from tests.actions.worlds import PLACE_SLUG
from tests.commands.conftest import Order
from tests.commands.house import Server, guest, registered, seed
from treno_chat.actions.door.sessions import look_up, look_up_all
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.talk.events import SessionEnded


@pytest.fixture
def ada(transactions: Transactions) -> Principal:
    """A registered person at the place."""
    seed(transactions)
    return registered(transactions, "Ada")


@pytest.fixture
def bruno(transactions: Transactions, ada: Principal) -> Principal:
    """A guest at the place."""
    return guest(transactions, "Bruno")


def ended(server: Server) -> set[str]:
    return {event.session_id for event in server.hear() if isinstance(event, SessionEnded)}


def test_nobody_is_said(order: Order, transactions: Transactions) -> None:
    assert order("sessions", "list").out == "Nobody is signed in.\n"


def test_the_list_names_people_and_browsers_and_no_secret(
    order: Order, ada: Principal, bruno: Principal
) -> None:
    told = order("sessions", "list")

    heading, first, second = told.out.splitlines()
    assert " ".join(heading.split()) == ("ID USER ID ALIAS DEVICE PLACE ADDRESS CREATED SEEN ENDS")
    assert first.startswith(f"{bruno.session.id}  {bruno.user.id}  Bruno  Firefox Linux")
    assert second.startswith(f"{ada.session.id}  {ada.user.id}  Ada ")
    assert "Mozilla" not in told.out


def test_the_list_is_narrowed(order: Order, ada: Principal, bruno: Principal) -> None:
    def ids(*arguments: str) -> list[str]:
        told = order("sessions", "list", *arguments, "--json")
        return [each["id"] for each in json.loads(told.out)]

    assert ids() == ids("--place", PLACE_SLUG) == [bruno.session.id, ada.session.id]
    assert ids("--user", ada.user.id) == [ada.session.id]
    assert ids("--limit", "1") == [bruno.session.id]


def test_a_session_ends_by_its_id_and_the_servers_hear_of_it(
    order: Order, transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    server = Server(transactions)

    told = order("sessions", "end", bruno.session.id)

    assert told.out == f"Bruno ({bruno.user.id}) is signed out of 1 session.\n"
    assert ended(server) == {bruno.session.id}
    with transactions.reading() as tx:
        assert look_up(tx, ada.session.id).user == ada.user
        with pytest.raises(NotSignedIn):
            look_up(tx, bruno.session.id)


def test_all_of_a_person_end_at_once(
    order: Order, transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    server = Server(transactions)

    first = order("sessions", "end", "--user", ada.user.id)
    again = order("sessions", "end", "--user", ada.user.id)

    assert first.out == f"Ada ({ada.user.id}) is signed out of 1 session.\n"
    assert again.out == f"Ada ({ada.user.id}) is signed out of 0 sessions.\n"
    assert ended(server) == {ada.session.id}


def test_everybodys_end_for_whoever_is_sure(
    order: Order, transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    server = Server(transactions)
    both = {ada.session.id, bruno.session.id}

    unsure = order("sessions", "end", "--all")
    assert (unsure.code, unsure.out) == (1, "")
    with transactions.reading() as tx:
        assert set(look_up_all(tx, both)) == both

    told = order("sessions", "end", "--all", "--yes")
    assert told.out == "Everybody is signed out: 2 sessions ended.\n"
    assert ended(server) == both


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("end", "\udcff"), "There is no session by that id, or not any more.\n"),
        (("end", "nothing"), "There is no session by that id, or not any more.\n"),
        (("end", "--user", "Ada"), "There is nobody by that name here.\n"),
        (("list", "--user", "Ada"), "There is nobody by that name here.\n"),
        (("list", "--place", "nowhere"), "There is no chat at this place.\n"),
    ],
)
def test_what_is_not_there_is_said(
    order: Order, ada: Principal, arguments: tuple[str, ...], sentence: str
) -> None:
    told = order("sessions", *arguments)

    assert (told.code, told.out, told.err) == (1, "", sentence)


@pytest.mark.parametrize("which", [(), ("ID", "--all"), ("--user", "ID", "--all")])
def test_one_has_to_say_whose(order: Order, which: tuple[str, ...]) -> None:
    assert order("sessions", "end", *which).code == 2
