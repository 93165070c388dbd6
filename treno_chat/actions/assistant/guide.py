"""The guide: the pages of each place with its own figures, and what they answer."""

from datetime import timedelta
from math import inf

from treno_chat.actions.transaction import Transaction, Transactions
from treno_chat.assistant.answering import Answerer, LookedUp
from treno_chat.assistant.finding import Retriever
from treno_chat.assistant.front_matter import BadPage
from treno_chat.assistant.library import Library
from treno_chat.assistant.passages import hash_of, passages_of, texts_of
from treno_chat.domain.assistant.answers import Answer
from treno_chat.domain.assistant.pages import Figures, Page, Shelf
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Place
from treno_chat.domain.policy import Policy
from treno_chat.domain.refusals import NotFound, Unavailable
from treno_chat.domain.words import LANGUAGES, Language
from treno_chat.stores.talk import places

# The pages cannot be read at all: somebody has to mend them first.
AWAY_SECONDS = 60


class Guide:
    """Whoever asks about a place asks here; one for the whole process, from any thread."""

    def __init__(
        self,
        transactions: Transactions,
        *,
        library: Library,
        retriever: Retriever,
        answerer: Answerer,
        default_place: str,
    ) -> None:
        self._transactions = transactions
        self._library = library
        self._retriever = retriever
        self._answerer = answerer
        self._default_place = default_place

    def shelf_at(self, place: Place) -> Shelf:
        """Return the pages of a place as they are now."""
        figures = figures_of(place, self._transactions.policy)
        try:
            return self._library.shelf_of(place.id, figures=figures)
        except BadPage as bad:
            raise Unavailable("assistant_away", seconds=AWAY_SECONDS) from bad

    def place_of(self, tx: Transaction, principal: Principal) -> Place:
        """Return the place where somebody is, else the one that the house begins with."""
        if principal.place_id is not None:
            return places.find(tx.db, principal.place_id)
        place = places.get(tx.db, self._default_place)
        if place is None:
            raise NotFound("place_not_found")
        return place

    def find_page(self, principal: Principal, slug: str, language: Language) -> Page:
        """Return a page of the place where somebody is, else its twin in another language."""
        with self._transactions.reading() as tx:
            place = self.place_of(tx, principal)
        shelf = self.shelf_at(place)
        # A page may exist in one language only; False sorts before True.
        wanted = sorted(LANGUAGES, key=lambda each: each != language)
        found = (shelf.find(slug, each) for each in wanted)
        page = next((each for each in found if each is not None), None)
        if page is None:
            raise NotFound("page_not_found")
        return page

    def look_up(
        self,
        text: str,
        place: Place,
        *,
        screen: Language,
        cited: str | None = None,
        until: float = inf,
    ) -> LookedUp:
        """Return what the pages of a place say of a question; the answer is due at `until`."""
        shelf = self.shelf_at(place)
        return self._answerer.look_up(text, shelf, screen=screen, cited=cited, until=until)

    def say(self, looked: LookedUp) -> Answer:
        """Return that in sentences of the pages."""
        return self._answerer.say(looked)

    def answer(self, text: str, place: Place, *, screen: Language) -> Answer:
        """Return the answer to a question that stands alone, from public pages only."""
        return self.say(self.look_up(text, place, screen=screen))

    def prepare(self) -> None:
        """Read the pages of every place before anybody asks; it may take seconds."""
        with self._transactions.reading() as tx:
            everywhere = places.all_places(tx.db)
        for place in everywhere:
            self._retriever.prepare(self.shelf_at(place))

    def hashes(self) -> frozenset[str]:
        """Return what the vectors of every text of every place are found by."""
        with self._transactions.reading() as tx:
            everywhere = places.all_places(tx.db)
        return frozenset(
            hash_of(text)
            for place in everywhere
            for page in self.shelf_at(place).pages
            for passage in passages_of(page)
            for text in texts_of(passage)
        )

    def close(self) -> None:
        """Let go of threads."""
        self._retriever.close()


def figures_of(place: Place, policy: Policy) -> Figures:
    """Return the numbers that a place's pages name."""
    return Figures(
        retention_hours=_hours(place.retention),
        grace_hours=_hours(place.guest_grace),
        guest_hours=_hours(policy.guest_absolute),
        recovery_hours=_hours(policy.recovery_delay),
    )


def _hours(span: timedelta) -> int:
    return round(span.total_seconds() / 3600)
