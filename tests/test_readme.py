"""What the README shows to be typed is done, in its order; its settings are taken as they are."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.worlds import PLACE_SLUG
from tests.commands.house import registered, seed
from treno_chat.__main__ import main
from treno_chat.actions.tokens.signing_keys import current_key, known_keys
from treno_chat.actions.transaction import Transactions
from treno_chat.assistant.library import STARTER
from treno_chat.domain.policy import Policy
from treno_chat.domain.vault import Vault
from treno_chat.issuers import providers_of
from treno_chat.running.soundness import faults_of
from treno_chat.settings import Settings
from treno_chat.stores.database import Database

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PROGRAM = ".venv/bin/python -m treno_chat "
SETTING = re.compile(r"[A-Z_]+=")
SECRET = "a secret of the tests, long enough for anybody"  # noqa: S105 -- shown to nobody else


def typed() -> Iterator[str]:
    """Yield what is typed, without the program's name."""
    for block in BLOCKS:
        for line in block.splitlines():
            if line.startswith(PROGRAM):
                yield line.removeprefix(PROGRAM)


def settings_shown() -> list[dict[str, str]]:
    """Return every example of settings; what is left out there is something long enough."""
    blocks = [block.splitlines() for block in BLOCKS if SETTING.match(block)]
    return [dict(line.replace("…", SECRET).split("=", 1) for line in block) for block in blocks]


@pytest.fixture
def house(database: Database) -> Transactions:
    """The demo place, with Ada, who has an account there."""
    house = Transactions(database, policy=Policy(), vault=Vault(SECRET))
    seed(house)
    registered(house, "Ada")
    with house.writing() as tx:
        current_key(tx)
    return house


def test_what_is_typed_is_done(
    house: Transactions,
    *,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    # The folder that its examples speak of: an operator's own pages.
    shutil.copytree(STARTER / "it", tmp_path / "pages")
    monkeypatch.setenv("TRENO_SECRET", SECRET)
    monkeypatch.setenv("DATABASE_URL", database_url)
    done = list[str]()

    for line in typed():
        with house.reading() as tx:
            kid = known_keys(tx)[0].kid
        words = [{"ALIAS": "Ada", "KEY": kid}.get(word, word) for word in shlex.split(line)]
        assert main(words) == 0, line
        done.append(line)

    shown = capsys.readouterr().out
    assert {"outbox", "keys rotate", "places seed"} <= set(done)
    assert f"Announced at {PLACE_SLUG}." in shown


@pytest.mark.parametrize("shown", settings_shown(), ids=lambda shown: next(iter(shown)))
def test_settings_are_taken_as_they_stand(
    shown: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in shown.items():
        monkeypatch.setenv(name, value)

    settings = Settings()

    assert {name.lower() for name in shown} <= Settings.model_fields.keys()
    assert list(faults_of(settings)) == []
    assert [one.label for one in providers_of(settings)] in ([], ["Rail ID"])
