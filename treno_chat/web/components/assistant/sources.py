"""Where an answer was read: the marks in its words, and the pages that they stand for."""

import reflex as rx

from treno_chat.web.browser.assistant.shapes import Chip, Piece, Turn
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.icons import icon


def said(turn: Turn) -> rx.Component:
    """The words of an answer, with a mark at whatever has a source."""
    pieces = rx.Var.create(turn.pieces).to(list[Piece])
    return rx.el.p(rx.foreach(pieces, _piece), class_name="said")


def _piece(piece: Piece) -> rx.Component:
    return rx.cond(
        piece.mark > 0,
        rx.el.button(
            piece.mark,
            type="button",
            class_name="cite",
            aria_label=say("ai.source_n", n=piece.mark),
            custom_attrs={"data-ask": "source", "data-id": piece.of, "data-mark": piece.mark},
        ),
        rx.el.span(piece.text),
    )


def sources(turn: Turn, chips: rx.vars.ArrayVar[list[Chip]]) -> rx.Component:
    """The pages; a refusal names those that come nearest."""
    label = either(rx.Var.create(turn.is_refusal).to(bool), say("ai.nearest"), say("ai.sources"))
    return rx.el.section(
        rx.el.h2(label, class_name="t13 soft sources-name"),
        rx.el.ol(rx.foreach(chips, _chip), class_name="card rows sources"),
        aria_label=label,
    )


def near(turn: Turn) -> rx.Component:
    """Pages that were found as well, and not quoted."""
    others = rx.Var.create(turn.others).to(list[Chip])
    return rx.cond(
        others.length() > 0,
        rx.el.details(
            rx.el.summary(say("ai.near")),
            rx.el.ol(rx.foreach(others, _chip), class_name="card rows sources"),
        ),
    )


def _chip(chip: Chip) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(chip.mark, class_name="cite", aria_hidden=True),
            rx.el.span(
                rx.el.span(
                    rx.el.span(chip.title, class_name="alias t15"),
                    rx.cond(
                        chip.other != "",
                        rx.el.span(
                            say_chosen(rx.Var.create(f"ai.in_{chip.other}")), class_name="badge"
                        ),
                    ),
                    class_name="line wrap page-name",
                ),
                rx.el.span(chip.snippet, class_name="t13 soft cut quote", lang=chip.language),
                class_name="grow",
            ),
            icon("forward", "i i-s"),
            type="button",
            class_name="source",
            custom_attrs={"data-ask": "source", "data-id": chip.of, "data-mark": chip.mark},
        ),
        key=chip.key,
    )
