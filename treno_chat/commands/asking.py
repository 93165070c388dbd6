"""What several commands ask for in the same way: a number, a name again, that one is sure."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from treno_chat.running.checks import CannotStart


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
    if again is None and sys.stdin.isatty():
        again = _typed(f"{deed} Type {slug} to go on: ")
    if again is None:
        message = f"{deed} Nothing is done yet: say it again with --yes {slug}."
        raise CannotStart(message)
    if again != slug:
        message = f"Nothing is done: that was not {slug}."
        raise CannotStart(message)


def at_least_one(text: str) -> int:
    """Return a number, of lines or hours; whatever else was typed is told how it goes."""
    if not text.isdecimal() or int(text) < 1:
        message = f"{text} is no number above 0"
        raise ArgumentTypeError(message)
    return int(text)


def _typed(question: str) -> str:
    try:
        return input(question).strip()
    except (EOFError, KeyboardInterrupt):
        # The question has no end of line yet.
        print()
        return ""
