"""One's own passkeys: listed, added, renamed, and removed unless it is the last."""

import reflex as rx

from treno_chat.web.account_cards import PasskeyCard
from treno_chat.web.browser.moments import day, moment
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.account.section import opens, row, section
from treno_chat.web.components.field import field
from treno_chat.web.components.icons import icon
from treno_chat.web.components.own_form import hidden, own_form, submit
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.account import AccountState

LONGEST_NAME = 100


def passkeys_section() -> rx.Component:
    """The list, and the way to another one."""
    return section(
        say("account.passkeys"),
        rx.el.ul(
            rx.foreach(AccountState.passkeys, _passkey),
            rx.el.li(
                opens("passkey-add", say("account.add_passkey"), glyph="plus"),
                class_name="row add",
            ),
            class_name="card rows",
        ),
    )


def _passkey(passkey: PasskeyCard) -> rx.Component:
    name, made, used = _vars(passkey)
    return row(
        "key",
        name,
        rx.cond(
            passkey.used > 0,
            say("passkey.used", made=made, used=used),
            say("passkey.unused", made=made),
        ),
        rx.cond(passkey.is_synced, say("passkey.synced"), say("passkey.local")),
        end=rx.el.button(
            icon("more"),
            type="button",
            class_name="icon",
            aria_label=say("passkey.actions", name=name),
            custom_attrs={
                "data-act": "sheet",
                "data-id": "passkey",
                "data-about": passkey.id,
            },
        ),
    )


def _vars(passkey: PasskeyCard) -> tuple[rx.Var[str], rx.Var[str], rx.Var[str]]:
    name, made, used = (rx.Var.create(each) for each in (passkey.name, passkey.made, passkey.used))
    named = either(name == "", say("passkey.unnamed"), name.to(str))
    return named, day(made.to(int)), moment(used.to(int))


def passkey_sheets() -> rx.Component:
    """What can be done with one, and the way to another."""
    return rx.fragment(
        sheet("passkey", say("account.passkey"), rx.foreach(AccountState.passkeys, _chosen)),
        sheet(
            "passkey-add",
            say("account.add_passkey"),
            own_form(
                "passkey-add",
                rx.el.p(say("passkey.add_lead"), class_name="soft t15"),
                _name_field(""),
                submit(say("create.submit"), glyph="key"),
            ),
        ),
    )


def _chosen(passkey: PasskeyCard) -> rx.Component:
    return rx.cond(
        memory("about", str) == passkey.id,
        rx.el.div(
            own_form(
                "passkey-rename",
                hidden("id", rx.Var.create(passkey.id).to(str)),
                _name_field(passkey.name),
                submit(say("passkey.rename"), css="btn act wide"),
            ),
            rx.cond(passkey.is_last, _stays(), _removal(passkey)),
            class_name="stack gap-20",
        ),
    )


def _name_field(name: str | rx.Var[str]) -> rx.Component:
    return field(
        "name",
        label=say("passkey.name"),
        hint=say("passkey.name_hint"),
        default_value=name,
        auto_complete="off",
        max_length=LONGEST_NAME,
    )


def _stays() -> rx.Component:
    return rx.el.div(
        icon("key", "i i-s"), rx.el.p(say("error.last_passkey")), class_name="notice boxed"
    )


def _removal(passkey: PasskeyCard) -> rx.Component:
    return rx.el.details(
        rx.el.summary(say("passkey.remove"), class_name="danger"),
        own_form(
            "passkey-remove",
            hidden("id", rx.Var.create(passkey.id).to(str)),
            rx.el.p(say("passkey.remove_ask"), class_name="soft t15"),
            submit(say("passkey.remove_do"), css="btn danger full wide"),
            css="stack gap-12 inset",
        ),
    )
