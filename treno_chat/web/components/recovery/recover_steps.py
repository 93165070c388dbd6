"""The further steps of the way back, each the whole of the page while it is its turn."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx

from treno_chat.web.browser.moments import moment
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say, say_count
from treno_chat.web.components.codes_ticket import codes_ticket
from treno_chat.web.components.field import error, field
from treno_chat.web.components.notice import notice
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.plain import plain_link
from treno_chat.web.components.seal import seal, seal_number
from treno_chat.web.components.sms_code import sms_code
from treno_chat.web.faces import Face


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(Face):
    """One of the accounts that share a number."""

    id: str = ""
    number: str = ""


def _step(title: rx.Var[str], lead: rx.Var[str], *inside: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1(title, class_name="sign s24"),
            rx.el.p(lead, class_name="soft", role="status"),
            class_name="stack tight",
        ),
        *inside,
        class_name="stack gap-20",
    )


def _code() -> rx.Component:
    return rx.el.div(
        rx.el.h1(say("recover.code_title"), class_name="sign s24"),
        sms_code(say("recover.code_lead", phone=memory("masked", str))),
        class_name="stack tight",
    )


def _proof() -> rx.Component:
    hours = memory("hours", int)
    return _step(
        say("recover.proof_title"),
        either(memory("mayUseCode", bool), say("recover.proof_lead"), say("recover.proof_none")),
        rx.cond(
            memory("mayUseCode", bool),
            rx.fragment(
                own_form(
                    "proof",
                    field(
                        "recovery_code",
                        label=say("recover.recovery_code"),
                        hint=say("recover.recovery_code_hint"),
                        css="input mono",
                        auto_complete="off",
                        auto_capitalize="none",
                        spell_check=False,
                        max_length=100,
                        auto_focus=True,
                    ),
                    submit(say("recover.use_code"), glyph="ticket"),
                ),
                rx.el.div(rx.el.span(say("app.or")), class_name="or"),
            ),
        ),
        own_form(
            "wait",
            rx.cond(memory("accounts", list[Choice]).length() > 0, _accounts()),
            rx.el.p(say_count("recover.wait_text", hours), class_name="t15"),
            submit(say_count("recover.wait", hours), css="btn edge wide", glyph="clock"),
        ),
    )


def _accounts() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say("recover.which"), class_name="label"),
        rx.el.div(rx.foreach(memory("accounts", list[Choice]), _account), class_name="stack gap-8"),
        error("account"),
    )


def _account(choice: Choice) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="account", value=choice.id),
        rx.el.span(
            seal(choice.shape, choice.ink, size="s24"), choice.alias, seal_number(choice.number)
        ),
        class_name="choice",
    )


def _waiting() -> rx.Component:
    at = moment(memory("until", int))
    return _step(
        say("recover.waiting_title", time=at),
        say("recover.waiting_lead"),
        notice(say("recover.waiting_back", time=at), glyph="clock", is_boxed=True),
        _restart(say("recover.have_code")),
    )


def _ready() -> rx.Component:
    alias = memory("alias", str)
    return _step(
        either(alias == "", say("recover.ready"), say("recover.welcome", alias=alias)),
        say("recover.last_stop"),
        own_form("passkey", submit(say("create.submit"), glyph="key", takes_focus=True)),
        notice(say("recover.others_close"), is_boxed=True),
    )


def _in() -> rx.Component:
    return _step(
        say("recover.done"),
        say("recover.codes_lead"),
        own_form("codes", submit(say("account.codes_make"), glyph="ticket", takes_focus=True)),
        plain_link(say("recover.later"), href=memory("onward", str), class_name="btn quiet wide"),
        notice(say("recover.others_closed"), "go", is_boxed=True),
    )


def _codes() -> rx.Component:
    return _step(
        say("recover.codes_title"),
        say("recover.codes_lead"),
        codes_ticket(),
        plain_link(
            say("recover.codes_done"), href=memory("onward", str), class_name="btn act lg wide"
        ),
    )


def _cancelled() -> rx.Component:
    return _step(
        say("recover.cancelled"), say("recover.cancelled_lead"), _restart(say("recover.restart"))
    )


def _gone() -> rx.Component:
    return _step(say("recover.gone"), say("recover.gone_lead"), _restart(say("recover.restart")))


def _restart(label: rx.Var[str]) -> rx.Component:
    return own_form("restart", submit(label, css="btn edge wide"))


STEPS: dict[str, Callable[[], rx.Component]] = {
    "code": _code,
    "proof": _proof,
    "waiting": _waiting,
    "ready": _ready,
    "in": _in,
    "codes": _codes,
    "cancelled": _cancelled,
    "gone": _gone,
}
