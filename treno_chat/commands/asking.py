"""What several commands ask for in the same way: a number, a word, that one is sure."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from treno_chat.commands.terminal import can_be_asked
from treno_chat.domain.places import MOST_HOURS
from treno_chat.running.checks import CannotStart

Kind = TypeVar("Kind", bound=StrEnum)


def sure_switch() -> ArgumentParser:
    """Return the switch of commands that cannot be taken back."""
    switch = ArgumentParser(add_help=False)
    switch.add_argument("--yes", action="store_true", help="do it: it cannot be taken back")
    return switch


def only_if_sure(asked: Namespace, deed: str) -> None:
    """Refuse to go on without `--yes`, and say what would be done."""
    if not asked.yes:
        message = f"{deed} Nothing is done yet: say it again with --yes."
        raise CannotStart(message)


def again_switch() -> ArgumentParser:
    """Return the switch of commands that ask for a name once more before they delete."""
    switch = ArgumentParser(add_help=False)
    switch.add_argument(
        "--yes", metavar="AGAIN", help="its slug once more, where nobody can be asked for it"
    )
    return switch


def only_if_named_again(asked: Namespace, slug: str, deed: str) -> None:
    """Refuse to go on unless the slug is typed once more: behind `--yes`, else at the terminal."""
    again: str | None = asked.yes
    if again is None and can_be_asked():
        again = _typed(f"{deed} Type {slug} to go on: ")
    if again is None:
        message = f"{deed} Nothing is done yet: say it again with --yes {slug}."
        raise CannotStart(message)
    if again != slug:
        message = f"Nothing is done: that was not {slug}."
        raise CannotStart(message)


def at_least_one(text: str) -> int:
    """Return a number, of lines or hours; whatever else was typed is told how it goes."""
    if not text.isdecimal() or not 1 <= int(text) <= MOST_HOURS:
        message = f"{text} is no number from 1 to {MOST_HOURS}"
        raise ArgumentTypeError(message)
    return int(text)


def one_of(kind: type[Kind]) -> Callable[[str], Kind]:
    """Return what reads one of several words; of any other it says which there are."""

    def read(text: str) -> Kind:
        try:
            return kind(text)
        except ValueError:
            message = f"{text} is none of {', '.join(kind)}"
            raise ArgumentTypeError(message) from None

    return read


def _typed(question: str) -> str:
    try:
        return input(question).strip()
    except (EOFError, KeyboardInterrupt):
        # The question has no end of line yet.
        print()
        return ""
