"""`sessions`: who is signed in where, and ending it."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations import ending, roster
from treno_chat.commands.asking import at_least_one, only_if_sure, sure_switch
from treno_chat.commands.columns import json_switch, show_lines
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser(
        "list", parents=[json_switch()], help="list live sessions, the one seen last first"
    )
    listing.add_argument("--user", metavar="ID", help="only this person's")
    listing.add_argument("--place", metavar="SLUG", help="only those at a place, as in /p/SLUG")
    listing.add_argument("--limit", type=at_least_one, default=roster.PAGE_SIZE, metavar="N")
    listing.set_defaults(run=_list)
    end = commands.add_parser("end", parents=[sure_switch()], help="sign somebody out, at once")
    which = end.add_mutually_exclusive_group(required=True)
    which.add_argument("id", metavar="ID", nargs="?", help="a session's id")
    which.add_argument("--user", metavar="ID", help="all of a person's")
    which.add_argument("--all", action="store_true", help="everybody's; needs --yes")
    end.set_defaults(run=_end)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = roster.list_sessions(
            tx, user_id=asked.user, place_slug=asked.place, limit=asked.limit
        )
    show_lines(lines, as_json=asked.json, none="Nobody is signed in.")
    return 0


def _end(asked: Namespace) -> int:
    if asked.all:
        return _end_everybodys(asked)
    with opened_transactions() as transactions, transactions.writing() as tx:
        if asked.user is None:
            user, ended = ending.end_one(tx, asked.id), 1
        else:
            user = roster.find_person(tx, asked.user)
            ended = ending.end_all_of(tx, user.id)
    print(f"{user.alias} ({user.id}) is signed out of {ended} session{'s' * (ended != 1)}.")
    return 0


def _end_everybodys(asked: Namespace) -> int:
    only_if_sure(asked, "This signs everybody out, and guests cannot come back as who they were.")
    with opened_transactions() as transactions:
        ended = ending.end_everybodys(transactions)
    print(f"Everybody is signed out: {ended} session{'s' * (ended != 1)} ended.")
    return 0
