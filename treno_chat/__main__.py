"""The operator's command line: `python -m treno_chat`."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import get_args

from treno_chat.commands import (
    backup,
    doctor,
    jobs,
    keys,
    outbox,
    pages,
    places,
    restore,
    rooms,
    sessions,
    staff,
    users,
)
from treno_chat.commands.reasons import Reason, line_of
from treno_chat.commands.terminal import (
    INTERRUPTED,
    UNREAD,
    spell_what_it_cannot_write,
    stop_writing,
    write_out,
)
from treno_chat.running import start
from treno_chat.running.serve import stop_on_signals
from treno_chat.settings import Settings

STEPS: dict[str, tuple[Callable[[Settings], None], str]] = {
    "run": (start.run, "make ready whatever is missing, then serve"),
    "serve": (start.serve_only, "serve what is ready"),
    "build": (start.build_only, "build the front end"),
    "migrate": (start.migrate_only, "bring the database to the newest revision"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked and return the exit code; a reason why not is one line on stderr."""
    spell_what_it_cannot_write()
    asked = _parser().parse_args(arguments)
    run: Callable[[Namespace], int] = asked.run
    try:
        code = run(asked)
        write_out()
    except BrokenPipeError:
        stop_writing()
        return UNREAD
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except get_args(Reason) as reason:
        print(line_of(reason), file=sys.stderr)
        return 1
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m treno_chat", description="Treno Chat, for operators.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (step, purpose) in STEPS.items():
        commands.add_parser(name, help=purpose).set_defaults(run=_taken(step))
    staff.describe(commands.add_parser("staff", help="who is staff of a place; announcements"))
    users.describe(commands.add_parser("users", help="who there is, and who may not come in"))
    sessions.describe(commands.add_parser("sessions", help="who is signed in, and where"))
    places.describe(commands.add_parser("places", help="where people can be"))
    pages.describe(commands.add_parser("pages", help="what a place tells of its own"))
    rooms.describe(commands.add_parser("rooms", help="the rooms of a place"))
    backup.describe(commands.add_parser("backup", help="write the whole database into a file"))
    restore.describe(commands.add_parser("restore", help="put a backup in the database's place"))
    doctor.describe(commands.add_parser("doctor", help="say what is wrong with a deployment"))
    jobs.describe(commands.add_parser("jobs", help="what is done now and then, done now"))
    keys.describe(commands.add_parser("keys", help="what access tokens are signed with"))
    outbox.describe(commands.add_parser("outbox", help="what development would have sent"))
    return parser


def _taken(step: Callable[[Settings], None]) -> Callable[[Namespace], int]:
    def take(_asked: Namespace) -> int:
        stop_on_signals()
        step(Settings())
        return 0

    return take


if __name__ == "__main__":
    sys.exit(main())
