"""`users`: finding people, shutting somebody out, letting them in again, erasing them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from treno_chat.actions.account.erasure import erase_person
from treno_chat.actions.operations import roster
from treno_chat.actions.operations.disabling import disable_person, enable_person
from treno_chat.actions.operations.person_sheet import view_person
from treno_chat.actions.transaction import Transaction
from treno_chat.commands.asking import at_least_one, one_of, only_if_sure, sure_switch
from treno_chat.commands.columns import json_switch, show_lines, show_sheet
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.ids import UserId
from treno_chat.domain.operations.roster import Kind
from treno_chat.domain.people import User

NOBODY = "There is nobody."
Deed = Callable[[Transaction, UserId], User]


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    # An alias may be worn by several, and by another tomorrow: only the id will do.
    who = ArgumentParser(add_help=False)
    who.add_argument("id", metavar="ID", help="the person's id, as in the log")
    listing = commands.add_parser("list", parents=[json_switch()], help="list people, newest first")
    listing.add_argument(
        "--only", type=one_of(Kind), default=Kind.ALL, metavar="KIND", help=", ".join(Kind)
    )
    listing.add_argument("--before", metavar="ID", help="go on after the last one of a page")
    listing.add_argument("--limit", type=at_least_one, default=roster.PAGE_SIZE, metavar="N")
    listing.set_defaults(run=_list)
    find = commands.add_parser("find", parents=[json_switch()], help="find people")
    find.add_argument("text", metavar="TEXT", help="part of an alias, an id, a phone, an e-mail")
    find.set_defaults(run=_find)
    show = commands.add_parser("show", parents=[json_switch(), who], help="show what is known")
    show.set_defaults(run=_show)
    disable = commands.add_parser("disable", parents=[who], help="end their sessions for good")
    disable.set_defaults(run=_disable)
    enable = commands.add_parser("enable", parents=[who], help="let them come in again")
    enable.set_defaults(run=_enable)
    erase = commands.add_parser("erase", parents=[who, sure_switch()], help="erase them for good")
    erase.set_defaults(run=_erase)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = roster.list_people(tx, kind=asked.only, before=asked.before, limit=asked.limit)
    show_lines(lines, as_json=asked.json, none=NOBODY)
    return 0


def _find(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = roster.find_people(tx, asked.text)
    show_lines(lines, as_json=asked.json, none=NOBODY)
    return 0


def _show(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        sheet = view_person(tx, asked.id)
    show_sheet(sheet, as_json=asked.json)
    return 0


def _disable(asked: Namespace) -> int:
    user = _do(disable_person, asked)
    print(f"{user.alias} ({user.id}) is out, and does not come in again.")
    return 0


def _enable(asked: Namespace) -> int:
    user = _do(enable_person, asked)
    print(f"{user.alias} ({user.id}) may come in again.")
    return 0


def _erase(asked: Namespace) -> int:
    with opened_transactions() as transactions:
        with transactions.reading() as tx:
            user = roster.find_person(tx, asked.id)
        only_if_sure(asked, f"This erases {user.alias} ({user.id}) for good.")
        erased = erase_person(transactions, user.id)
    print(f"{user.alias} ({user.id}) is erased. What there was:")
    show_sheet(erased, as_json=False)
    return 0


def _do(deed: Deed, asked: Namespace) -> User:
    with opened_transactions() as transactions, transactions.writing() as tx:
        return deed(tx, asked.id)
