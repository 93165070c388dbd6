"""The machine, as the check-up sees it."""

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest
import time_machine

from tests.running.checkup.conftest import Deploy
from treno_chat.running.checkup.finding import Level
from treno_chat.running.checkup.machine import look_at_machine
from treno_chat.settings import Settings


def said(settings: Settings, about: str) -> tuple[Level, str]:
    """Return the only finding about something."""
    (finding,) = [each for each in look_at_machine(settings) if about in each.text]
    return finding.level, finding.text


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at a folder with no `.env` but the test's own."""
    monkeypatch.chdir(tmp_path)


class Usage(NamedTuple):
    """What a disk has."""

    total: int
    used: int
    free: int


def test_an_ordinary_machine_is_in_order(deploy: Deploy) -> None:
    assert {each.level for each in look_at_machine(deploy())} == {Level.OK}


@pytest.mark.parametrize("name", ["secrets.json", "treno.db"])
def test_what_others_can_read_is_a_fault(deploy: Deploy, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    file = folder / name
    file.touch(mode=0o644)

    level, text = said(deploy(), name)
    file.chmod(0o600)
    after_file = said(deploy(), name)[0]
    file.chmod(0o644)
    folder.chmod(0o700)
    after_folder = said(deploy(), name)[0]

    assert (level, after_file, after_folder) == (Level.FAULT, Level.OK, Level.OK)
    assert "chmod 600" in text


def test_a_database_by_another_name_is_looked_at_as_well(deploy: Deploy, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    (folder / "treno.db").touch(mode=0o644)
    (tmp_path / "link.db").symlink_to(folder / "treno.db")

    settings = deploy(database_url=f"sqlite+pysqlite:///{tmp_path / 'link.db'}")

    assert said(settings, "treno.db")[0] is Level.FAULT


def test_a_fresh_data_folder_is_its_owners_alone(deploy: Deploy, tmp_path: Path) -> None:
    settings = deploy()

    assert settings.secret()

    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert said(settings, "secrets.json")[0] is Level.OK


@pytest.mark.parametrize(
    ("free", "level"),
    [(50 * 1024**2, Level.FAULT), (500 * 1024**2, Level.WARNING), (2 * 1024**3, Level.OK)],
)
def test_a_full_disk_is_said_before_it_is_full(
    deploy: Deploy, monkeypatch: pytest.MonkeyPatch, free: int, level: Level
) -> None:
    def usage(_folder: Path) -> Usage:
        return Usage(total=free * 2, used=free, free=free)

    monkeypatch.setattr(shutil, "disk_usage", usage)

    assert said(deploy(), "GiB free")[0] is level


def test_an_old_library_is_a_fault(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))

    assert said(deploy(), "SQLite")[0] is Level.FAULT


@pytest.mark.parametrize(
    ("now", "level"), [("1970-01-01 00:00", Level.FAULT), ("2030-01-01 00:00", Level.OK)]
)
def test_a_clock_from_before_the_program_is_a_fault(deploy: Deploy, now: str, level: Level) -> None:
    with time_machine.travel(now, tick=False):
        assert said(deploy(), "the clock says")[0] is level
