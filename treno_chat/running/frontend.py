"""The front end: built by Reflex when something that goes into it has changed."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from treno_chat.running.checks import CannotStart
from treno_chat.running.migrations import ROOT
from treno_chat.settings import Settings

SOURCES = (
    "treno_chat/**/*.py",
    "treno_chat/**/*.json",
    "assets/**/*",
    "rxconfig.py",
    "requirements.txt",
)
# Settings that are written into the pages; a change of any other needs no new build.
BAKED_IN = (
    "treno_env",
    "public_origin",
    "default_place",
    "retention_hours",
    "guest_grace_hours",
    "default_phone_region",
)
# Made by Reflex itself while it builds.
GENERATED = "assets/external"
# What npm resolved: kept in the repository, brought up to date by a build.
LOCK = "reflex.lock/package-lock.json"
# What Reflex says to its own users, not to ours.
CHATTER = ("Info:", "Success:")


def build_folder() -> Path:
    """Return where Reflex builds."""
    return ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")


def is_built(settings: Settings) -> bool:
    """Say whether the built front end is the one that the sources would give."""
    stamp = _stamp()
    pages = build_folder() / "build" / "client"
    return pages.is_dir() and stamp.is_file() and stamp.read_text() == fingerprint(settings)


def build(settings: Settings) -> None:
    """Build the front end anew."""
    _stamp().unlink(missing_ok=True)
    sources, started = _sources(settings), time.monotonic()
    print("Building the front end (the first time about a minute) …", flush=True)
    _export()
    _stamp().write_text(f"{sources} {_hash((LOCK,))}")
    print(f"Built in {time.monotonic() - started:.0f} s.", flush=True)


def fingerprint(settings: Settings) -> str:
    """Return the hash of everything that goes into the built pages."""
    return f"{_sources(settings)} {_hash((LOCK,))}"


def frontend_environment() -> dict[str, str]:
    """Return our environment with the virtual environment's own Node in front."""
    programs = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join((programs, os.environ.get("PATH", os.defpath))),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "NO_COLOR": "1",
        # A lock file that names no registry works with whichever one a machine has.
        "npm_config_omit_lockfile_registry_resolved": "true",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }


def _sources(settings: Settings) -> str:
    return _hash(SOURCES, *(f"{name}={getattr(settings, name)}" for name in BAKED_IN))


def _hash(patterns: Iterable[str], *values: str) -> str:
    whole = hashlib.sha256("\n".join(values).encode())
    found = {file for pattern in patterns for file in ROOT.glob(pattern) if file.is_file()}
    for file in sorted(found):
        if not file.is_relative_to(ROOT / GENERATED):
            whole.update(f"{file.relative_to(ROOT)}\n".encode())
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _export() -> None:
    command = (sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip")
    with subprocess.Popen(  # noqa: S603 -- our own fixed arguments
        command,
        cwd=ROOT,
        env=frontend_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as reflex:
        for line in reflex.stdout or ():
            if line.strip() and not line.strip().startswith(CHATTER):
                print(f"  {line.strip()}", flush=True)
    if reflex.returncode:
        message = f"The front end could not be built (exit {reflex.returncode})."
        raise CannotStart(message)


def _stamp() -> Path:
    return build_folder() / "treno.fingerprint"
