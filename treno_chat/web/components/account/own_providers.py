"""Who else lets one in: each provider that is configured, connected or not yet."""

import reflex as rx

from treno_chat.web.account_cards import ProviderCard
from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.account.section import opens, row, section
from treno_chat.web.components.icons import icon
from treno_chat.web.components.own_form import hidden, own_form, submit
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.account import AccountState


def providers_section() -> rx.Component:
    """The list; nothing where nobody else vouches for people."""
    return rx.cond(
        AccountState.providers.length() > 0,
        section(
            say("account.providers"),
            rx.el.ul(rx.foreach(AccountState.providers, _provider), class_name="card rows"),
        ),
    )


def provider_sheets() -> rx.Component:
    """What can be done with one."""
    return sheet("provider", say("account.provider"), rx.foreach(AccountState.providers, _chosen))


def _provider(provider: ProviderCard) -> rx.Component:
    label = rx.Var.create(provider.label).to(str)
    linked = rx.Var.create(provider.is_linked).to(bool)
    return row(
        "key",
        label,
        either(linked, say("account.provider_linked"), say("account.provider_unlinked")),
        end=opens(
            "provider",
            either(linked, say("app.change"), say("account.provider_link")),
            about=provider.name,
            named=either(
                linked,
                say("account.provider_change_named", name=label),
                say("account.provider_link_named", name=label),
            ),
        ),
    )


def _chosen(provider: ProviderCard) -> rx.Component:
    return rx.cond(
        memory("about", str) == provider.name,
        rx.cond(
            provider.is_linked,
            rx.cond(provider.is_last, _stays(), _removal(provider)),
            _link(provider),
        ),
    )


def _link(provider: ProviderCard) -> rx.Component:
    label = rx.Var.create(provider.label).to(str)
    return own_form(
        "provider-link",
        hidden("name", rx.Var.create(provider.name).to(str)),
        rx.el.p(say("account.provider_link_lead", name=label), class_name="soft t15"),
        submit(say("account.provider_link_named", name=label), glyph="key"),
    )


def _stays() -> rx.Component:
    return rx.el.div(
        icon("key", "i i-s"), rx.el.p(say("error.last_way_in")), class_name="notice boxed"
    )


def _removal(provider: ProviderCard) -> rx.Component:
    label = rx.Var.create(provider.label).to(str)
    return own_form(
        "provider-remove",
        hidden("name", rx.Var.create(provider.name).to(str)),
        rx.el.p(say("account.provider_remove_lead", name=label), class_name="soft t15"),
        submit(say("account.provider_remove"), css="btn danger full wide"),
    )
