"""The way back in without a passkey: the number, its code, a second proof or a wait, a passkey."""

import reflex as rx

from treno_chat.domain.words import Words
from treno_chat.web.browser.recover import recover
from treno_chat.web.browser.store import engine, memory
from treno_chat.web.components.bar import back_bar
from treno_chat.web.components.own_style import own_style
from treno_chat.web.components.recovery.recover_number import number_step
from treno_chat.web.components.recovery.recover_steps import STEPS

TITLES = ("recover.phone", "recover.code", "create.step_passkey")
# Which stop of the line each step belongs to; the page starts with the nameless one.
STOPS = {
    "": 0,
    "number": 0,
    "cancelled": 0,
    "gone": 0,
    "code": 1,
    "proof": 1,
    "ready": 2,
    "waiting": 2,
    "in": 3,
    "codes": 3,
}


def recover_page(words: Words) -> rx.Component:
    """The page in one language; what comes after the first step is said when it comes."""
    return rx.fragment(
        engine(recover()),
        own_style("account"),
        rx.el.a(words.say("app.skip"), href="#main", class_name="skip"),
        _bar(words),
        rx.el.main(
            _route(words),
            rx.el.p(words.say("noscript.text"), class_name="notice boxed without-script"),
            rx.match(
                memory("step", str),
                *((name, step()) for name, step in STEPS.items()),
                number_step(words),
            ),
            class_name="page",
            id="main",
        ),
    )


def _bar(words: Words) -> rx.Component:
    title = rx.el.p(words.say("recover.bar"), class_name="title grow")
    return back_bar(title, href=f"/{words.language}", label=words.say("app.back"))


def _route(words: Words) -> rx.Component:
    stop = rx.Var.create(STOPS)[memory("step", str)].to(int)
    here = words.say("steps.of", n="{n}", total=len(TITLES))
    label = rx.cond(
        stop < len(TITLES),
        rx.Var.create(here).to(str).replace("{n}", (stop + 1).to_string()),
        words.say("steps.all_done"),
    )
    return rx.el.ol(
        *(
            rx.el.li(
                words.say(title),
                class_name=rx.cond(stop > at, "done", rx.cond(stop == at, "here", "")),
                aria_current=rx.cond(stop == at, "step", None),
            )
            for at, title in enumerate(TITLES)
        ),
        class_name="route",
        aria_label=label,
    )
