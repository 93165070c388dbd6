"""Tasks: the form for another one, which of them are shown, and the list."""

from typing import Any

import reflex as rx

from treno_chat.domain.assistant.tasks import TaskFilter
from treno_chat.web.browser.moments import day
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.tasks import LIST_ID
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.field import field, text_field
from treno_chat.web.components.icons import icon
from treno_chat.web.components.own_form import hidden, own_form, submit
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.tasks import TasksState
from treno_chat.web.task_cards import TaskCard


def new_task() -> rx.Component:
    """What is to be done, and if need be in more words."""
    return own_form(
        "task-add",
        rx.el.div(
            field("title", label=say("tasks.new"), auto_complete="off", enter_key_hint="done"),
            submit(say("tasks.add"), css="btn act", glyph="plus"),
            class_name="with-button",
        ),
        rx.el.details(
            rx.el.summary(say("tasks.describe")),
            rx.el.div(
                text_field("description", label=say("tasks.description"), rows="3"),
                class_name="inset",
            ),
        ),
        css="stack gap-8",
    )


def task_filter() -> rx.Component:
    """All of them, those to do, those done."""
    return rx.el.div(
        *(
            rx.el.button(
                say(f"tasks.{which}"),
                type="button",
                class_name="chip",
                aria_pressed=TasksState.which == which.value,
                custom_attrs={"data-task-act": "show", "data-which": which.value},
            )
            for which in TaskFilter
        ),
        role="group",
        aria_label=say("tasks.filter"),
        class_name="line wrap chips",
    )


def task_list() -> rx.Component:
    """The list, or what stands in its place; more of it on request."""
    return rx.el.section(
        rx.cond(
            TasksState.tasks.length() > 0,
            rx.el.ul(rx.foreach(TasksState.tasks, _task), class_name="card rows"),
            rx.el.p(_nothing(), class_name="soft nothing"),
        ),
        rx.cond(
            TasksState.has_more,
            rx.el.button(
                say("tasks.older"),
                type="button",
                class_name="btn quiet wide",
                custom_attrs={"data-task-act": "more"},
            ),
        ),
        id=LIST_ID,
        tab_index=-1,
        aria_label=say("tasks.yours"),
    )


def _nothing() -> rx.Var[str]:
    which = TasksState.which
    return either(
        which == "open",
        say("tasks.none_open"),
        either(which == "done", say("tasks.none_done"), say("tasks.none")),
    )


def _task(task: TaskCard) -> rx.Component:
    return rx.el.li(
        rx.cond(memory("task", str) == task.id, _editing(task), _shown(task)),
        key=task.id,
        class_name=rx.cond(task.is_done, "task done", "task"),
        custom_attrs={"data-task": task.id},
    )


def _shown(task: TaskCard) -> rx.Component:
    title, about = _text(task.title), _text(task.id)
    at = day(rx.Var.create(task.at).to(int))
    return own_form(
        "task-tick",
        hidden("id", about),
        _tick(task),
        rx.el.div(
            rx.el.p(title, class_name="name"),
            rx.cond(task.description != "", rx.el.p(task.description, class_name="t15 words")),
            rx.el.p(
                rx.cond(task.is_done, say("tasks.done_on", date=at), say("tasks.added", date=at)),
                class_name="t13 soft",
            ),
            class_name="grow",
        ),
        _button("edit", say("tasks.edit", title=title), {"data-task-edit": about}),
        _button(
            "remove",
            say("tasks.remove", title=title),
            {"data-act": "sheet", "data-id": "task-remove", "data-about": about},
        ),
        css="row",
    )


def _tick(task: TaskCard) -> rx.Component:
    title = _text(task.title)
    return rx.el.button(
        rx.el.span(icon("check", "i i-s"), class_name="box"),
        type="submit",
        name="completed",
        value=rx.cond(task.is_done, "false", "true"),
        class_name="icon tick",
        aria_label=rx.cond(
            task.is_done, say("tasks.reopen", title=title), say("tasks.tick", title=title)
        ),
    )


def _button(glyph: Any, label: rx.Var[str], attributes: dict[str, Any]) -> rx.Component:  # noqa: ANN401 -- an icon's name
    return rx.el.button(
        icon(glyph), type="button", class_name="icon", aria_label=label, custom_attrs=attributes
    )


def _editing(task: TaskCard) -> rx.Component:
    return own_form(
        "task-edit",
        hidden("id", _text(task.id)),
        field(
            "title",
            label=say("tasks.title"),
            within="edit-",
            default_value=task.title,
            auto_complete="off",
            auto_focus=True,
        ),
        text_field(
            "description",
            label=say("tasks.description"),
            within="edit-",
            default_value=task.description,
            rows="3",
        ),
        rx.el.div(
            submit(say("account.save"), css="btn act"),
            rx.el.button(
                say("app.cancel"),
                type="button",
                class_name="btn quiet",
                custom_attrs={"data-task-act": "stop"},
            ),
            class_name="line wrap",
        ),
        css="stack gap-12 pad",
    )


def task_removal() -> rx.Component:
    """Asked once more, before it goes for good."""
    return sheet("task-remove", say("tasks.remove_title"), rx.foreach(TasksState.tasks, _removal))


def _removal(task: TaskCard) -> rx.Component:
    return rx.cond(
        memory("about", str) == task.id,
        own_form(
            "task-remove",
            hidden("id", _text(task.id)),
            rx.el.p(say("tasks.remove_ask", title=_text(task.title)), class_name="long"),
            submit(say("tasks.remove_do"), css="btn danger full lg wide", glyph="remove"),
        ),
    )


def _text(value: str) -> rx.Var[str]:
    # While the page is built a card's fields are Vars, whatever their class says.
    return rx.Var.create(value).to(str)
