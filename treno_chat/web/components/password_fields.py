"""The fields of an address and a password: filled by whoever keeps passwords, shown when asked."""

from typing import Literal

import reflex as rx

from treno_chat.domain.other_ways.emails import MAX_LENGTH
from treno_chat.domain.policy import PasswordPolicy
from treno_chat.domain.words import Words
from treno_chat.web.components.field import field

Filled = Literal["current-password", "new-password"]


def email_field(words: Words, *, hint: bool = False) -> rx.Component:
    """The address."""
    return field(
        "email",
        label=words.say("password.email"),
        hint=words.say("password.email_hint") if hint else "",
        type="email",
        input_mode="email",
        # Of passwords kept for a site, this tells which one is meant.
        auto_complete="username email" if hint else "email",
        auto_capitalize="none",
        spell_check=False,
        max_length=MAX_LENGTH,
        required=True,
    )


def password_field(
    words: Words, *, label: str, filled: Filled, minimum: int | None = None
) -> rx.Component:
    """The password: pasted or typed, hidden until it is to be seen, never cut off."""
    hint = "" if minimum is None else words.say("password.new_hint", min=minimum)
    show = words.say("password.show")
    return rx.el.div(
        field(
            "password",
            label=words.say(label),
            hint=hint,
            type="password",
            auto_complete=filled,
            auto_capitalize="none",
            spell_check=False,
            required=True,
        ),
        rx.el.button(
            show,
            type="button",
            class_name="btn quiet",
            aria_pressed="false",
            custom_attrs={
                "data-reveal": "password",
                "data-show": show,
                "data-hide": words.say("password.hide"),
            },
        ),
        class_name="stack gap-4",
    )


def new_password_field(words: Words, *, label: str = "password.password") -> rx.Component:
    """A password that is to be the only way in."""
    return password_field(words, label=label, filled="new-password", minimum=PasswordPolicy().alone)
