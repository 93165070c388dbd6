"""What is held and until when; taking it along; leaving no trace of it."""

import reflex as rx

from treno_chat.web.browser.moments import day, moment
from treno_chat.web.browser.words import say, say_count
from treno_chat.web.components.account.section import opens, row, section
from treno_chat.web.components.icons import icon
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.plain import plain_link, post_form
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.account import AccountState


def data_section() -> rx.Component:
    """The messages, the file, and the ledger."""
    card = AccountState.card
    return section(
        say("account.data"),
        rx.el.ul(
            row(
                "clock",
                say_count("account.held", card.messages),
                rx.cond(
                    card.messages.to(int) > 0,
                    say("account.held_until", time=moment(card.held_until)),
                    say("account.held_none"),
                ),
            ),
            row(
                "download",
                say("account.export"),
                say("account.export_note"),
                end=plain_link(
                    say("account.export_do"),
                    href="/auth/export",
                    class_name="btn quiet",
                    download=True,
                ),
            ),
            class_name="card rows",
        ),
        _ledger(),
    )


def _ledger() -> rx.Component:
    card = AccountState.card
    return rx.el.details(
        rx.el.summary(say("entry.kept")),
        rx.el.dl(
            _line(
                "kept.identity",
                rx.cond(card.is_anonymous, say("ledger.visit"), say("ledger.account")),
            ),
            _line("kept.messages", say("ledger.messages")),
            rx.cond(
                card.is_anonymous,
                rx.fragment(),
                rx.fragment(
                    _line("account.passkeys", say("ledger.passkeys")),
                    _line("ledger.own", say("ledger.own_until")),
                    _line(
                        "ledger.phone",
                        rx.cond(
                            card.phone_uses.to(int) > 0,
                            say_count("ledger.phone_used", card.phone_uses),
                            say("ledger.phone_unused"),
                        ),
                    ),
                ),
            ),
            _line("account.sessions", say("ledger.sessions")),
            _line("ledger.events", say("ledger.events_until")),
            class_name="kept",
        ),
        rx.el.p(say("ledger.since", date=day(card.since)), class_name="hint"),
        class_name="after",
    )


def _line(key: str, until: rx.Var[str] | rx.Component) -> rx.Component:
    return rx.el.div(rx.el.dt(say(key)), rx.el.dd(until))


def trace_section() -> rx.Component:
    """The way to leave no trace, and the way to just leave."""
    is_guest = AccountState.card.is_anonymous
    return section(
        say("account.trace"),
        rx.el.p(
            rx.cond(is_guest, say("account.trace_guest"), say("account.trace_text")),
            class_name="t15 soft before",
        ),
        rx.el.div(
            opens("erase", say("account.erase"), css="btn danger", glyph="eraser"),
            post_form(
                "/auth/logout",
                rx.el.button(
                    icon("exit", "i i-s"),
                    say("account.just_sign_out"),
                    type="submit",
                    class_name="btn quiet plain",
                ),
                leaves=True,
            ),
            class_name="line wrap",
        ),
        css="section danger-zone",
    )


def erase_sheet() -> rx.Component:
    """Asked once more, before the ten seconds."""
    is_guest = AccountState.card.is_anonymous
    return sheet(
        "erase",
        say("account.trace"),
        own_form(
            "erase",
            rx.el.p(rx.cond(is_guest, say("erase.ask_guest"), say("erase.ask")), class_name="t15"),
            rx.el.p(say("erase.others_see"), class_name="soft t15"),
            submit(say("account.erase"), css="btn danger full lg wide", glyph="eraser"),
            rx.el.button(
                say("app.cancel"),
                type="button",
                class_name="btn quiet wide",
                custom_attrs={"data-act": "close"},
            ),
        ),
    )
