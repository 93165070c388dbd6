"""`rooms`: the rooms of a place."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations.rooms import add_room, list_rooms, rename_room
from treno_chat.commands.columns import json_switch, show_lines
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    place = ArgumentParser(add_help=False)
    place.add_argument("--place", required=True, metavar="SLUG", help="the place, as in /p/SLUG")
    room = ArgumentParser(add_help=False)
    room.add_argument("slug", metavar="ROOM", help="the room, as in /p/SLUG/ROOM")
    room.add_argument("name", metavar="NAME", help="what the screens call it")

    listing = commands.add_parser("list", parents=[place, json_switch()], help="say which it has")
    listing.set_defaults(run=_list)
    adding = commands.add_parser("add", parents=[place, room], help="open one more")
    adding.set_defaults(run=_add)
    renaming = commands.add_parser("rename", parents=[place, room], help="call one otherwise")
    renaming.set_defaults(run=_rename)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = list_rooms(tx, asked.place)
    show_lines(lines, as_json=asked.json, none=f"{asked.place} has no rooms.")
    return 0


def _add(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        room = add_room(tx, asked.place, asked.slug, asked.name)
    print(f"{room.name} is there: /p/{asked.place}/{room.slug}")
    return 0


def _rename(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        room = rename_room(tx, asked.place, asked.slug, asked.name)
    print(f"/p/{asked.place}/{room.slug} is called {room.name}, on pages opened from now on.")
    return 0
