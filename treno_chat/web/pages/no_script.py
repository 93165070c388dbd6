"""What a room's page says to a browser without JavaScript, before anybody knows its language."""

from collections.abc import Iterable

import reflex as rx

from treno_chat.domain.words import Words


def no_script_page(languages: Iterable[Words]) -> rx.Component:
    """The notice in every language; with JavaScript it is never seen."""
    return rx.fragment(
        # For browsers that do not know the media query which shows it.
        rx.el.noscript(rx.el.style(".without-script { display: revert !important; }")),
        rx.el.main(
            *(
                rx.el.section(
                    rx.el.h1(words.say("noscript.title"), class_name="sign s32"),
                    rx.el.p(words.say("noscript.text"), class_name="soft"),
                    class_name="stack gap-8",
                    lang=words.language,
                )
                for words in languages
            ),
            class_name="stopped stack gap-20 without-script",
        ),
    )
