"""`people`: shutting somebody out, and letting them in again."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from treno_chat.actions.disabling import disable_person, enable_person
from treno_chat.actions.transaction import Transaction
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.ids import UserId
from treno_chat.domain.people import User

Deed = Callable[[Transaction, UserId], User]


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    # An alias may be worn by several, and by another tomorrow: only the id will do.
    who = ArgumentParser(add_help=False)
    who.add_argument("id", metavar="ID", help="the person's id, as in the log")
    disable = commands.add_parser("disable", parents=[who], help="end their sessions for good")
    disable.set_defaults(run=_disable)
    enable = commands.add_parser("enable", parents=[who], help="let them come in again")
    enable.set_defaults(run=_enable)


def _disable(asked: Namespace) -> int:
    user = _do(disable_person, asked)
    print(f"{user.alias} ({user.id}) is out, and does not come in again.")
    return 0


def _enable(asked: Namespace) -> int:
    user = _do(enable_person, asked)
    print(f"{user.alias} ({user.id}) may come in again.")
    return 0


def _do(deed: Deed, asked: Namespace) -> User:
    with opened_transactions() as transactions, transactions.writing() as tx:
        return deed(tx, asked.id)
