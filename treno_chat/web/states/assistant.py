"""Whose assistant this is and where; what is said is fetched from the API, as any program does."""

import reflex as rx

from treno_chat.actions.talk.access import access_places
from treno_chat.web.caller import caller
from treno_chat.web.house import look


class AssistantState(rx.State):
    """The person and the place; guests have no conversations."""

    user_id: rx.Field[str] = rx.field(default="")
    is_anonymous: rx.Field[bool] = rx.field(default=True)
    home: rx.Field[str] = rx.field(default="/")
    place_name: rx.Field[str] = rx.field(default="")
    kind: rx.Field[str] = rx.field(default="")
    timezone: rx.Field[str] = rx.field(default="")

    @rx.event
    async def open(self) -> None:
        """Read whose page it is, and whose pages the answers come from."""
        principal = caller().principal
        here = await look(access_places, principal)
        if here:
            place = here[0].place
            self.home = f"/p/{place.slug}"
            self.place_name, self.kind = place.name, place.kind.value
            self.timezone = place.timezone
        self.is_anonymous = principal.user.is_anonymous
        # Last: the page shows nothing before it is known whose it is.
        self.user_id = principal.user.id
