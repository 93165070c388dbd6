"""`rooms`: the rooms of a place."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations.removing import remove_room, view_removable_room
from treno_chat.actions.operations.rooms import add_room, list_rooms, rename_room
from treno_chat.commands.asking import again_switch, only_if_named_again
from treno_chat.commands.columns import json_switch, show_lines, show_sheet
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    place = ArgumentParser(add_help=False)
    place.add_argument("--place", required=True, metavar="SLUG", help="the place, as in /p/SLUG")
    room = ArgumentParser(add_help=False)
    room.add_argument("slug", metavar="ROOM", help="the room, as in /p/SLUG/ROOM")
    name = ArgumentParser(add_help=False)
    name.add_argument("name", metavar="NAME", help="what the screens call it")

    listing = commands.add_parser("list", parents=[place, json_switch()], help="say which it has")
    listing.set_defaults(run=_list)
    adding = commands.add_parser("add", parents=[place, room, name], help="open one more")
    adding.set_defaults(run=_add)
    renaming = commands.add_parser("rename", parents=[place, room, name], help="call one otherwise")
    renaming.set_defaults(run=_rename)
    removing = commands.add_parser(
        "remove", parents=[place, room, again_switch()], help="delete one with all that was said"
    )
    removing.set_defaults(run=_remove)


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
    print(f"/p/{asked.place}/{room.slug} is called {room.name}, on every page.")
    return 0


def _remove(asked: Namespace) -> int:
    with opened_transactions() as transactions:
        with transactions.reading() as tx:
            line = view_removable_room(tx, asked.place, asked.slug)
        show_sheet(line, as_json=False)
        deed = f"All this goes for good with {line.name}."
        only_if_named_again(asked, line.slug, deed)
        with transactions.writing() as tx:
            room = remove_room(tx, asked.place, line.slug)
    print(f"{room.name} is gone, and with it /p/{asked.place}/{room.slug}.")
    return 0
