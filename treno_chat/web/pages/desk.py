"""The desk of a place: what its staff tell the assistant, and what nobody has told it yet."""

import reflex as rx

from treno_chat.web.browser.acts import acts
from treno_chat.web.browser.desk import desk
from treno_chat.web.browser.notices import notices
from treno_chat.web.browser.room.connection import connection
from treno_chat.web.browser.room.feed import feed
from treno_chat.web.browser.sheets import sheets
from treno_chat.web.browser.store import engine, memory
from treno_chat.web.browser.title import titled
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.bar import back_bar, way_out
from treno_chat.web.components.desk.lists import page_list, page_removal, question_list
from treno_chat.web.components.desk.page_form import page_form
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.own_style import own_style
from treno_chat.web.components.room.link_notice import link_notice
from treno_chat.web.states.desk import DeskState


def desk_page() -> rx.Component:
    """The page; nothing is shown before it is known whether its reader is staff."""
    return rx.fragment(
        engine(
            titled(say("desk.title")),
            feed(),
            *connection(),
            acts(),
            sheets(),
            notices(),
            *desk(),
        ),
        own_style("account"),
        own_style("tasks"),
        rx.el.a(say("app.skip"), href="#main", class_name="skip"),
        back_bar(
            rx.el.h1(say("desk.title"), class_name="title grow"),
            rx.el.span(DeskState.name, class_name="soft cut only-wide"),
            way_out(),
            href=either(DeskState.slug == "", "/", rx.Var.create(f"/p/{DeskState.slug}")),
            label=say("app.back"),
        ),
        link_notice(),
        notices_banner(),
        rx.el.main(
            rx.cond(
                DeskState.is_read,
                rx.cond(
                    DeskState.trouble == "",
                    rx.fragment(question_list(), page_list(page_form())),
                    rx.el.p(
                        say_chosen(rx.Var.create(f"error.{DeskState.trouble}")),
                        class_name="soft nothing",
                    ),
                ),
            ),
            class_name="page tasks desk",
            id="main",
        ),
        rx.el.p(_said(), role="status", class_name="sr"),
        page_removal(),
    )


def _said() -> rx.Var[str]:
    said = memory("said", str)
    return either(said == "", "", say_chosen(said))
