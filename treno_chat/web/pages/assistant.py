"""The assistant: one's own conversations beside the one that is open; guests are invited."""

import reflex as rx

from treno_chat.web.browser.acts import acts
from treno_chat.web.browser.assistant.acts import acts as own_acts
from treno_chat.web.browser.assistant.address import address
from treno_chat.web.browser.assistant.asking import asking
from treno_chat.web.browser.assistant.composer import composer as composing
from treno_chat.web.browser.assistant.desk import kept
from treno_chat.web.browser.assistant.hearing import hearing
from treno_chat.web.browser.assistant.listing import listing
from treno_chat.web.browser.assistant.scroll import scroll
from treno_chat.web.browser.assistant.shelf import shelf
from treno_chat.web.browser.assistant.thread import thread as following
from treno_chat.web.browser.assistant.turns import turns
from treno_chat.web.browser.notices import notices
from treno_chat.web.browser.room.connection import connection
from treno_chat.web.browser.room.feed import feed
from treno_chat.web.browser.sheets import sheets
from treno_chat.web.browser.store import engine
from treno_chat.web.browser.title import titled
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.assistant.composer import composer
from treno_chat.web.components.assistant.conversation_list import conversation_list
from treno_chat.web.components.assistant.invitation import invitation
from treno_chat.web.components.assistant.sheets import (
    conversation_sheet,
    guide_sheet,
    keys_sheet,
    removal_sheet,
)
from treno_chat.web.components.assistant.thread import thread, thread_bar
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.own_style import own_style
from treno_chat.web.components.room.link_notice import link_notice
from treno_chat.web.states.assistant import AssistantState


def assistant_page() -> rx.Component:
    """The page; nothing is shown before it is known whose it is."""
    return rx.fragment(
        engine(
            titled(say("ai.title")),
            feed(),
            *connection(),
            acts(),
            sheets(),
            notices(),
            turns(),
            listing(),
            shelf(),
            asking(),
            composing(),
            *scroll(),
            *own_acts(),
            following(),
            hearing(),
            # Last: it turns to what the address names, for which it needs the others.
            address(),
        ),
        own_style("tasks"),
        own_style("assistant"),
        rx.el.a(say("app.skip"), href="#main", class_name="skip"),
        rx.cond(
            AssistantState.user_id != "",
            rx.cond(AssistantState.is_anonymous, invitation(), _panes()),
        ),
        rx.el.p(_told(), role="status", class_name="sr"),
        guide_sheet(),
        conversation_sheet(),
        removal_sheet(),
        keys_sheet(),
    )


def _panes() -> rx.Component:
    is_thread = kept("isThread", bool)
    return rx.el.div(
        rx.el.nav(
            conversation_list(),
            class_name=rx.cond(is_thread, "pane side only-wide", "pane side"),
            aria_label=say("ai.conversations"),
        ),
        rx.el.main(
            rx.el.div(thread_bar(), link_notice(), notices_banner()),
            thread(),
            composer(),
            class_name=rx.cond(is_thread, "pane", "pane only-wide"),
            id="main",
        ),
        class_name="shell",
    )


def _told() -> rx.Var[str]:
    told = kept("told", str)
    return either(told == "", "", say_chosen(told))
