"""`pages`: the pages that a place has of its own, over those of the house."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from treno_chat.actions.assistant import own_pages
from treno_chat.actions.door.visits import place_named
from treno_chat.assistant.front_matter import read_written, written_text
from treno_chat.commands.columns import json_switch, show_lines
from treno_chat.commands.units import opened_transactions
from treno_chat.domain.assistant.own_pages import WrittenPage
from treno_chat.domain.words import LANGUAGES
from treno_chat.running.checks import CannotStart


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLine:
    """A page in a list."""

    slug: str
    language: str
    title: str
    updated: str


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    place = ArgumentParser(add_help=False)
    place.add_argument("--place", required=True, metavar="SLUG", help="the place, as in /p/SLUG")
    page = ArgumentParser(add_help=False)
    page.add_argument("slug", metavar="PAGE", help="the page's slug")
    page.add_argument("language", choices=LANGUAGES, help="which of its languages")

    listing = commands.add_parser(
        "list", parents=[place, json_switch()], help="say which pages a place has of its own"
    )
    listing.set_defaults(run=_list)
    show = commands.add_parser("show", parents=[place, page], help="print a page as it is written")
    show.set_defaults(run=_show)
    take = commands.add_parser("import", parents=[place], help="keep pages that files hold")
    take.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a page, or a folder of *.md"
    )
    take.set_defaults(run=_import)
    remove = commands.add_parser("remove", parents=[place, page], help="delete a page")
    remove.set_defaults(run=_remove)


def _list(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        pages = own_pages.list_own_pages(tx, place_named(tx, asked.place))
    lines = [_line(page) for page in pages]
    show_lines(lines, as_json=asked.json, none=f"{asked.place} has no pages of its own.")
    return 0


def _line(page: WrittenPage) -> PageLine:
    return PageLine(
        slug=page.slug, language=page.language, title=page.title, updated=page.updated.isoformat()
    )


def _show(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.reading() as tx:
        place = place_named(tx, asked.place)
        page = own_pages.get_own_page(tx, place, asked.slug, asked.language)
    print(written_text(page), end="")
    return 0


def _import(asked: Namespace) -> int:
    # All are read before any is kept: a slip in the last one leaves everything as it was.
    pages = [read_written(_text_of(file), source=str(file)) for file in _files(asked.files)]
    if not pages:
        message = f"There is no *.md in {', '.join(map(str, asked.files))}: no page is kept."
        raise CannotStart(message)
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = place_named(tx, asked.place)
        for page in pages:
            own_pages.keep_page(tx, place, page)
    kept = f"{len(pages)} page{'s' * (len(pages) != 1)}"
    print(f"{kept} kept for {asked.place}, from the next question on.")
    return 0


def _remove(asked: Namespace) -> int:
    with opened_transactions() as transactions, transactions.writing() as tx:
        place = place_named(tx, asked.place)
        own_pages.remove_page(tx, place, asked.slug, asked.language)
    print(f"{asked.place} has no {asked.slug} in {asked.language} of its own any more.")
    return 0


def _files(named: Iterable[Path]) -> list[Path]:
    return [
        file for one in named for file in (sorted(one.rglob("*.md")) if one.is_dir() else [one])
    ]


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as reason:
        raise CannotStart(f"{file} cannot be read: {reason}") from None
