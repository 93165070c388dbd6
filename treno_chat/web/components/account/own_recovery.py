"""How one would come back without a passkey: the phone, and the codes on paper."""

import reflex as rx

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say, say_count
from treno_chat.web.components.account.section import opens, row, section
from treno_chat.web.components.codes_ticket import codes_ticket
from treno_chat.web.components.field import field
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.sheet import sheet
from treno_chat.web.components.sms_code import sms_code
from treno_chat.web.states.account import AccountState

CODES = 10


def recovery_section() -> rx.Component:
    """The phone, masked, and how many codes are left."""
    card = AccountState.card
    return section(
        say("account.recovery"),
        rx.el.ul(
            row(
                "call",
                card.phone,
                _uses(),
                end=opens("phone", say("app.change"), named=say("account.change_phone")),
            ),
            row(
                "ticket",
                say("account.codes"),
                rx.cond(
                    card.codes_left.to(int) > 0,
                    say("account.codes_left", n=card.codes_left, total=CODES),
                    say("account.codes_none"),
                ),
                end=opens(
                    "codes",
                    rx.cond(
                        card.codes_left.to(int) > 0,
                        say("account.codes_redo"),
                        say("account.codes_do"),
                    ),
                    named=say("account.codes_make"),
                ),
            ),
            class_name="card rows",
        ),
    )


def _uses() -> rx.Var[str]:
    uses = AccountState.card.phone_uses.to(int)
    return either(uses > 0, say_count("account.phone_uses", uses), say("account.phone_note"))


def recovery_sheets() -> rx.Component:
    """Another number; other codes."""
    return rx.fragment(
        sheet(
            "phone",
            say("account.change_phone"),
            rx.cond(
                memory("step", str) == "code",
                sms_code(say("account.code_lead", phone=memory("masked", str))),
                _number(),
            ),
        ),
        sheet(
            "codes",
            say("account.codes"),
            rx.cond(memory("codes", list[str]).length() > 0, _shown(), _asked()),
        ),
    )


def _number() -> rx.Component:
    return own_form(
        "number",
        rx.el.p(say("account.phone_lead"), class_name="soft t15"),
        field(
            "phone",
            label=say("account.phone_new"),
            hint=say("recover.phone_hint"),
            type="tel",
            auto_complete="tel",
        ),
        submit(say("recover.send")),
    )


def _asked() -> rx.Component:
    return own_form(
        "codes",
        rx.el.p(say("recover.codes_lead"), class_name="soft t15"),
        rx.cond(
            AccountState.card.codes_left.to(int) > 0,
            rx.el.p(say("account.codes_ask"), class_name="t15"),
        ),
        submit(say("account.codes_make"), glyph="ticket"),
    )


def _shown() -> rx.Component:
    return rx.el.div(
        codes_ticket(),
        rx.el.button(
            say("account.codes_done"),
            type="button",
            class_name="btn act lg wide",
            custom_attrs={"data-act": "close"},
        ),
        class_name="stack gap-20",
    )
