"""A place of its own for a bench: a throwaway database with the demo place and some guests."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.talk.sending import Draft
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered
from treno_chat.domain.places import Place, Room, RoomKind
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.running.migrations import migrate
from treno_chat.settings import Settings
from treno_chat.stores.database import Database
from treno_chat.stores.talk import rooms

BODY = "Sono in fondo alla carrozza, vi aspetto!"  # 40 characters
SECRET = "a secret of the benches, long enough for anybody"  # noqa: S105 -- guards nothing
DEVICE = Device(address="127.0.0.1", user_agent="a bench")
_numbers = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """A database with the demo place."""

    transactions: Transactions
    place: Place
    room: Room

    def guests(self, number: int) -> list[Entered]:
        """Let people walk in, all in one transaction."""
        with self.transactions.writing() as tx:
            return [
                enter_as_guest(
                    tx,
                    place_slug=self.place.slug,
                    alias=f"Ada {next(_numbers)}",
                    gender="female",
                    device=DEVICE,
                    current=None,
                )
                for _ in range(number)
            ]


def draft() -> Draft:
    """Return forty characters that were never said before."""
    return Draft(text=BODY, client_id=str(uuid4()))


def open_world(url: str, *, pool_size: int = 10) -> World:
    """Open a migrated database, and make the demo place if it is missing."""
    transactions = Transactions(
        Database(url, pool_size=pool_size), policy=Policy(), vault=Vault(SECRET)
    )
    with transactions.writing() as tx:
        place = make_demo_place(tx)
        there = rooms.of_place(tx.db, place.id)
    room = next(room for room in there if room.kind is RoomKind.GENERAL)
    return World(transactions=transactions, place=place, room=room)


@contextmanager
def sqlite_world() -> Generator[World]:
    """A world in a file of a temporary folder, as durable as the product's own."""
    with tempfile.TemporaryDirectory(prefix="treno-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'treno.db'}"
        migrate(Settings(database_url=url))
        world = open_world(url)
        try:
            yield world
        finally:
            world.transactions.database.close()
