"""`doctor`: whether a deployment is in order; exit 1 when something must not stay as it is."""

from argparse import ArgumentParser, Namespace

from treno_chat.running.checkup.finding import Level
from treno_chat.running.checkup.whole import look_at_everything
from treno_chat.settings import Settings


def describe(parser: ArgumentParser) -> None:
    """Say what it can be told."""
    parser.add_argument(
        "--online", action="store_true", help="ask the public address too, not this machine alone"
    )
    parser.set_defaults(run=_run)


def _run(asked: Namespace) -> int:
    levels: list[Level] = []
    for finding in look_at_everything(Settings(), is_online=asked.online):
        print(finding, flush=True)
        levels.append(finding.level)
    return int(Level.FAULT in levels)
