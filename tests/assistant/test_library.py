"""The library: true pages in both languages, each place's own over them, read anew on change."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from treno_chat.assistant.front_matter import BadPage
from treno_chat.assistant.library import STARTER, Library, read_folder
from treno_chat.domain.assistant.pages import Figures, Page, Shelf
from treno_chat.domain.policy import Policy
from treno_chat.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pages that a test may change."""
    for page in ("it/wifi.md", "en/wifi.md"):
        (tmp_path / page).parent.mkdir()
        shutil.copy(STARTER / page, tmp_path / page)
    return tmp_path


class OwnOf:
    """One place has pages of its own."""

    def __init__(self, place: str, pages: Sequence[Page]) -> None:
        self._place = place
        self._pages = pages

    def pages_of(self, place: str, *, figures: Figures) -> Sequence[Page]:  # noqa: ARG002 -- of the seam
        """Return them to that place alone."""
        return self._pages if place == self._place else ()


def test_every_page_is_there_in_both_languages(shelf: Shelf) -> None:
    italian = {page.slug: page.topic for page in shelf.pages if page.language == "it"}
    english = {page.slug: page.topic for page in shelf.pages if page.language == "en"}

    assert len(italian) >= 30
    assert italian == english


def test_the_figures_are_those_that_settings_have_from_the_start() -> None:
    fields = Settings.model_fields

    assert Figures() == Figures(
        retention_hours=fields["retention_hours"].default,
        grace_hours=fields["guest_grace_hours"].default,
        recovery_hours=fields["recovery_delay_hours"].default,
        guest_hours=int(Policy().guest_absolute.total_seconds() // 3600),
    )


def test_a_place_says_its_own_figures(shelf: Shelf) -> None:
    there = Library().shelf_of("beach", figures=Figures(retention_hours=6))
    page = there.find("privacy", "en")

    assert page is not None
    assert "kept for 6 hours" in page.body
    assert "kept for 48 hours" in getattr(shelf.find("privacy", "en"), "body", "")


def test_a_place_has_its_own_page_where_others_have_that_of_the_house(folder: Path) -> None:
    wifi = next(page for page in read_folder(folder) if page.language == "it")
    own = replace(wifi, body="La rete si chiama Carrozza 4.")
    extra = replace(wifi, slug="pool", body="La piscina apre alle nove.")

    library = Library(folder, own=OwnOf("carriage-4", [own, extra]))

    assert library.shelf_of("carriage-4").find("wifi", "it") == own
    assert library.shelf_of("carriage-4").find("pool", "it") == extra
    assert library.shelf_of("carriage-5").find("wifi", "it") == wifi
    assert library.shelf_of("carriage-5").find("pool", "it") is None


def test_a_page_that_changed_is_read_again(folder: Path) -> None:
    library = Library(folder)
    before = library.shelf_of("train")
    assert library.shelf_of("train") is before

    file = folder / "it" / "wifi.md"
    file.write_text(file.read_text("utf-8") + "\nUna frase in più.\n", "utf-8")

    page = library.shelf_of("train").find("wifi", "it")
    assert page is not None
    assert page.body.endswith("Una frase in più.")


def test_a_slip_in_a_page_leaves_what_was_good_before(folder: Path) -> None:
    library = Library(folder)
    before = library.shelf_of("train")

    (folder / "it" / "wifi.md").write_text("---\nslug: wifi\n", "utf-8")

    assert library.shelf_of("train") == before
    with pytest.raises(BadPage, match=r"it/wifi.md, line 2"):
        Library(folder).shelf_of("train")


def test_a_page_stands_where_its_head_says(folder: Path) -> None:
    (folder / "it" / "wifi.md").rename(folder / "it" / "network.md")

    with pytest.raises(BadPage, match=r"page_misplaced") as refused:
        read_folder(folder)

    assert refused.value.params == {"file": "it/wifi.md"}


def test_whoever_is_asked_by_many_looks_at_the_files_now_and_then(folder: Path) -> None:
    library = Library(folder, seconds=3600)
    before = library.shelf_of("train")

    next(folder.glob("it/*.md")).unlink()

    assert library.shelf_of("train") == before
    assert Library(folder, seconds=0).shelf_of("train") != before
