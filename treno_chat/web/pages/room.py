"""The room: rooms at the left, messages in the middle, people at the right; one pane on a phone."""

import reflex as rx

from treno_chat.web.browser.account.signals import signals
from treno_chat.web.browser.acts import acts
from treno_chat.web.browser.notices import notices
from treno_chat.web.browser.room.composer import composer as composing
from treno_chat.web.browser.room.connection import connection
from treno_chat.web.browser.room.editing import editing
from treno_chat.web.browser.room.feed import feed
from treno_chat.web.browser.room.hearing import hearing
from treno_chat.web.browser.room.keys import keys
from treno_chat.web.browser.room.opening import opening
from treno_chat.web.browser.room.outbox import outbox
from treno_chat.web.browser.room.reading import reading
from treno_chat.web.browser.room.rows import rows
from treno_chat.web.browser.room.twins import twins
from treno_chat.web.browser.scroll import scroll
from treno_chat.web.browser.sheets import sheets
from treno_chat.web.browser.store import engine, memory
from treno_chat.web.browser.title import titled
from treno_chat.web.browser.words import say, say_chosen, say_count
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.plain import plain_link
from treno_chat.web.components.room.composer import composer
from treno_chat.web.components.room.keys_sheet import keys_sheet
from treno_chat.web.components.room.link_notice import link_notice
from treno_chat.web.components.room.me_sheet import me_sheet
from treno_chat.web.components.room.message_list import message_list
from treno_chat.web.components.room.message_menu import message_menu
from treno_chat.web.components.room.people import people_pane, people_sheet
from treno_chat.web.components.room.room_list import room_list
from treno_chat.web.components.room.room_switcher import room_switcher
from treno_chat.web.components.room.stopped import stopped
from treno_chat.web.states.room import RoomState


def room_page() -> rx.Component:
    """A room of the place; on a wide screen with the list beside it."""
    return _page(
        rx.el.nav(room_list(), class_name="pane side only-wide", aria_label=say("rooms.title")),
        _room("pane"),
        title=RoomState.room_name,
    )


def rooms_page() -> rx.Component:
    """The place's rooms; on a wide screen with the main room open beside them."""
    return _page(
        rx.el.nav(room_list(), class_name="pane side", aria_label=say("rooms.title")),
        _room("pane only-wide"),
        title=RoomState.place.name.to(str),
    )


def _page(side: rx.Component, room: rx.Component, *, title: rx.Var[str]) -> rx.Component:
    return rx.fragment(
        engine(
            titled(title),
            rows(),
            twins(),
            hearing(),
            feed(),
            outbox(),
            editing(),
            *scroll(),
            composing(),
            *connection(),
            opening(),
            acts(),
            reading(),
            sheets(),
            notices(),
            signals(),
            keys(),
        ),
        rx.el.a(say("app.skip"), href="#main", class_name="skip"),
        rx.cond(
            RoomState.trouble != "",
            _trouble(),
            rx.el.div(side, room, people_pane(), class_name="shell three"),
        ),
        people_sheet(),
        me_sheet(),
        message_menu(),
        keys_sheet(),
        room_switcher(),
    )


def _room(css: str) -> rx.Component:
    return rx.el.main(
        rx.el.div(_bar(), link_notice(), notices_banner()),
        message_list(),
        composer(),
        class_name=css,
        id="main",
    )


def _bar() -> rx.Component:
    return rx.el.header(
        rx.el.a(
            icon("back"),
            href=f"/p/{RoomState.place.slug}",
            class_name="icon not-wide",
            aria_label=say("rooms.back"),
        ),
        rx.el.div(
            rx.el.h1(RoomState.room_name, class_name="title cut"),
            rx.el.p(_here(), class_name="line t13 soft tight"),
            class_name="grow room-title",
        ),
        rx.el.button(
            icon("people"),
            type="button",
            class_name="icon not-wide3",
            aria_label=say("people.title"),
            custom_attrs={"data-act": "sheet", "data-id": "people"},
        ),
        class_name="bar",
    )


def _here() -> rx.Component:
    """How many are here; nothing while nobody has said so yet, or can."""
    count = memory("counts", dict[str, int])[RoomState.room_id].to(int)
    return rx.cond(
        memory("link", str) == "down",
        rx.fragment(rx.el.span(class_name="signal warn", aria_hidden=True), say("link.none")),
        rx.cond(
            count > 0,
            rx.fragment(
                rx.el.span(class_name="signal", aria_hidden=True), say_count("place.here", count)
            ),
        ),
    )


def _trouble() -> rx.Component:
    slug, css = RoomState.place.slug.to(str), "btn act lg"
    return stopped(
        rx.cond(
            slug != "",
            plain_link(say("rooms.back"), href=f"/p/{slug}", class_name=css),
            plain_link(say("lost.home"), href="/", class_name=css),
        ),
        title=say("lost.title"),
        text=say_chosen(rx.Var.create(f"error.{RoomState.trouble}")),
    )
