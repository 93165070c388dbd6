"""What stands at an address where nothing is."""

import reflex as rx

from treno_chat.web.browser.store import engine
from treno_chat.web.browser.title import titled
from treno_chat.web.browser.words import say
from treno_chat.web.components.plain import plain_link
from treno_chat.web.components.room.stopped import stopped


def lost_page() -> rx.Component:
    """The page that says so, and leads to the start."""
    return rx.fragment(
        engine(titled(say("lost.title"))),
        stopped(
            plain_link(say("lost.home"), href="/", class_name="btn act lg"),
            title=say("lost.title"),
            text=say("lost.text"),
        ),
    )
