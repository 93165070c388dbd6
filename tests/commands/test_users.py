"""The operator looks people up, shuts somebody out, erases them, while a server runs."""

import json

import pytest

from tests.commands.conftest import Order
from tests.commands.house import EMAIL, PASSWORD_HASH, PHONE, SUBJECT, Server, guest, registered
from tests.commands.house import seed as seed_house
from treno_chat.actions.door.sessions import look_up
from treno_chat.actions.operations.roster import find_person
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import NotFound, NotSignedIn
from treno_chat.domain.talk.events import SessionEnded


@pytest.fixture(autouse=True)
def seeded(transactions: Transactions) -> None:
    seed_house(transactions)


@pytest.fixture
def bruno(transactions: Transactions) -> Principal:
    """A guest at the place."""
    return guest(transactions, "Bruno")


@pytest.fixture
def ada(transactions: Transactions) -> Principal:
    """A registered person at the place."""
    return registered(transactions, "Ada")


def ids(order: Order, *arguments: str) -> list[str]:
    told = order("users", *arguments, "--json")
    assert (told.code, told.err) == (0, "")
    return [each["id"] for each in json.loads(told.out)]


def test_nobody_is_said(order: Order) -> None:
    told = order("users", "list")

    assert (told.code, told.out, told.err) == (0, "There is nobody.\n", "")
    assert ids(order, "list") == []


def test_the_list_is_aligned_and_has_the_newest_first(
    order: Order, bruno: Principal, ada: Principal
) -> None:
    told = order("users", "list")

    heading, first, second = told.out.splitlines()
    assert " ".join(heading.split()) == "ID ALIAS REGISTERED SESSIONS SEEN CREATED DISABLED"
    assert first.startswith(f"{ada.user.id}  Ada    yes")
    assert second.startswith(f"{bruno.user.id}  Bruno  no")
    assert heading.index("ALIAS") == first.index("Ada") == second.index("Bruno")


def test_the_list_is_narrowed_and_turned_over(
    order: Order, bruno: Principal, ada: Principal
) -> None:
    assert ids(order, "list") == [ada.user.id, bruno.user.id]
    assert ids(order, "list", "--only", "guests") == [bruno.user.id]
    assert ids(order, "list", "--only", "registered") == [ada.user.id]
    assert ids(order, "list", "--only", "disabled") == []
    assert ids(order, "list", "--limit", "1") == [ada.user.id]
    assert ids(order, "list", "--before", ada.user.id) == [bruno.user.id]


@pytest.mark.parametrize(
    "text", ["Ada", "\u0430d\u0430", "aD", PHONE, "345 678 9012", EMAIL.upper()]
)
def test_somebody_is_found_by_alias_phone_and_address(
    order: Order, bruno: Principal, ada: Principal, text: str
) -> None:
    assert ids(order, "find", text) == [ada.user.id]


def test_somebody_is_found_by_id_and_strangers_are_not(order: Order, bruno: Principal) -> None:
    assert ids(order, "find", bruno.user.id) == [bruno.user.id]
    for text in ("Chiara", "+393330000000", "nobody@example.org", "%", "_", "", "\udcff"):
        assert ids(order, "find", text) == []


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_sheet_masks_what_is_private_and_has_no_secret(
    order: Order, ada: Principal, form: tuple[str, ...]
) -> None:
    told = order("users", "show", ada.user.id, *form)

    assert (told.code, told.err) == (0, "")
    assert "+39 •••••••012" in told.out
    assert "a•••@example.org" in told.out
    assert "https://id.example.org" in told.out
    for secret in (PHONE, EMAIL, PASSWORD_HASH, SUBJECT, "argon2", "lovelace"):
        assert secret not in told.out


def test_what_is_sealed_with_another_secret_is_said(
    order: Order, ada: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRENO_SECRET", "another secret of the tests, as long as the first")

    told = order("users", "show", ada.user.id)

    assert told.code == 0
    assert told.out.count("sealed with another TRENO_SECRET") == 2


def test_s30_whoever_is_disabled_is_out_and_the_servers_hear_of_it(
    order: Order, transactions: Transactions, bruno: Principal
) -> None:
    server = Server(transactions)

    told = order("users", "disable", bruno.user.id)

    assert told.out == f"Bruno ({bruno.user.id}) is out, and does not come in again.\n"
    with transactions.reading() as tx, pytest.raises(NotSignedIn):
        look_up(tx, bruno.session.id)
    assert SessionEnded(session_id=bruno.session.id) in server.hear()
    assert ids(order, "list", "--only", "disabled") == [bruno.user.id]


def test_whoever_was_out_may_come_in_again(order: Order, bruno: Principal) -> None:
    order("users", "disable", bruno.user.id)
    told = order("users", "enable", bruno.user.id)

    assert (told.code, told.out) == (0, f"Bruno ({bruno.user.id}) may come in again.\n")
    assert ids(order, "list", "--only", "disabled") == []


def test_whoever_is_erased_is_gone_and_the_servers_hear_of_it(
    order: Order, transactions: Transactions, ada: Principal
) -> None:
    server = Server(transactions)

    told = order("users", "erase", ada.user.id, "--yes")

    assert told.code == 0
    assert told.out.startswith(f"Ada ({ada.user.id}) is erased. What there was:\n")
    assert "PASSKEYS       1\n" in told.out
    with transactions.reading() as tx, pytest.raises(NotFound):
        find_person(tx, ada.user.id)
    assert SessionEnded(session_id=ada.session.id) in server.hear()


def test_nobody_is_erased_by_whoever_is_not_sure(
    order: Order, transactions: Transactions, ada: Principal
) -> None:
    told = order("users", "erase", ada.user.id)

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"This erases Ada ({ada.user.id}) for good. Nothing is done yet")
    with transactions.reading() as tx:
        assert look_up(tx, ada.session.id).user.id == ada.user.id


@pytest.mark.parametrize(
    "deed", [("show",), ("disable",), ("enable",), ("erase", "--yes"), ("list", "--before")]
)
def test_an_alias_will_not_do(order: Order, bruno: Principal, deed: tuple[str, ...]) -> None:
    told = order("users", *deed, "Bruno\udcff")

    assert (told.code, told.out, told.err) == (1, "", "There is nobody by that name here.\n")


@pytest.mark.parametrize("limit", ["0", "-1", "many", "²", "9" * 30])
def test_a_limit_is_a_number(order: Order, limit: str) -> None:
    assert order("users", "list", "--limit", limit).code == 2


def test_whoever_is_meant_is_one_of_the_kinds_that_are_named(order: Order) -> None:
    told = order("users", "list", "--only", "strangers")

    assert told.code == 2
    assert "strangers is none of all, registered, guests, disabled\n" in told.err
