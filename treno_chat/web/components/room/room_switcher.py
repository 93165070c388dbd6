"""The switcher: another room, found by its name with the keyboard alone."""

from typing import cast

import reflex as rx

from treno_chat.web.browser.room.keys import SOUGHT_ID
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.cards import RoomCard
from treno_chat.web.components.room.room_list import room_link
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.room import RoomState


def room_switcher() -> rx.Component:
    """The sheet, while it is open."""
    return sheet(
        "rooms",
        say("rooms.switch"),
        rx.el.input(
            id=SOUGHT_ID,
            type="search",
            class_name="input",
            auto_complete="off",
            auto_focus=True,
            aria_label=say("rooms.find"),
            placeholder=say("rooms.find"),
        ),
        rx.el.ul(rx.foreach(RoomState.rooms, _room), class_name="switcher"),
        rx.el.p(
            rx.cond(_is_any_sought(), "", say("rooms.none_found")), class_name="hint", role="status"
        ),
        is_close_first=False,
    )


def _room(room: RoomCard) -> rx.Component:
    return rx.el.li(room_link(room, closes=True), key=room.id, hidden=~_is_sought(room))


def _is_sought(room: RoomCard) -> rx.Var[bool]:
    return rx.Var.create(room.name).to(str).lower().contains(memory("sought", str).lower())


def _is_any_sought() -> rx.Var[bool]:
    # `map` of a Var names its variable by chance: every build would be another.
    one = rx.Var(_js_expr="room", _var_type=RoomCard).guess_type()
    sought = _is_sought(cast("RoomCard", one))
    return rx.Var(_js_expr=f"{RoomState.rooms}.some((room) => {sought})", _var_type=bool)
