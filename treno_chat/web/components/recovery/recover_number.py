"""The first step of the way back: the number; written before anybody's code runs."""

import reflex as rx

from treno_chat.domain.words import Words
from treno_chat.web.browser.store import memory
from treno_chat.web.components.field import field
from treno_chat.web.components.own_form import own_form, submit


def number_step(words: Words) -> rx.Component:
    """Ask for the number; what is answered never tells whose it is."""
    return rx.el.div(
        rx.el.div(
            rx.el.h1(words.say("recover.phone_title"), class_name="sign s24"),
            rx.el.p(words.say("recover.phone_lead"), class_name="soft"),
            class_name="stack tight",
        ),
        own_form(
            "number",
            field(
                "phone",
                label=words.say("recover.phone"),
                hint=words.say("recover.phone_hint"),
                type="tel",
                auto_complete="tel",
            ),
            # Until the page's code is there, pressing would do nothing.
            submit(words.say("recover.send"), is_disabled=memory("step", str) == ""),
        ),
        rx.el.p(words.say("recover.same_answer"), class_name="t13 soft"),
        class_name="stack gap-20 needs-script",
    )
