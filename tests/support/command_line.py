"""What the operator's command line offers: every command there is, by its words."""

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Generator
from typing import cast

from treno_chat.__main__ import _parser


def commands() -> list[str]:
    """Return every command, as it is typed."""
    return list(_below(_parser()))


def command_in(words: str) -> str | None:
    """Return the command that these words begin with, whatever they say behind it."""
    return next((each for each in commands() if f"{words} ".startswith(f"{each} ")), None)


def _below(parser: ArgumentParser, name: str = "") -> Generator[str]:
    groups = [
        cast("_SubParsersAction[ArgumentParser]", each)
        for each in parser._actions
        if isinstance(each, _SubParsersAction)
    ]
    if not groups:
        yield name
    for group in groups:
        for word, below in group.choices.items():
            yield from _below(below, f"{name} {word}".strip())
