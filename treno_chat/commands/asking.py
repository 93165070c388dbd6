"""What several commands ask for in the same way: a number, and that one is sure."""

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


def at_least_one(text: str) -> int:
    """Return a number, of lines or hours; whatever else was typed is told how it goes."""
    if not text.isdecimal() or int(text) < 1:
        message = f"{text} is no number above 0"
        raise ArgumentTypeError(message)
    return int(text)
