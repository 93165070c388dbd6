"""A place's own pages: kept one by one or many at once, to an end, read again when they changed."""

from dataclasses import replace

import pytest

from tests.actions.worlds import PLACE_SLUG
from tests.support.races import at_once
from treno_chat.actions.assistant import own_pages
from treno_chat.actions.assistant.own_pages import (
    StoredPages,
    get_own_page,
    list_own_pages,
    remove_page,
    write_page,
)
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.assistant.events import DeskChanged
from treno_chat.domain.assistant.own_pages import PageDraft
from treno_chat.domain.assistant.pages import Figures
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.places import Place
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.stores.talk import places

BAR = PageDraft(
    slug="bar", language="it", title="Il bar", topic="aboard", aliases="", body="In coda."
)


@pytest.fixture
def train(transactions: Transactions, place: PlaceId) -> Place:
    """The train."""
    with transactions.reading() as tx:
        found = places.get(tx.db, PLACE_SLUG)
    assert found is not None
    assert found.id == place
    return found


def keep(transactions: Transactions, train: Place, draft: PageDraft) -> None:
    with transactions.writing() as tx:
        write_page(tx, train, draft)


def test_many_at_once_reach_the_end_and_not_beyond(
    transactions: Transactions, train: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_pages, "MAX_OWN_PAGES", 3)
    drafts = [replace(BAR, slug=f"bar-{number}") for number in range(6)]

    outcomes = at_once(*(lambda draft=draft: keep(transactions, train, draft) for draft in drafts))

    assert sorted(outcomes) == ["in"] * 3 + ["list_full"] * 3
    with transactions.writing() as tx:
        there = list_own_pages(tx, train)
        assert len(there) == 3
        # One that is there may still say something else.
        write_page(tx, train, replace(BAR, slug=there[0].slug, body="In testa."))


@pytest.mark.parametrize("is_removed", [False, True])
def test_nobody_writes_over_what_a_colleague_wrote_meanwhile(
    transactions: Transactions, train: Place, *, is_removed: bool
) -> None:
    keep(transactions, train, BAR)
    with transactions.writing() as tx:
        [seen] = list_own_pages(tx, train)
        if is_removed:
            remove_page(tx, train, "bar", "it")
        else:
            write_page(tx, train, replace(BAR, body="In testa."), replacing=seen.version)
        theirs = list_own_pages(tx, train)

    with transactions.writing() as tx, pytest.raises(Conflict, match="page_changed"):
        write_page(tx, train, replace(BAR, body="In cima."), replacing=seen.version)

    with transactions.writing() as tx:
        assert list_own_pages(tx, train) == theirs
        # Whoever knows of it, and wants theirs all the same, does not say what it replaces.
        mine = write_page(tx, train, replace(BAR, body="In cima."))
        assert list_own_pages(tx, train) == (mine,)


def test_a_new_page_does_not_replace_the_one_that_has_its_name(
    transactions: Transactions, train: Place
) -> None:
    with transactions.writing() as tx:
        write_page(tx, train, BAR, replacing="")

    with transactions.writing() as tx, pytest.raises(Conflict, match="page_known") as refused:
        write_page(tx, train, replace(BAR, title="Un altro bar"), replacing="")

    assert refused.value.field == "slug"
    with transactions.writing() as tx:
        assert [page.title for page in list_own_pages(tx, train)] == ["Il bar"]


def test_two_who_change_a_page_at_once_do_not_both_prevail(
    transactions: Transactions, train: Place
) -> None:
    keep(transactions, train, BAR)
    with transactions.reading() as tx:
        [seen] = list_own_pages(tx, train)

    def change(body: str) -> None:
        with transactions.writing() as tx:
            write_page(tx, train, replace(BAR, body=body), replacing=seen.version)

    outcomes = at_once(*(lambda body=body: change(body) for body in ("In testa.", "In cima.")))

    assert sorted(outcomes) == ["in", "page_changed"]


def test_the_desks_of_the_place_hear_of_a_page_once(tx: Transaction, place: PlaceId) -> None:
    train = places.find(tx.db, place)
    write_page(tx, train, BAR)
    write_page(tx, train, replace(BAR, language="en"))

    assert tx.outbox.count(DeskChanged(place_slug=PLACE_SLUG, staff_ids=())) == 1


def test_what_is_known_is_read_again_only_when_it_changed(
    transactions: Transactions, train: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = StoredPages(transactions)
    keep(transactions, train, BAR)
    [first] = stored.pages_of(train.id, figures=Figures())
    reads: list[PlaceId] = []
    of_place = own_pages.guide_pages.of_place

    def counted(db: object, place_id: PlaceId) -> object:
        reads.append(place_id)
        return of_place(db, place_id)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(own_pages.guide_pages, "of_place", counted)

    assert stored.pages_of(train.id, figures=Figures()) == (first,)
    assert reads == []
    keep(transactions, train, replace(BAR, language="en", title="The bar"))
    keep(transactions, train, BAR)
    reads.clear()
    assert len(stored.pages_of(train.id, figures=Figures())) == 2
    assert reads == [train.id]


@pytest.mark.parametrize(
    ("slug", "language"), [("bar", "en"), ("wifi", "it"), ("bar\x00", "it"), ("bar", "\ud800")]
)
def test_what_is_not_there_is_not_found(
    transactions: Transactions, train: Place, slug: str, language: str
) -> None:
    keep(transactions, train, BAR)

    with transactions.writing() as tx:
        assert get_own_page(tx, train, "bar", "it").title == "Il bar"
        with pytest.raises(NotFound, match="page_not_found"):
            get_own_page(tx, train, slug, language)
        with pytest.raises(NotFound, match="page_not_found"):
            remove_page(tx, train, slug, language)
