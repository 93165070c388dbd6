"""Making an account: who you are, a phone for recovery, and a passkey."""

import reflex as rx

from treno_chat.domain.words import Words
from treno_chat.web.browser.door import door
from treno_chat.web.browser.store import engine
from treno_chat.web.components.bar import back_bar
from treno_chat.web.components.field import error, field
from treno_chat.web.components.gender import gender_choices
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notice import notice
from treno_chat.web.components.passkey_notes import passkey_notes
from treno_chat.web.pages.entry import alias_field, form_data, hidden_fields, other_ways

STEPS = ("who", "passkey", "aboard")


def create_account_page(words: Words) -> rx.Component:
    """The sign-up page in one language."""
    return rx.fragment(
        engine(door()),
        rx.el.a(words.say("app.skip"), href="#main", class_name="skip"),
        _bar(words),
        rx.el.main(
            _steps(words),
            rx.el.div(
                rx.el.h1(words.say("create.title"), class_name="sign s24"),
                rx.el.p(words.say("create.lead"), class_name="soft"),
                class_name="stack tight",
            ),
            rx.el.p(words.say("noscript.text"), class_name="notice boxed without-script"),
            _form(words),
            rx.el.div(
                other_ways(words, "create.password_instead", page="sign-up"),
                class_name="line links needs-script",
            ),
            notice(
                words.say("create.guest_kept"),
                glyph="ticket",
                is_boxed=True,
                id="guest-kept",
                hidden=True,
            ),
            class_name="page",
            id="main",
        ),
    )


def _bar(words: Words) -> rx.Component:
    title = rx.el.p(words.say("entry.create"), class_name="title grow")
    return back_bar(title, href=f"/{words.language}", label=words.say("app.back"))


def _steps(words: Words) -> rx.Component:
    first, *others = (
        rx.el.li(words.say(f"create.step_{name}"), custom_attrs={"data-step": name})
        for name in STEPS
    )
    first.class_name = "here"
    first.custom_attrs["aria-current"] = "step"
    label = words.say("steps.of", n=1, total=len(STEPS))
    return rx.el.ol(first, *others, class_name="route", aria_label=label)


def _form(words: Words) -> rx.Component:
    return rx.el.form(
        hidden_fields(words),
        alias_field(words.say("create.alias")),
        gender_choices(words.say),
        field(
            "phone",
            label=words.say("create.phone"),
            hint=words.say("create.phone_hint"),
            type="tel",
            auto_complete="tel",
            required=True,
        ),
        error(""),
        passkey_notes(words, class_name="notice boxed warn"),
        _submit(words),
        class_name="stack gap-18 needs-script",
        no_validate=True,
        reset_on_submit=False,
        custom_attrs={
            **form_data(words, "account"),
            "data-say-failed": words.say("create.failed"),
        },
    )


def _submit(words: Words) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon("key"),
            words.say("create.submit"),
            type="submit",
            class_name="btn act lg wide",
            # The ceremony needs the page's code: until that is there, pressing would do nothing.
            disabled=True,
        ),
        rx.el.p(words.say("create.cancel_hint"), class_name="hint mid-text"),
        class_name="stack gap-8",
    )
