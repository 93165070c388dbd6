"""The cast and the place of the action tests, on both databases."""

from collections.abc import Generator

import pytest

from tests.actions.recovering import prove
from tests.actions.worlds import room_named
from tests.conftest import Heard
from tests.support.authenticator import Authenticator
from tests.support.texts import Texts
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.passkeys import begin_sign_up, finish_sign_up
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.door.sessions import Device, Entered, Principal
from treno_chat.domain.ids import PlaceId, new_id
from treno_chat.domain.places import Room
from treno_chat.stores import tables

PLACE_SLUG = "treno-lucca-aulla"


@pytest.fixture
def device() -> Device:
    """Where everybody comes from."""
    return Device(address="192.0.2.7", user_agent="a browser")


@pytest.fixture
def place(transactions: Transactions) -> PlaceId:
    """The train from Lucca to Aulla, without rooms yet."""
    place_id = new_id()
    with transactions.writing() as tx:
        row = tables.Place(
            id=place_id,
            slug=PLACE_SLUG,
            name="Treno Lucca–Aulla",
            kind="train",
            timezone="Europe/Rome",
            retention_seconds=48 * 3600,
            guest_grace_seconds=2 * 3600,
            created_at=tx.now,
        )
        tx.db.add(row)
    return place_id


@pytest.fixture
def ada(transactions: Transactions, place: PlaceId, device: Device) -> Principal:
    """A guest at the place."""
    return _guest(transactions, device, alias="Ada", gender="female")


@pytest.fixture
def bruno(transactions: Transactions, place: PlaceId, device: Device) -> Principal:
    """Another guest at the place."""
    return _guest(transactions, device, alias="Bruno", gender="male")


@pytest.fixture
def chiara(transactions: Transactions, place: PlaceId, device: Device) -> Principal:
    """A third guest at the place."""
    return _guest(transactions, device, alias="Chiara", gender="undisclosed")


@pytest.fixture
def key() -> Authenticator:
    """Dora's authenticator, which counts."""
    return Authenticator(sign_count=1)


@pytest.fixture
def dora(
    transactions: Transactions, heard: Heard, place: PlaceId, device: Device, key: Authenticator
) -> Entered:
    """A registered person, signed in at the place."""
    with transactions.writing() as tx:
        begun = begin_sign_up(
            tx,
            place_slug=PLACE_SLUG,
            alias="Dora",
            gender="female",
            phone="345 678 9012",
            region="IT",
            current=None,
        )
    entered = finish_sign_up(
        transactions,
        handle_token=begun.handle_token,
        credential=key.create(begun.options),
        place_slug=PLACE_SLUG,
        device=device,
        current=None,
    )
    heard.events.clear()
    key.sign_count = 2
    return entered


@pytest.fixture
def codes(transactions: Transactions, heard: Heard, dora: Entered) -> tuple[str, ...]:
    """Dora's recovery codes."""
    with transactions.writing() as tx:
        codes = make_codes(tx, dora.principal)
    heard.events.clear()
    return codes


@pytest.fixture
def proven(transactions: Transactions, texts: Texts, dora: Entered) -> str:
    """The secret of a browser that has proven Dora's number."""
    return prove(transactions, texts)[0]


@pytest.fixture
def rooms(transactions: Transactions, place: PlaceId) -> tuple[Room, Room]:
    """The rooms of the train."""
    with transactions.writing() as tx:
        make_demo_place(tx)
        return room_named(tx, "annunci"), room_named(tx, "treno")


@pytest.fixture
def annunci(rooms: tuple[Room, Room]) -> Room:
    """The room where only staff writes."""
    return rooms[0]


@pytest.fixture
def train(rooms: tuple[Room, Room]) -> Room:
    """The room where everybody writes."""
    return rooms[1]


@pytest.fixture
def tx(
    transactions: Transactions,
    rooms: tuple[Room, Room],
    ada: Principal,
    bruno: Principal,
    chiara: Principal,
) -> Generator[Transaction]:
    """One open unit of work that writes, begun after all three have come in.

    On SQLite it holds the only write lock: a test that takes `tx` writes through nothing else.
    """
    with transactions.writing() as tx:
        yield tx


def _guest(transactions: Transactions, device: Device, *, alias: str, gender: str) -> Principal:
    with transactions.writing() as tx:
        return enter_as_guest(
            tx, place_slug=PLACE_SLUG, alias=alias, gender=gender, device=device, current=None
        ).principal
