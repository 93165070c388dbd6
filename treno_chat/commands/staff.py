"""`staff`: who is staff of a place, and what the operator announces there."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions import announcements, staff
from treno_chat.commands.units import opened_transactions


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
    members = commands.add_parser("list", parents=[place], help="say who is staff")
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
        members = staff.list_staff(tx, asked.place)
    for member in members:
        since = f"{member.granted_at:%Y-%m-%d %H:%M} UTC"
        print(f"{member.user.alias} ({member.user.id}), {member.role} since {since}")
    if not members:
        print(f"{asked.place} has no staff.")
    return 0


def _announce(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        announcements.announce(tx, asked.place, asked.text)
    print(f"Announced at {asked.place}.")
    return 0
