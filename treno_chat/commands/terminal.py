"""The terminal: it may know few letters, stop listening, be full, or not be there at all."""

import os
import sys
from io import TextIOBase, TextIOWrapper

# What a shell says of a program that SIGINT or SIGPIPE ended.
INTERRUPTED, UNREAD = 130, 141


def can_be_asked() -> bool:
    """Say whether somebody sits there who can answer."""
    return isinstance(sys.stdin, TextIOBase) and sys.stdin.isatty()


def spell_what_it_cannot_write() -> None:
    """Let a letter that the terminal does not know be spelt, rather than end the command."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def write_out() -> None:
    """Write whatever waits now, while it can still be said that it could not be written."""
    if isinstance(sys.stdout, TextIOBase):
        sys.stdout.flush()


def stop_writing() -> None:
    """Write nowhere from now on: whoever read it (`| head`) has read enough."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
