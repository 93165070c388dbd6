"""An answer: its words, where they were read, how it came about, and what can be done with it."""

import reflex as rx

from treno_chat.web.browser.assistant.shapes import Chip, Turn
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.assistant.answer_acts import answer_acts, do
from treno_chat.web.components.assistant.question import trouble_of
from treno_chat.web.components.assistant.sources import near, said, sources
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
            ("failed", _silent(turn, rx.Var.create(turn.text).to(str))),
            _told(turn),
        ),
        class_name="answer",
        tab_index=-1,
    )


def staff_note(turn: Turn) -> rx.Component:
    """What staff say of a question, below its first words."""
    chips = rx.Var.create(turn.chips).to(list[Chip])
    return rx.el.li(
        rx.el.p(
            rx.el.span(say("people.staff"), class_name="badge staff"),
            rx.el.time(turn.time, date_time=turn.iso, title=turn.full, class_name="t12 soft num"),
            class_name="line tight",
        ),
        rx.cond(turn.text != "", rx.el.p(turn.text, class_name="t13 soft cut quoted")),
        said(turn),
        rx.cond(chips.length() > 0, sources(turn, chips)),
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
        do("again", say("message.retry"), turn, css="btn edge"),
        class_name="stack gap-8 left-x",
    )


def _told(turn: Turn) -> rx.Component:
    chips = rx.Var.create(turn.chips).to(list[Chip])
    return rx.fragment(
        said(turn),
        rx.cond(turn.state == "stopped", _note(say("ai.stopped"))),
        rx.cond(turn.is_truncated & (turn.state != "stopped"), _note(say("ai.truncated"))),
        rx.cond(chips.length() > 0, sources(turn, chips)),
        near(turn),
        _badges(turn),
        rx.cond(turn.trouble != "", _note(trouble_of(turn))),
        answer_acts(turn),
        _earlier(turn),
    )


def _note(text: rx.Var[str]) -> rx.Component:
    return rx.el.p(icon("alert", "i i-s"), rx.el.span(text), class_name="line t15 soft")


def _badges(turn: Turn) -> rx.Component:
    """How it came about, without boasting."""
    engine = rx.Var.create(turn.engine).to(str)
    return rx.el.p(
        rx.cond(
            engine.startswith("extractive"),
            rx.cond(turn.is_refusal, rx.fragment(), _badge(say("ai.by_pages"), "ticket")),
            rx.cond(
                engine.startswith("tasks"),
                _badge(say("ai.by_tasks"), "check"),
                rx.cond(engine != "", _badge(say("ai.by_model"), "compass")),
            ),
        ),
        rx.cond(engine.contains("+uncited"), _badge(say("ai.uncited"), "alert", css="badge warn")),
        rx.cond(turn.is_degraded, _badge(say("ai.degraded"), "alert", css="badge warn")),
        rx.el.span(
            rx.el.time(turn.time, date_time=turn.iso, title=turn.full),
            rx.cond(turn.seconds != "", rx.el.span("· ", say("ai.took", seconds=turn.seconds))),
            class_name="t12 soft num line tight",
        ),
        class_name="line wrap tight came-about",
    )


def _badge(text: rx.Var[str], glyph: IconName, *, css: str = "badge") -> rx.Component:
    return rx.el.span(icon(glyph, "i i-xs"), text, class_name=css)


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
