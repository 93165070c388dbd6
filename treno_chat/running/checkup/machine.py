"""What the check-up sees of the machine: versions, files, disk, clock."""

import shutil
import sqlite3
import stat
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from treno_chat.running.checks import CannotStart, sqlite_file
from treno_chat.running.checkup.finding import Findings, fault, ok, warning
from treno_chat.running.migrations import ROOT
from treno_chat.settings import Settings

MIN_PYTHON = (3, 11)
MIN_SQLITE = (3, 35, 0)  # the first with RETURNING
SCARCE_BYTES, LITTLE_BYTES = 100 * 1024**2, 1024**3
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def look_at_machine(settings: Settings) -> Findings:
    """Look at everything that is of this machine."""
    yield from _versions(settings)
    yield from _files(settings)
    yield from _disk(settings.data_dir)
    yield from _clock(datetime.now(UTC))


def _versions(settings: Settings) -> Findings:
    python = ".".join(str(part) for part in sys.version_info[:3])
    is_fit = sys.version_info >= MIN_PYTHON
    yield ok(f"Python {python}") if is_fit else fault(f"Python {python}: 3.11 or newer is needed.")
    if settings.database.startswith("sqlite"):
        sqlite, fits = sqlite3.sqlite_version, sqlite3.sqlite_version_info >= MIN_SQLITE
        yield ok(f"SQLite {sqlite}") if fits else fault(f"SQLite {sqlite}: 3.35 is needed.")


def _files(settings: Settings) -> Findings:
    """Look at whatever holds secrets: nobody else of this machine may read it."""
    private = [settings.data_dir / "secrets.json", Path(".env")]
    with suppress(CannotStart):  # Said where the stores are looked at.
        private += filter(None, [sqlite_file(settings)])
    for file in private:
        if file.is_file() and _is_open_to_others(file):
            yield fault(f"{file} can be read by others: `chmod 600 {file}`, or 700 its folder.")
        elif file.is_file():
            yield ok(f"{file} is its owner's alone")


def _is_open_to_others(file: Path) -> bool:
    """Say whether others can read a file: they need a way to it as well."""
    return all(each.stat().st_mode & OTHERS for each in (file, file.resolve().parent))


def _disk(folder: Path) -> Findings:
    there = next(each for each in (folder, *folder.resolve().parents) if each.exists())
    free = shutil.disk_usage(there).free
    told = f"{free / 1024**3:.1f} GiB free where {folder} is"
    if free < SCARCE_BYTES:
        yield fault(f"{told}: nothing can be written soon, make room.")
    elif free < LITTLE_BYTES:
        yield warning(f"{told}: make room.")
    else:
        yield ok(told)


def _clock(now: datetime) -> Findings:
    """Passkeys, sessions and deletion go by it; it cannot be before this program was made."""
    made = max((ROOT / "alembic" / "versions").glob("*.py")).name[:8]
    shown = f"the clock says {now:%Y-%m-%d %H:%M} UTC"
    if f"{now:%Y%m%d}" < made:
        yield fault(f"{shown}, which is before this program was made: set it.")
    else:
        yield ok(shown)
