"""The benches, one after the other, and one table at the end: `python -m bench [NAME …]`."""

import logging
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence

import structlog

from bench import (
    alike,
    api,
    asking,
    coming_back,
    cuts,
    delivery,
    history,
    killed,
    memory,
    not_reading,
    passwords,
    rates,
    sending,
    sign_in,
    statements,
    weight,
)
from bench.program import RAISED
from bench.rows import Row, table

BENCHES: dict[str, Callable[[], Iterable[Row]]] = {
    "delivery": delivery.run,
    "rates": rates.run,
    "memory": memory.run,
    "coming_back": coming_back.run,
    "sending": sending.run,
    "history": history.run,
    "weight": weight.run,
    "statements": statements.run,
    "alike": alike.run,
    "sign_in": sign_in.run,
    "passwords": passwords.run,
    "api": api.run,
    "asking": asking.run,
}
# Minutes each, and only when they are named: ten kills, a reader who does not read, long cuts.
PATIENT: dict[str, Callable[[], Iterable[Row]]] = {
    "killed": killed.run,
    "not_reading": not_reading.run,
    "cuts": cuts.run,
}


def main(names: Sequence[str]) -> None:
    """Run what was asked for, all but the patient ones by default; nothing passes or fails."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    _allow_many_sockets()
    began, rows = time.monotonic(), list[Row]()
    for name in names or BENCHES:
        print(f"{name} …", end=" ", flush=True)
        started = time.monotonic()
        rows += (BENCHES | PATIENT)[name]()
        print(f"{time.monotonic() - started:.0f} s", flush=True)
    print(f"\n{table(rows)}\n")
    raised = ", ".join(f"{name}={value}" for name, value in RAISED.items())
    print(f"Served with {raised}; everything else as in production, databases on disk.")
    print(
        f"{os.cpu_count()} cores shared with the listeners, {platform.machine()},"
        f" Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the end,"
        f" {time.monotonic() - began:.0f} s in all. Quote ratios of one run."
    )


def _allow_many_sockets() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    main(sys.argv[1:])
