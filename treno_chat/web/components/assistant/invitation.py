"""What a guest sees: what the assistant would do for them, and how to get an account."""

import reflex as rx

from treno_chat.web.browser.words import say
from treno_chat.web.components.assistant.conversation_list import way_back
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.plain import plain_link
from treno_chat.web.components.room.link_notice import link_notice


def invitation() -> rx.Component:
    """The page of a guest."""
    return rx.fragment(
        way_back(rx.el.h1(say("ai.title"), class_name="title grow")),
        link_notice(),
        notices_banner(),
        rx.el.main(
            rx.el.section(
                rx.el.span(icon("compass", "i i-l"), class_name="tile-l"),
                rx.el.h2(say("ai.invite"), class_name="sign s24"),
                rx.el.p(say("ai.invite_text"), class_name="soft"),
                plain_link(
                    icon("key", "i i-s"),
                    say("entry.create"),
                    href=f"/{say('app.language_code')}/account?next=/assistant",
                    class_name="btn act lg wide",
                ),
                class_name="stack gap-14",
            ),
            class_name="page tasks",
            id="main",
        ),
    )
