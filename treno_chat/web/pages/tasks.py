"""A person's own tasks; guests see what an account would give them."""

import reflex as rx

from treno_chat.web.browser.acts import acts
from treno_chat.web.browser.notices import notices
from treno_chat.web.browser.room.connection import connection
from treno_chat.web.browser.room.feed import feed
from treno_chat.web.browser.sheets import sheets
from treno_chat.web.browser.store import engine, memory
from treno_chat.web.browser.tasks import tasks
from treno_chat.web.browser.title import titled
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.bar import back_bar, way_out
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.own_style import own_style
from treno_chat.web.components.plain import plain_link
from treno_chat.web.components.room.link_notice import link_notice
from treno_chat.web.components.task_list import new_task, task_filter, task_list, task_removal
from treno_chat.web.states.tasks import TasksState


def tasks_page() -> rx.Component:
    """The page; nothing is shown before it is known whose it is."""
    return rx.fragment(
        engine(
            titled(say("tasks.yours")),
            feed(),
            *connection(),
            acts(),
            sheets(),
            notices(),
            *tasks(),
        ),
        own_style("account"),
        own_style("tasks"),
        rx.el.a(say("app.skip"), href="#main", class_name="skip"),
        _bar(),
        link_notice(),
        notices_banner(),
        rx.el.main(
            rx.cond(
                TasksState.user_id != "",
                rx.cond(TasksState.is_anonymous, _invitation(), _own()),
            ),
            class_name="page tasks",
            id="main",
        ),
        rx.el.p(_said(), role="status", class_name="sr"),
        task_removal(),
    )


def _bar() -> rx.Component:
    came_from = memory("cameFrom", str)
    return back_bar(
        rx.el.h1(say("tasks.yours"), class_name="title grow"),
        way_out(),
        href=either(came_from == "", TasksState.home, came_from),
        label=say("app.back"),
    )


def _own() -> rx.Component:
    return rx.fragment(
        new_task(),
        task_filter(),
        task_list(),
        rx.el.p(
            say("tasks.by_talk"),
            " ",
            rx.el.a(say("ai.empty_title"), href="/assistant"),
            class_name="t15 soft",
        ),
    )


def _said() -> rx.Var[str]:
    said = memory("said", str)
    return either(said == "", "", say_chosen(said))


def _invitation() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("tasks.invite"), class_name="sign s24"),
        rx.el.p(say("tasks.invite_text"), class_name="soft"),
        plain_link(
            icon("key", "i i-s"),
            say("entry.create"),
            href=f"/{say('app.language_code')}/account?next=/tasks",
            class_name="btn act lg wide",
        ),
        class_name="stack gap-14",
    )
