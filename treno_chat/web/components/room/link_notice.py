"""What is said of the connection: nothing while it works, one calm sentence when it does not."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say, say_count


def link_notice() -> rx.Component:
    """The notice under the bar; a status of its own, apart from the log."""
    link = memory("link", str)
    missed = memory("missed", int)
    return rx.el.div(
        rx.match(
            link,
            (
                "down",
                rx.el.p(
                    rx.el.span(class_name="signal warn", aria_hidden=True),
                    say("link.retrying"),
                    class_name="notice warn",
                ),
            ),
            (
                "back",
                rx.el.p(
                    rx.el.span(class_name="signal", aria_hidden=True),
                    rx.cond(missed > 0, say_count("link.back_new", missed), say("link.back")),
                    class_name="notice go",
                ),
            ),
            rx.fragment(),
        ),
        role="status",
    )
