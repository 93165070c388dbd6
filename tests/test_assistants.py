"""Who answers is as the settings say, nothing is asked before anybody asks, and it lets go."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from tests.conftest import StoppedClock
from tests.support.assistant import WORDS
from treno_chat.actions.assistant.answering import Assistant
from treno_chat.actions.assistant.mentions import Mentions
from treno_chat.actions.assistant.passages import StoredVectors
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.assistants import Upkeep, assistant_of, writer_of
from treno_chat.settings import Settings

KEY = "sk-very-secret"


def settings(folder: Path, **given: str) -> Settings:
    return Settings.model_validate({"data_dir": folder, "embeddings": "off", **given})


def upkeep_of(assistant: Assistant, transactions: Transactions) -> Upkeep:
    mentions = Mentions(transactions, guide=assistant.guide, limits=Limits(), words=WORDS)
    return Upkeep(assistant, transactions, mentions)


@pytest.fixture
def place(transactions: Transactions) -> str:
    with transactions.writing() as tx:
        return make_demo_place(tx).slug


def test_without_an_endpoint_nobody_writes(tmp_path: Path) -> None:
    assert writer_of(settings(tmp_path), WORDS) is None


def test_keys_are_in_no_representation(tmp_path: Path) -> None:
    keys = dict.fromkeys(
        ("embeddings_api_key", "assistant_api_key", "assistant_fallback_api_key"), KEY
    )

    assert KEY not in repr(settings(tmp_path, **keys))


async def test_pages_are_read_beside_the_start_and_old_vectors_forgotten(
    transactions: Transactions, place: str, tmp_path: Path, clock: StoppedClock
) -> None:
    vectors = StoredVectors(transactions)
    vectors.keep("model", {"of nothing": bytes(8)})
    clock.pass_(timedelta(days=2))
    vectors.keep("model", {"of what is new": bytes(8)})
    assistant = assistant_of(settings(tmp_path, default_place=place), transactions, WORDS)
    upkeep = upkeep_of(assistant, transactions)

    async with upkeep.running():
        await asyncio.to_thread(upkeep.tidy)

    assert set(vectors.find("model", ["of nothing", "of what is new"])) == {"of what is new"}


def test_a_database_that_is_away_stops_no_server(
    transactions: Transactions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upkeep = upkeep_of(assistant_of(settings(tmp_path), transactions, WORDS), transactions)
    transactions.database.close()
    monkeypatch.setattr(transactions, "reading", _away)

    upkeep.tidy()


def _away() -> None:
    raise OperationalError("", {}, Exception())
