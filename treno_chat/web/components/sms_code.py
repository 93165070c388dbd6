"""The code that came by SMS: one field, tries and time told, another one when it is time."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.field import field
from treno_chat.web.components.own_form import own_form, submit


def sms_code(lead: rx.Var[str]) -> rx.Component:
    """The form of a code, and the one for another."""
    wait = memory("wait", int)
    seconds = rx.Var(_js_expr=f'String({wait!s} % 60).padStart(2, "0")', _var_type=str).to(str)
    left = memory("tries", int)
    return rx.el.div(
        own_form(
            "code",
            rx.el.p(lead, class_name="soft"),
            field(
                "code",
                label=say("recover.code_label"),
                hint=either(left > 0, say("recover.code_hint", n=left), ""),
                css="input code",
                input_mode="numeric",
                auto_complete="one-time-code",
                max_length=12,
                enter_key_hint="go",
                auto_focus=True,
            ),
            submit(say("recover.next")),
        ),
        own_form(
            "resend",
            rx.el.div(
                rx.el.span(
                    rx.cond(
                        wait > 0,
                        say("recover.resend_in", time=f"{wait // 60}:{seconds}"),
                        say("recover.resend_hint"),
                    ),
                    class_name="t15 soft num grow",
                ),
                rx.cond(
                    wait > 0,
                    rx.fragment(),
                    submit(say("recover.resend"), css="btn quiet"),
                ),
                class_name="line again",
            ),
        ),
        class_name="stack gap-12",
    )
