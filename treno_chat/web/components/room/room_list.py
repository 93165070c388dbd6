"""The rooms of the place, and at the foot who I am here."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from treno_chat.web.browser.room.listed import preview_of, unread_of
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say, say_count
from treno_chat.web.cards import RoomCard
from treno_chat.web.components.gender import gender_mark
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.room.composer import refusal
from treno_chat.web.components.seal import seal
from treno_chat.web.states.room import RoomState


def room_list() -> rx.Component:
    """The list: the plate of the place, its rooms, the person."""
    return rx.fragment(
        rx.el.div(notices_banner("told not-wide"), _shut(), _plate()),
        _rooms(),
        _me(),
    )


def _shut() -> rx.Component:
    """Why there is no list yet, where no room stands beside it to say so."""
    return rx.el.div(
        rx.cond(RoomState.room_id == "", refusal()), class_name="not-wide", role="status"
    )


def _plate() -> rx.Component:
    count = memory("count", int)
    return rx.el.div(
        rx.el.div(
            rx.el.p(RoomState.place.name, class_name="name"),
            rx.el.p(
                rx.el.span(class_name="signal", aria_hidden=True),
                # Whoever reads it is here: none means that nobody has counted yet.
                rx.cond(count > 0, say_count("place.here_now", count), ""),
                class_name="under line",
            ),
            class_name="plate small",
        ),
        class_name="plate-holder",
    )


def _rooms() -> rx.Component:
    return rx.el.div(
        rx.el.h2(say("rooms.title"), class_name="group-name"),
        rx.el.ul(rx.foreach(RoomState.rooms, _room)),
        rx.el.h2(say("rooms.for_you"), class_name="group-name"),
        rx.el.ul(rx.el.li(_assistant())),
        class_name="scroll",
    )


def _assistant() -> rx.Component:
    return ReactRouterLink.create(
        rx.el.span(icon("compass"), class_name="tile"),
        rx.el.span(
            rx.el.span(say("ai.title"), class_name="name cut"),
            rx.el.span(say("ai.hint"), class_name="last cut"),
            class_name="grow",
        ),
        to="/assistant",
        class_name="room",
        custom_attrs={"data-act": "account"},
    )


def _room(room: RoomCard) -> rx.Component:
    return rx.el.li(room_link(room), key=room.id)


def room_link(room: RoomCard, *, closes: bool = False) -> rx.Component:
    """The way into a room, with what is new there; `closes` the sheet it stands in."""
    is_open = room.id == RoomState.room_id
    # Of the room that is open only a phone says it, where the list has the screen to itself.
    here: rx.Var[int] = memory("unread", int)
    unread = rx.cond(is_open, here, unread_of(room)).to(int)
    return ReactRouterLink.create(
        rx.el.span(
            rx.cond(room.kind == "announcements", icon("megaphone"), icon("people")),
            class_name="tile",
        ),
        rx.el.span(
            rx.el.span(room.name, class_name="name cut"),
            rx.el.span(_last(room, is_open=is_open), class_name="last cut"),
            class_name="grow",
        ),
        rx.el.span(
            rx.cond(
                unread > 0,
                rx.el.span(
                    rx.el.span(unread, aria_hidden=True),
                    rx.el.span(say("rooms.unread", n=unread), class_name="sr"),
                    class_name=rx.cond(is_open, "count not-wide", "count"),
                ),
            ),
            class_name="end",
        ),
        to=f"/p/{RoomState.place.slug}/{room.slug}",
        class_name=rx.cond(unread > 0, "room unread", "room"),
        aria_current=rx.cond(is_open, "page", None),
        custom_attrs={"data-act": "close"} if closes else {},
    )


def _last(room: RoomCard, *, is_open: bool) -> rx.Component:
    """What one left unsent there, unless it is in sight, else what was said last."""
    # At build time `is_open` is a Var, as every comparison of a card's parts is.
    draft = memory("drafts", dict[str, str])[room.id].to(str)
    nothing = rx.cond(room.kind == "announcements", say("announce.none"), say("rooms.quiet"))
    here: rx.Var[str] = memory("lastSaid", str)
    last = preview_of(room)
    preview = rx.cond(is_open, rx.cond(here != "", here, last), last)
    said = rx.cond(preview != "", preview, nothing)
    return rx.cond(
        draft,
        rx.fragment(
            rx.el.span(
                rx.el.b(say("rooms.draft"), class_name="draft"),
                ": ",
                draft,
                class_name=rx.cond(is_open, "not-wide", ""),
            ),
            rx.cond(is_open, rx.el.span(said, class_name="only-wide")),
        ),
        said,
    )


def _me() -> rx.Component:
    me = RoomState.me
    return rx.el.div(
        seal(me.shape, me.ink, size="s40"),
        rx.el.p(
            rx.el.span(
                rx.el.span(me.alias, class_name="alias cut"),
                gender_mark(me.gender),
                class_name="line tight",
            ),
            rx.el.span(
                rx.cond(me.is_anonymous, say("rooms.guest"), say("people.has_account")),
                class_name="t13 soft",
            ),
            class_name="grow",
        ),
        rx.el.button(
            icon("settings"),
            type="button",
            class_name="icon",
            aria_label=say("account.title"),
            custom_attrs={"data-act": "sheet", "data-id": "me"},
        ),
        class_name="me-bar",
    )
