"""`backup`: the whole database in one file, while servers go on."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from treno_chat.running.backup.whole import back_up
from treno_chat.settings import Settings


def describe(parser: ArgumentParser) -> None:
    """Say what it needs."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a file that is not there yet")
    parser.set_defaults(run=_run)


def _run(asked: Namespace) -> int:
    settings = Settings()
    back_up(settings, asked.file)
    size = asked.file.stat().st_size
    print(f"{asked.file} has it all ({size:,} bytes), but for TRENO_SECRET: keep that elsewhere.")
    return 0
