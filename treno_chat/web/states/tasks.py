"""A person's own tasks on one screen: read here, changed through the API like any program does."""

import reflex as rx

from treno_chat.actions.assistant.tasks import list_tasks
from treno_chat.actions.talk.access import access_places
from treno_chat.domain.assistant.tasks import PAGE_SIZE, TaskFilter
from treno_chat.web.caller import caller
from treno_chat.web.house import look
from treno_chat.web.task_cards import TaskCard, task_card


class TasksState(rx.State):
    """The list as far as it was asked for; guests have none."""

    tasks: rx.Field[list[TaskCard]] = rx.field(default_factory=list)
    which: rx.Field[str] = rx.field(default="all")
    has_more: rx.Field[bool] = rx.field(default=False)
    user_id: rx.Field[str] = rx.field(default="")
    is_anonymous: rx.Field[bool] = rx.field(default=True)
    home: rx.Field[str] = rx.field(default="/")

    @rx.event
    async def open(self) -> None:
        """Read whose list it is, and its beginning."""
        principal = caller().principal
        here = await look(access_places, principal)
        self.home = f"/p/{here[0].place.slug}" if here else "/"
        self.is_anonymous = principal.user.is_anonymous
        if not self.is_anonymous:
            await self._read(PAGE_SIZE)
        # Last: the page shows nothing before it is known whose it is.
        self.user_id = principal.user.id

    @rx.event
    async def again(self) -> None:
        """Read it anew, as far as it is shown: something was changed."""
        await self._read(max(PAGE_SIZE, len(self.tasks)))

    @rx.event
    async def more(self) -> None:
        """Show more of it."""
        await self._read(len(self.tasks) + PAGE_SIZE)

    @rx.event
    async def show(self, which: str) -> None:
        """Show all, what is to do, or what is done."""
        self.which = which
        await self._read(PAGE_SIZE)

    async def _read(self, limit: int) -> None:
        page = await look(list_tasks, caller().principal, which=TaskFilter(self.which), limit=limit)
        self.tasks = [task_card(task) for task in page.tasks]
        self.has_more = page.has_more
