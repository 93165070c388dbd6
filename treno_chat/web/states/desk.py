"""The desk of a place on one screen: read here, changed through the API like any program does."""

from dataclasses import replace

import reflex as rx

from treno_chat.actions.assistant.desk import Desk, access_desk
from treno_chat.actions.assistant.open_questions import (
    access_open_question,
    is_waiting,
    list_open_questions,
)
from treno_chat.actions.assistant.own_pages import get_own_page, list_own_pages
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.open_questions import (
    PAGE_SIZE,
    OpenQuestion,
    OpenQuestionPage,
)
from treno_chat.domain.assistant.own_pages import WrittenPage
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import ChatError
from treno_chat.web.caller import caller
from treno_chat.web.desk_cards import (
    DraftCard,
    PageCard,
    QuestionCard,
    draft_of_page,
    draft_of_question,
    page_card,
    question_card,
)
from treno_chat.web.house import look


class DeskState(rx.State):
    """What waits, the place's own pages, and the one that is being written."""

    questions: rx.Field[list[QuestionCard]] = rx.field(default_factory=list)
    has_more: rx.Field[bool] = rx.field(default=False)
    pages: rx.Field[list[PageCard]] = rx.field(default_factory=list)
    draft: rx.Field[DraftCard] = rx.field(default_factory=DraftCard)
    slug: rx.Field[str] = rx.field(default="")
    name: rx.Field[str] = rx.field(default="")
    trouble: rx.Field[str] = rx.field(default="")
    is_read: rx.Field[bool] = rx.field(default=False)

    @rx.event
    async def open(self) -> None:
        """Read the desk that the address names, if this person is of its staff.

        A line that comes back opens it again: what is being written at the same desk stays.
        """
        *_, slug = self.router.url.path.strip("/").split("/")
        if slug != self.slug:
            self.reset()
        await self._read_or_refuse(slug)
        # Last: the page shows nothing before it is known whether it may.
        self.is_read = True

    @rx.event
    async def again(self) -> None:
        """Read it anew, as far as it is shown: something was changed, and nothing is written."""
        await self._read(self.slug, max(PAGE_SIZE, len(self.questions)))
        self.draft = DraftCard()

    @rx.event
    async def look_again(self) -> None:
        """Read it anew, as far as it is shown, and leave alone what is being written."""
        if self.slug:
            await self._read_or_refuse(self.slug)
            self.is_read = True

    @rx.event
    async def more(self) -> None:
        """Show more questions."""
        await self._read(self.slug, len(self.questions) + PAGE_SIZE)

    @rx.event
    def write(self) -> None:
        """Begin a page from nothing."""
        self.draft = DraftCard(key="new")

    @rx.event
    async def edit(self, language: str, page_slug: str) -> None:
        """Write one of the pages differently."""
        page = await look(_page, caller().principal, self.slug, language, page_slug)
        self.draft = draft_of_page(page)

    @rx.event
    async def answer(self, question_id: str) -> None:
        """Begin the page that answers a question."""
        question = await look(_question, caller().principal, self.slug, question_id)
        self.draft = draft_of_question(question)

    @rx.event
    def put_away(self) -> None:
        """Write nothing any more."""
        self.draft = DraftCard()

    async def _read_or_refuse(self, slug: str) -> None:
        try:
            await self._read(slug, max(PAGE_SIZE, len(self.questions)))
        except ChatError as refused:
            # Whoever is staff no more sees nothing of it any more.
            self.reset()
            self.trouble = refused.code

    async def _read(self, slug: str, limit: int) -> None:
        answers = self.draft.answers
        desk, waiting, pages, is_settled = await look(
            _all, caller().principal, slug, limit, answers=answers
        )
        self.slug, self.name, self.trouble = desk.place.slug, desk.place.name, ""
        self.questions = [question_card(each) for each in waiting.questions]
        self.has_more = waiting.has_more
        self.pages = [page_card(page) for page in pages]
        if is_settled and self.draft.answers == answers:
            self.draft = replace(self.draft, is_settled=True)
        if _is_changed(self.draft, pages):
            self.draft = replace(self.draft, is_changed=True)


def _all(
    tx: Transaction, who: Principal, slug: str, limit: int, *, answers: str
) -> tuple[Desk, OpenQuestionPage, tuple[WrittenPage, ...], bool]:
    desk = access_desk(tx, who, slug)
    waiting = list_open_questions(tx, desk, limit=limit)
    is_settled = bool(answers) and not is_waiting(tx, desk, answers)
    return desk, waiting, list_own_pages(tx, desk.place), is_settled


def _is_changed(draft: DraftCard, pages: tuple[WrittenPage, ...]) -> bool:
    return bool(draft.version) and draft.version not in {page.version for page in pages}


def _page(tx: Transaction, who: Principal, slug: str, language: str, page_slug: str) -> WrittenPage:
    return get_own_page(tx, access_desk(tx, who, slug).place, page_slug, language)


def _question(tx: Transaction, who: Principal, slug: str, question_id: str) -> OpenQuestion:
    return access_open_question(tx, access_desk(tx, who, slug), question_id)
