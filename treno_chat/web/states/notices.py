"""What a person has to be told of their account, on whichever page they are."""

import reflex as rx

from treno_chat.actions.account.overview import view_notices
from treno_chat.actions.door.notices import mark_read
from treno_chat.web.account_cards import NoticeCard, notice_cards
from treno_chat.web.caller import caller
from treno_chat.web.house import act, look


class NoticesState(rx.State):
    """The notices that were not put away yet in this browser."""

    unread: rx.Field[list[NoticeCard]] = rx.field(default_factory=list)

    @rx.event
    async def ask(self) -> None:
        """Ask what there is: when a page opens, and when word comes that there is something."""
        await self._read()

    @rx.event
    async def put_away(self, notice_id: str) -> None:
        """Have it told no more, on no page of this browser."""
        await act(mark_read, caller().principal, notice_id)
        await self._read()

    async def _read(self) -> None:
        self.unread = notice_cards(await look(view_notices, caller().principal))
