"""`jobs`: what the servers do now and then, done now."""

import os
import socket
from argparse import ArgumentParser, Namespace

from treno_chat.actions import jobs
from treno_chat.commands.units import opened_transactions


def describe(parser: ArgumentParser) -> None:
    """Say which commands there are and what they need."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="run every job that is due and that no server took")
    run.set_defaults(run=_run)


def _run(_asked: Namespace) -> int:
    with opened_transactions() as transactions:
        ran = jobs.run_due(transactions, f"{socket.gethostname()}:{os.getpid()}")
    for job in ran:
        print(f"{job.name}: {_outcome(job)}")
    if not ran:
        print("Nothing is due.")
    return int(any(job.has_failed for job in ran))


def _outcome(job: jobs.JobRun) -> str:
    if job.has_failed:
        return "FAILED"
    return "done" if job.result is None else str(job.result)
