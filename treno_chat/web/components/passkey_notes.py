"""Why a passkey cannot be used here: the browser's code shows the one that is true, or none."""

import reflex as rx

from treno_chat.domain.words import Words

REASONS = ("address", "browser")


def passkey_notes(words: Words, *, class_name: str) -> rx.Component:
    """An address without https, or a browser that knows no passkeys; and what can be done."""
    return rx.fragment(
        *(
            rx.el.p(
                words.say(f"entry.no_passkey_{reason}"),
                class_name=class_name,
                hidden=True,
                custom_attrs={"data-no-passkey": reason},
            )
            for reason in REASONS
        )
    )
