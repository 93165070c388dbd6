"""`places`: where people can be."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.places import make_demo_place
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    seed = commands.add_parser("seed", help="make sure that the demo place is there")
    seed.set_defaults(run=_seed)


def _seed(_asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = make_demo_place(tx)
    print(f"{place.name} is there: /p/{place.slug}")
    return 0
