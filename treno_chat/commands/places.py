"""`places`: where people can be."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.operations.roster import list_places
from treno_chat.commands.columns import json_switch, show_lines
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", parents=[json_switch()], help="say which there are")
    listing.set_defaults(run=_list)
    seed = commands.add_parser("seed", help="make sure that the demo place is there")
    seed.set_defaults(run=_seed)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = list_places(tx)
    show_lines(lines, as_json=asked.json, none="There is no place.")
    return 0


def _seed(_asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = make_demo_place(tx)
    print(f"{place.name} is there: /p/{place.slug}")
    return 0
