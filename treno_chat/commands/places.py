"""`places`: where people can be."""

from argparse import ArgumentParser, Namespace

from treno_chat.actions.operations.places import (
    ITALIAN_TIME,
    add_place,
    keep_words,
    make_demo_place,
    rename_place,
)
from treno_chat.actions.operations.removing import remove_place, view_removable_place
from treno_chat.actions.operations.roster import list_places
from treno_chat.commands.asking import again_switch, at_least_one, one_of, only_if_named_again
from treno_chat.commands.columns import json_switch, show_lines, show_sheet
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.places import PlaceKind
from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import words_in
from treno_chat.settings import Settings


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    listing = commands.add_parser("list", parents=[json_switch()], help="say which there are")
    listing.set_defaults(run=_list)
    slug = ArgumentParser(add_help=False)
    slug.add_argument("slug", metavar="SLUG", help="the place, as in /p/SLUG")
    name = ArgumentParser(add_help=False)
    name.add_argument("name", metavar="NAME", help="what the screens call it")

    adding = commands.add_parser("add", parents=[slug, name], help="make one, with its two rooms")
    adding.add_argument(
        "--kind",
        required=True,
        type=one_of(PlaceKind),
        metavar="KIND",
        help=", ".join(PlaceKind),
    )
    adding.add_argument("--timezone", default=ITALIAN_TIME, metavar="ZONE")
    adding.add_argument("--language", default="it", choices=LANGUAGES, help="of its rooms' names")
    adding.set_defaults(run=_add)
    renaming = commands.add_parser("rename", parents=[slug, name], help="call it otherwise")
    renaming.set_defaults(run=_rename)
    keeping = commands.add_parser("keep", parents=[slug], help="say how long words are kept there")
    keeping.add_argument("hours", type=at_least_one, metavar="HOURS")
    keeping.set_defaults(run=_keep)
    removing = commands.add_parser(
        "remove", parents=[slug, again_switch()], help="delete it for good, with all that is there"
    )
    removing.set_defaults(run=_remove)
    seed = commands.add_parser("seed", help="make sure that the demo place is there")
    seed.set_defaults(run=_seed)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        lines = list_places(tx)
    show_lines(lines, as_json=asked.json, none="There is no place.")
    return 0


def _add(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = add_place(
            tx,
            asked.slug,
            asked.name,
            kind=asked.kind,
            timezone=asked.timezone,
            announcements=words_in(asked.language).say("rooms.announcements"),
        )
    print(f"{place.name} is there: /p/{place.slug}")
    return 0


def _rename(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = rename_place(tx, asked.slug, asked.name)
    print(f"/p/{place.slug} is called {place.name}, on every page.")
    return 0


def _keep(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = keep_words(tx, asked.slug, hours=asked.hours)
    print(f"What is said at {place.name} from now on is kept for {asked.hours} hours.")
    return 0


def _remove(asked: Namespace) -> int:
    entry = Settings().default_place
    with opened_transactions() as transactions:
        with transactions.reading() as tx:
            contents = view_removable_place(tx, asked.slug, entry=entry)
        show_sheet(contents, as_json=False)
        deed = f"All this goes for good with {contents.name}."
        only_if_named_again(asked, contents.slug, deed)
        with transactions.writing() as tx:
            place = remove_place(tx, contents.slug, entry=entry)
    print(f"{place.name} is gone, and with it /p/{place.slug}.")
    return 0


def _seed(_asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = make_demo_place(tx)
    print(f"{place.name} is there: /p/{place.slug}")
    return 0
