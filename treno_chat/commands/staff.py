"""`staff`: who is staff of a place, and what the operator announces there."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations import staff
from treno_chat.actions.talk import announcements
from treno_chat.commands.columns import json_switch, show_lines
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.operations.roster import StaffLine
from treno_chat.domain.operations.staff import StaffMember


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    place = ArgumentParser(add_help=False)
    place.add_argument("--place", required=True, metavar="SLUG", help="the place, as in /p/SLUG")
    name = ArgumentParser(add_help=False)
    name.add_argument("name", metavar="NAME", help="an alias at the place, or a person's id")

    grant = commands.add_parser(
        "grant", parents=[place, name], help="let a registered person be staff"
    )
    grant.set_defaults(run=_grant)
    revoke = commands.add_parser("revoke", parents=[place, name], help="let them be it no more")
    revoke.set_defaults(run=_revoke)
    members = commands.add_parser("list", parents=[place, json_switch()], help="say who is staff")
    members.set_defaults(run=_list)
    announce = commands.add_parser("announce", parents=[place], help="announce something")
    announce.add_argument("text", metavar="TEXT", help="what everybody there shall read")
    announce.set_defaults(run=_announce)


def _grant(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        user = staff.grant(tx, asked.place, asked.name)
    print(f"{user.alias} ({user.id}) is staff of {asked.place}.")
    return 0


def _revoke(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        user = staff.revoke(tx, asked.place, asked.name)
    print(f"{user.alias} ({user.id}) is not staff of {asked.place} any more.")
    return 0


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = [_line(member) for member in staff.list_staff(tx, asked.place)]
    show_lines(lines, as_json=asked.json, none=f"{asked.place} has no staff.")
    return 0


def _line(member: StaffMember) -> StaffLine:
    return StaffLine(
        id=member.user.id,
        alias=member.user.alias,
        role=member.role,
        granted_at=member.granted_at,
    )


def _announce(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        announcements.announce(tx, asked.place, asked.text)
    print(f"Announced at {asked.place}.")
    return 0
