"""The pages that a place has of its own: kept by its staff, and shown from the next question on."""

from collections.abc import Sequence
from dataclasses import dataclass

from treno_chat.actions.assistant.desk import tell_desks
from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.domain.assistant.own_pages import (
    MAX_OWN_PAGES,
    PageDraft,
    WrittenPage,
    clean_page,
)
from treno_chat.domain.assistant.pages import Figures, Page
from treno_chat.domain.ids import PlaceId, is_plain
from treno_chat.domain.places import Place
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.domain.talk.events import GuideChanged
from treno_chat.domain.words import LANGUAGES, Language
from treno_chat.stores.assistant import guide_pages
from treno_chat.stores.talk import places


def list_own_pages(tx: Transaction, place: Place) -> tuple[WrittenPage, ...]:
    """Return a place's own pages by name."""
    return guide_pages.of_place(tx.db, place.id)


def get_own_page(tx: Transaction, place: Place, slug: str, language: str) -> WrittenPage:
    """Return one of a place's own pages."""
    page = guide_pages.get(tx.db, place.id, *_named(slug, language))
    if page is None:
        raise _not_found()
    return page


def write_page(
    tx: Transaction, place: Place, draft: PageDraft, *, replacing: str | None = None
) -> WrittenPage:
    """Keep a page that was typed, as of today, in place of the one of its name."""
    return keep_page(tx, place, clean_page(draft, updated=tx.now.date()), replacing=replacing)


def keep_page(
    tx: Transaction, place: Place, page: WrittenPage, *, replacing: str | None = None
) -> WrittenPage:
    """Keep a page, in place of the one of its name.

    `replacing` is the version that its writer saw, "" where there was none: what a colleague
    wrote meanwhile is not written over unseen. None: whatever is there.
    """
    # Held, so that comparing, counting and adding are one.
    if not places.hold(tx.db, place.id):
        raise NotFound("place_not_found")
    own = guide_pages.of_place(tx.db, place.id)
    versions = {(each.slug, each.language): each.version for each in own}
    name = (page.slug, page.language)
    if replacing is not None and versions.get(name, "") != replacing:
        raise Conflict("page_changed") if replacing else Conflict("page_known", field="slug")
    if len(versions.keys() | {name}) > MAX_OWN_PAGES:
        raise Conflict("list_full", max=MAX_OWN_PAGES)
    kept = guide_pages.put(tx.db, place.id, page)
    tx.outbox.append(GuideChanged(place_id=place.id))
    tell_desks(tx, place)
    return kept


def remove_page(tx: Transaction, place: Place, slug: str, language: str) -> None:
    """Delete one of a place's own pages; that of the house, if there is one, shows again."""
    if not guide_pages.remove(tx.db, place.id, *_named(slug, language)):
        raise _not_found()
    tx.outbox.append(GuideChanged(place_id=place.id))
    tell_desks(tx, place)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """The pages of a place as they were read, and which state of them that was."""

    version: str
    pages: tuple[WrittenPage, ...]


class StoredPages:
    """Gives the library each place's own pages; a change by whichever process shows at once.

    What tells one state from another is asked of the database each time, by the key of a row;
    the pages themselves are read when it is another.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._known: dict[PlaceId, _Known] = {}

    def pages_of(self, place: PlaceId, *, figures: Figures) -> Sequence[Page]:
        """Return the pages of a place with its figures."""
        with self._transactions.reading() as tx:
            version = guide_pages.version(tx.db, place)
            known = self._known.get(place)
            if known is None or known.version != version:
                known = _Known(version=version, pages=guide_pages.of_place(tx.db, place))
                self._known[place] = known
        return tuple(page.filled(figures) for page in known.pages)


def _named(slug: str, language: str) -> tuple[str, Language]:
    for known in LANGUAGES:
        if language == known and is_plain(slug):
            return slug, known
    raise _not_found()


def _not_found() -> NotFound:
    return NotFound("page_not_found")
