"""One's own password: the second way in, added, changed and removed."""

import reflex as rx

from treno_chat.domain.other_ways.emails import MAX_LENGTH
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.account.section import opens, row, section
from treno_chat.web.components.field import field
from treno_chat.web.components.own_form import own_form, submit
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.account import AccountState

WITHIN = "own-"


def password_section() -> rx.Component:
    """The address, masked, and what it is good for; nothing where there are no passwords."""
    card = AccountState.card
    return rx.cond(
        card.may_have_password.to(bool) | (card.email != ""),
        section(
            say("account.password"),
            rx.el.ul(rx.cond(card.email != "", _kept(), _none()), class_name="card rows"),
        ),
    )


def password_sheets() -> rx.Component:
    """The first one; another one, or none."""
    return rx.fragment(
        sheet("password-add", say("account.password_add"), _first()),
        sheet("password-change", say("account.password_change"), _another(), _no_more()),
    )


def _kept() -> rx.Component:
    card = AccountState.card
    return row(
        "key",
        card.email,
        either(
            card.is_email_confirmed.to(bool),
            say("account.password_confirmed"),
            say("account.password_unconfirmed"),
        ),
        end=opens("password-change", say("app.change"), named=say("account.password_change")),
    )


def _none() -> rx.Component:
    return rx.el.li(
        opens("password-add", say("account.password_add"), glyph="plus"),
        rx.el.span(say("account.password_note"), class_name="t13 soft"),
        class_name="row add",
    )


def _first() -> rx.Component:
    return own_form(
        "password-add",
        rx.el.p(say("account.password_add_lead"), class_name="soft t15"),
        field(
            "email",
            within=WITHIN,
            label=say("password.email"),
            type="email",
            auto_complete="username email",
            auto_capitalize="none",
            spell_check=False,
            max_length=MAX_LENGTH,
        ),
        _new("add-"),
        submit(say("account.password_add"), glyph="key"),
    )


def _another() -> rx.Component:
    return own_form(
        "password-change",
        rx.el.p(say("account.password_change_lead"), class_name="soft t15"),
        _new("change-"),
        submit(say("account.password_change"), glyph="key"),
    )


def _no_more() -> rx.Component:
    return own_form("password-remove", submit(say("account.password_remove"), css="btn edge wide"))


def _new(within: str) -> rx.Component:
    return field(
        "password",
        within=f"{WITHIN}{within}",
        label=say("password.new"),
        hint=say("account.password_hint"),
        type="password",
        auto_complete="new-password",
    )
