"""A conversation: what it is called, what was asked and answered, and what to ask at first."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from treno_chat.web.browser.assistant.desk import kept
from treno_chat.web.browser.assistant.scroll import LOG_ID
from treno_chat.web.browser.assistant.shapes import Turn
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.assistant.answer import answer, staff_note
from treno_chat.web.components.assistant.question import question
from treno_chat.web.components.icons import icon
from treno_chat.web.states.assistant import AssistantState

SUGGESTIONS = ("one", "two", "three", "four")


def thread_bar() -> rx.Component:
    """What the conversation is called, and what can be done about it."""
    title = kept("title", str)
    is_open = kept("conversation", str) != ""
    return rx.el.header(
        ReactRouterLink.create(
            icon("back"), to="/assistant", class_name="icon not-wide", aria_label=say("ai.back")
        ),
        rx.el.div(
            rx.el.h1(
                either(is_open & (title != ""), title, say("ai.new")),
                class_name="title cut",
            ),
            rx.el.p(
                either(
                    AssistantState.place_name != "",
                    say("ai.note_of", place=AssistantState.place_name),
                    say("ai.note"),
                ),
                class_name="t13 soft cut",
            ),
            class_name="grow room-title",
        ),
        rx.cond(
            is_open & ~kept("isMissing", bool),
            rx.el.button(
                icon("more"),
                type="button",
                class_name="icon",
                aria_label=say("ai.manage"),
                custom_attrs={"data-act": "sheet", "data-id": "conversation"},
            ),
        ),
        class_name="bar",
    )


def thread() -> rx.Component:
    """What was said, or what stands in its place."""
    rows = kept("rows", list[Turn])
    return rx.el.div(
        rx.el.div(
            rx.cond(kept("older", str) != None, _older()),  # noqa: E711 -- a Var
            rx.cond(
                rows.length() > 0,
                rx.el.ol(rx.foreach(rows, _turn), class_name="log ai"),
                _instead(),
            ),
            id=LOG_ID,
            class_name="scroll",
            role="log",
            tab_index=0,
            aria_label=say("ai.log"),
            aria_live=rx.cond(kept("isHushed", bool), "off", "polite"),
            aria_relevant="additions",
            aria_busy=kept("isBusy", bool) | kept("isLoading", bool),
        ),
        class_name="holder",
    )


def _turn(turn: Turn) -> rx.Component:
    return rx.fragment(
        rx.match(
            turn.kind, ("question", question(turn)), ("staff", staff_note(turn)), answer(turn)
        ),
        key=turn.key,
    )


def _older() -> rx.Component:
    return rx.el.button(
        say("ai.older"),
        type="button",
        class_name="btn quiet wide",
        aria_disabled=kept("isFetching", bool),
        custom_attrs={"data-ask": "older"},
    )


def _instead() -> rx.Component:
    return rx.cond(
        kept("isMissing", bool),
        _empty(rx.el.p(say("error.conversation_not_found"), class_name="soft")),
        rx.cond(
            kept("isLost", bool),
            _empty(
                rx.el.p(say("error.offline"), class_name="soft"),
                rx.el.button(
                    say("message.retry"),
                    type="button",
                    class_name="btn edge",
                    custom_attrs={"data-ask": "reload"},
                ),
            ),
            rx.cond(
                kept("isLoading", bool),
                rx.el.p(say("ai.loading"), class_name="nothing soft"),
                _beginning(),
            ),
        ),
    )


def _beginning() -> rx.Component:
    return _empty(
        rx.el.span(icon("compass", "i i-l"), class_name="tile-l"),
        rx.el.p(say("ai.empty_title"), class_name="sign s24"),
        rx.el.p(say("ai.empty_text"), class_name="soft narrow"),
        rx.el.ul(
            *(_suggestion(say(f"ai.suggest_{number}")) for number in SUGGESTIONS),
            class_name="suggestions",
            aria_label=say("ai.suggestions"),
        ),
    )


def _suggestion(text: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            text,
            type="button",
            class_name="btn edge",
            custom_attrs={"data-ask": "suggest", "data-text": text},
        )
    )


def _empty(*inside: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.div(*inside, class_name="stack gap-12 mid-x"), class_name="empty")
