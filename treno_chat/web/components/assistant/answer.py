"""An answer: its words, where they were read, how it came about, and what can be done with it."""

from typing import Literal

import reflex as rx

from treno_chat.web.browser.assistant.shapes import Chip, Piece, Turn
from treno_chat.web.browser.words import either, say, say_chosen
from treno_chat.web.components.assistant.question import trouble_of
from treno_chat.web.components.icons import IconName, icon


def answer(turn: Turn) -> rx.Component:
    """The answer, or why there is none yet."""
    return rx.el.li(
        rx.el.span(say("ai.says"), class_name="sr"),
        rx.match(
            turn.state,
            ("waiting", _waiting()),
            ("growing", rx.el.p(turn.text, class_name="said growing")),
            ("silent", _silent(turn, say("ai.unanswered"))),
            ("failed", _silent(turn, say("ai.failed"))),
            _told(turn),
        ),
        class_name="answer",
        tab_index=-1,
    )


def _waiting() -> rx.Component:
    return rx.el.p(
        rx.el.span(rx.el.i(), rx.el.i(), rx.el.i(), class_name="dots", aria_hidden=True),
        rx.el.span(say("ai.looking"), class_name="soft"),
        class_name="line",
    )


def _silent(turn: Turn, what: rx.Var[str]) -> rx.Component:
    """Nothing came: why, and how to ask once more."""
    return rx.el.div(
        rx.el.p(
            icon("alert", "i i-s"),
            rx.el.span(either(rx.Var.create(turn.trouble).to(str) == "", what, trouble_of(turn))),
            class_name="notice stop boxed",
        ),
        _do("again", say("message.retry"), turn, css="btn edge"),
        class_name="stack gap-8 left-x",
    )


def _told(turn: Turn) -> rx.Component:
    chips = rx.Var.create(turn.chips).to(list[Chip])
    return rx.fragment(
        rx.el.p(
            rx.foreach(rx.Var.create(turn.pieces).to(list[Piece]), _piece),
            class_name="said",
        ),
        rx.cond(turn.state == "stopped", _note(say("ai.stopped"))),
        rx.cond(turn.is_truncated & (turn.state != "stopped"), _note(say("ai.truncated"))),
        rx.cond(chips.length() > 0, _sources(turn, chips)),
        _badges(turn),
        rx.cond(turn.trouble != "", _note(trouble_of(turn))),
        _acts(turn),
        _earlier(turn),
    )


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


def _note(text: rx.Var[str]) -> rx.Component:
    return rx.el.p(icon("alert", "i i-s"), rx.el.span(text), class_name="line t15 soft")


def _sources(turn: Turn, chips: rx.vars.ArrayVar[list[Chip]]) -> rx.Component:
    label = either(rx.Var.create(turn.is_refusal).to(bool), say("ai.nearest"), say("ai.sources"))
    return rx.el.section(
        rx.el.h2(label, class_name="t13 soft sources-name"),
        rx.el.ol(rx.foreach(chips, _chip), class_name="card rows sources"),
        aria_label=label,
    )


def _chip(chip: Chip) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(chip.mark, class_name="cite", aria_hidden=True),
            rx.el.span(
                rx.el.span(chip.title, class_name="alias t15"),
                rx.cond(
                    chip.other != "",
                    rx.el.span(
                        say_chosen(rx.Var.create(f"ai.in_{chip.other}")), class_name="badge"
                    ),
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


def _badges(turn: Turn) -> rx.Component:
    """How it came about, without boasting."""
    engine = rx.Var.create(turn.engine).to(str)
    return rx.el.p(
        rx.cond(
            engine.startswith("extractive"),
            _badge(say("ai.by_pages"), "ticket"),
            rx.cond(
                engine.startswith("tasks"),
                _badge(say("ai.by_tasks"), "check"),
                rx.cond(engine != "", _badge(say("ai.by_model"), "compass")),
            ),
        ),
        rx.cond(turn.is_degraded, _badge(say("ai.degraded"), "alert", css="badge warn")),
        rx.el.span(
            rx.el.time(turn.time, date_time=turn.iso, title=turn.full),
            rx.cond(turn.seconds != "", rx.el.span(say("ai.took", seconds=turn.seconds))),
            class_name="t12 soft num line tight",
        ),
        class_name="line wrap tight came-about",
    )


def _badge(text: rx.Var[str], glyph: IconName, *, css: str = "badge") -> rx.Component:
    return rx.el.span(icon(glyph, "i i-xs"), text, class_name=css)


def _acts(turn: Turn) -> rx.Component:
    return rx.el.div(
        _rating(turn, "useful", 1),
        _rating(turn, "useless", -1),
        rx.el.button(
            icon("retry"),
            type="button",
            class_name="icon",
            aria_label=say("ai.again"),
            custom_attrs={"data-ask": "again", "data-question": turn.question},
        ),
        rx.cond(
            turn.is_handed,
            rx.el.span(icon("check", "i i-s"), say("ai.handed"), class_name="line tight t15 soft"),
            _do("hand-over", say("ai.handoff"), turn, css="btn quiet plain"),
        ),
        role="group",
        aria_label=say("ai.what_now"),
        class_name="line rate",
    )


def _rating(turn: Turn, name: Literal["useful", "useless"], rating: int) -> rx.Component:
    return rx.el.button(
        icon(name),
        type="button",
        class_name="icon",
        aria_label=say(f"ai.{name}"),
        aria_pressed=turn.rating == rating,
        custom_attrs={"data-ask": "rate", "data-id": turn.id, "data-rating": str(rating)},
    )


def _do(act: str, label: rx.Var[str], turn: Turn, *, css: str) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        class_name=css,
        custom_attrs={"data-ask": act, "data-question": turn.question},
    )


def _earlier(turn: Turn) -> rx.Component:
    """What was answered before it was asked anew."""
    earlier = rx.Var.create(turn.earlier).to(list[str])
    return rx.cond(
        earlier.length() > 0,
        rx.el.details(
            rx.el.summary(say("ai.earlier")),
            rx.foreach(earlier, _before),
            class_name="earlier",
        ),
    )


def _before(text: str) -> rx.Component:
    return rx.el.p(text, class_name="said soft t15")
