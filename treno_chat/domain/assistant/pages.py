"""Pages: what a place tells its people, in one language each, and the passages that are quoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from treno_chat.domain.words import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A page; `aliases` are other words for what it is about, looked for and never shown."""

    slug: str
    title: str
    language: Language
    topic: str
    updated: date
    body: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A paragraph of a page, and the sentences it is made of."""

    page: Page
    position: int
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The numbers that pages name in braces, as `{retention_hours}`; each place has its own."""

    retention_hours: int = 48
    grace_hours: int = 2
    guest_hours: int = 24
    recovery_hours: int = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The pages of a place as they are now."""

    pages: tuple[Page, ...]

    def find(self, slug: str, language: Language) -> Page | None:
        """Return a page, None if there is none."""
        return next((page for page in self.pages if _key(page) == (slug, language)), None)


def overlay(pages: Sequence[Page], over: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with those of `over` in place of, or besides, their own."""
    merged = {_key(page): page for page in pages} | {_key(page): page for page in over}
    return tuple(merged[key] for key in sorted(merged))


def _key(page: Page) -> tuple[str, Language]:
    return page.slug, page.language
