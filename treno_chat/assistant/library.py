"""The library: the pages that come with the house, and over them those of each place."""

import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import structlog

from treno_chat.assistant.front_matter import BadPage, read_page
from treno_chat.domain.assistant.pages import Figures, Page, Shelf, overlay
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.words import LANGUAGES

log = structlog.get_logger(__name__)

STARTER = Path(__file__).parent / "pages"

# What tells one state of a folder from another without reading it.
_State = tuple[tuple[str, int, int], ...]


class OwnPages(Protocol):
    """Whoever knows the pages that a place has of its own."""

    def pages_of(self, place: PlaceId, *, figures: Figures) -> Sequence[Page]:
        """Return the pages of a place with its figures; they stand over those of the house."""
        ...


class NoOwnPages:
    """Places that have no pages of their own."""

    def pages_of(self, _place: PlaceId, *, figures: Figures) -> Sequence[Page]:  # noqa: ARG002 -- it has none to fill in
        """Return none."""
        return ()


class Library:
    """Gives each place its shelf; files that changed are read again at the next question.

    Whoever is asked by many at once looks at the files every few `seconds`: there are eighty.
    """

    def __init__(
        self, folder: Path = STARTER, *, own: OwnPages | None = None, seconds: float = 0.0
    ) -> None:
        self._folder = folder
        self._seconds = seconds
        self._seen: tuple[float, _State] = (float("-inf"), ())
        self._own = own or NoOwnPages()
        self._last: dict[Figures, tuple[Page, ...]] = {}

    def shelf_of(self, place: PlaceId, *, figures: Figures | None = None) -> Shelf:
        """Return the pages of a place with its figures; a place's own stand over the others."""
        figures = figures or Figures()
        own = self._own.pages_of(place, figures=figures)
        return _shelf(overlay(self._starter(figures), own))

    def _starter(self, figures: Figures) -> tuple[Page, ...]:
        try:
            self._last[figures] = _read(self._folder, self._look(), figures)
        except BadPage as bad:
            # A slip of the pen must not silence the house: what was good before stays.
            if figures not in self._last:
                raise
            log.warning("bad_page", source=bad.source, line=bad.line, reason=bad.code)
        return self._last[figures]

    def _look(self) -> _State:
        looked_at, state = self._seen
        if time.monotonic() - looked_at >= self._seconds:
            state = _state(self._folder)
            self._seen = (time.monotonic(), state)
        return state


def read_folder(folder: Path, *, figures: Figures | None = None) -> tuple[Page, ...]:
    """Return every page of a folder; the first that cannot be read is an error."""
    return _read(folder, _state(folder), figures or Figures())


@lru_cache(maxsize=64)
def _read(folder: Path, state: _State, figures: Figures) -> tuple[Page, ...]:
    pages: dict[tuple[str, str], Page] = {}
    for name, _, _ in state:
        page = read_page((folder / name).read_text("utf-8"), source=name, figures=figures)
        if name != f"{page.language}/{page.slug}.md":
            file = f"{page.language}/{page.slug}.md"
            raise BadPage(name, 1, Invalid("page_misplaced", file=file))
        pages[page.slug, page.language] = page
    return tuple(pages.values())


@lru_cache(maxsize=256)
def _shelf(pages: tuple[Page, ...]) -> Shelf:
    return Shelf(pages=pages)


def _state(folder: Path) -> _State:
    found = ((path, path.stat()) for each in LANGUAGES for path in folder.glob(f"{each}/*.md"))
    return tuple(
        sorted(
            (path.relative_to(folder).as_posix(), stat.st_mtime_ns, stat.st_size)
            for path, stat in found
        )
    )
