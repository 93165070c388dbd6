"""`restore`: a backup in the place of the database, while nobody serves."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from treno_chat.running.backup.whole import restore
from treno_chat.settings import Settings

AFTERWARDS = """\
Before you serve: `migrate`, if this program is newer than the backup.
Whoever was signed in then is so again; `sessions end --all --yes` ends that.
Whatever was taken away since is back: erased and disabled people, staff roles, passkeys,
passwords, retired keys. What to do about each: docs/operations.md, "A restore, for real"."""


def describe(parser: ArgumentParser) -> None:
    """Say what it needs."""
    parser.add_argument("file", metavar="FILE", type=Path, help="what `backup` wrote")
    parser.add_argument(
        "--replace", action="store_true", help="though the database is not empty: it is lost"
    )
    parser.set_defaults(run=_run)


def _run(asked: Namespace) -> int:
    revision = restore(Settings(), asked.file, is_replacing=asked.replace)
    print(f"The database is what it was in {asked.file}, at revision {revision}.\n{AFTERWARDS}")
    return 0
