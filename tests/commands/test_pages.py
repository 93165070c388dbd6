"""The operator keeps a place's own pages, while a server runs."""

import json
from pathlib import Path

import pytest

from tests.actions.worlds import PLACE_SLUG
from tests.commands.conftest import Order
from tests.commands.house import Server
from treno_chat.actions.assistant.own_pages import StoredPages
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.assistant.events import DeskChanged
from treno_chat.domain.assistant.pages import Figures
from treno_chat.domain.talk.events import GuideChanged
from treno_chat.stores.talk import places

AT = ("--place", PLACE_SLUG)
BAR = """---
slug: bar
title: Il bar di bordo
lang: it
topic: aboard
updated: 2026-11-21
aliases: caffè
---

Il bar è nella carrozza 5, aperto {retention_hours} ore.
"""


@pytest.fixture(autouse=True)
def seeded(order: Order, transactions: Transactions) -> None:
    assert order("places", "seed").code == 0


@pytest.fixture
def bar(tmp_path: Path) -> Path:
    """A page in a file."""
    file = tmp_path / "bar.md"
    file.write_text(BAR, "utf-8")
    return file


def test_a_page_is_kept_shown_and_removed(order: Order, bar: Path) -> None:
    assert order("pages", "import", *AT, str(bar)).code == 0

    told = order("pages", "list", *AT, "--json")
    assert json.loads(told.out) == [
        {"slug": "bar", "language": "it", "title": "Il bar di bordo", "updated": "2026-11-21"}
    ]
    assert order("pages", "show", *AT, "bar", "it").out == BAR

    assert order("pages", "remove", *AT, "bar", "it").code == 0
    assert "no pages of its own" in order("pages", "list", *AT).out
    assert order("pages", "remove", *AT, "bar", "it").code == 1


def test_a_server_that_runs_shows_it_at_the_next_question(
    order: Order, bar: Path, transactions: Transactions
) -> None:
    with transactions.reading() as tx:
        place = places.get(tx.db, PLACE_SLUG)
    assert place is not None
    server, stored = Server(transactions), StoredPages(transactions)
    assert stored.pages_of(place.id, figures=Figures()) == ()

    order("pages", "import", *AT, str(bar))

    [page] = stored.pages_of(place.id, figures=Figures(retention_hours=6))
    assert page.body == "Il bar è nella carrozza 5, aperto 6 ore."
    assert server.hear() == (
        GuideChanged(place_id=place.id),
        DeskChanged(place_slug=PLACE_SLUG, staff_ids=()),
    )

    bar.write_text(BAR.replace("carrozza 5", "carrozza 7"), "utf-8")
    order("pages", "import", *AT, str(bar))
    assert "carrozza 7" in stored.pages_of(place.id, figures=Figures())[0].body

    order("pages", "remove", *AT, "bar", "it")
    assert stored.pages_of(place.id, figures=Figures()) == ()


def test_a_folder_is_kept_whole_or_not_at_all(order: Order, bar: Path, tmp_path: Path) -> None:
    (tmp_path / "pool.md").write_text(BAR.replace("slug: bar", "slug: Pool"), "utf-8")

    told = order("pages", "import", *AT, str(tmp_path))

    assert told.code == 1
    assert f"{tmp_path / 'pool.md'}, line 2: Small letters" in told.err
    assert "no pages of its own" in order("pages", "list", *AT).out


@pytest.mark.parametrize("file", ["nowhere.md", "."])
def test_what_cannot_be_read_is_one_line(order: Order, tmp_path: Path, file: str) -> None:
    (tmp_path / "broken.md").write_bytes(b"\xff")

    told = order("pages", "import", *AT, str(tmp_path / file))

    assert told.code == 1
    assert "cannot be read" in told.err
    assert told.err.count("\n") == 1


def test_a_folder_without_pages_is_no_success(order: Order, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")

    told = order("pages", "import", *AT, str(tmp_path))

    assert (told.code, told.out) == (1, "")
    assert told.err == f"There is no *.md in {tmp_path}: no page is kept.\n"


@pytest.mark.parametrize("words", [("show", "bar", "it"), ("remove", "bar", "it")])
def test_a_page_or_a_place_that_is_not_there_is_refused(
    order: Order, words: tuple[str, ...]
) -> None:
    command, *names = words

    assert "This page isn’t here" in order("pages", command, *AT, *names).err
    assert "no chat at this place" in order("pages", command, "--place", "x", *names).err
