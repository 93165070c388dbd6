"""A person's account: who they are, how they come back, where they are in, and what is held."""

import reflex as rx

from treno_chat.web.browser.account.erasing import erasing
from treno_chat.web.browser.account.own import own
from treno_chat.web.browser.acts import acts
from treno_chat.web.browser.notices import notices
from treno_chat.web.browser.room.connection import connection
from treno_chat.web.browser.room.feed import feed
from treno_chat.web.browser.sheets import sheets
from treno_chat.web.browser.store import engine, memory
from treno_chat.web.browser.title import titled
from treno_chat.web.browser.words import either, say
from treno_chat.web.components.account.erasing import countdown, proof
from treno_chat.web.components.account.own_data import data_section, erase_sheet, trace_section
from treno_chat.web.components.account.own_passkeys import passkey_sheets, passkeys_section
from treno_chat.web.components.account.own_password import password_section, password_sheets
from treno_chat.web.components.account.own_providers import provider_sheets, providers_section
from treno_chat.web.components.account.own_recovery import recovery_section, recovery_sheets
from treno_chat.web.components.account.own_sessions import sessions_section
from treno_chat.web.components.bar import back_bar
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notices_banner import notices_banner
from treno_chat.web.components.own_style import own_style
from treno_chat.web.components.plain import plain_link
from treno_chat.web.components.room.link_notice import link_notice
from treno_chat.web.components.room.profile_sheet import profile_card, profile_sheet
from treno_chat.web.states.account import AccountState


def account_page() -> rx.Component:
    """The page; a guest's is smaller, and nothing is shown before it is known whose it is."""
    return rx.fragment(
        engine(
            titled(_title()), feed(), *connection(), acts(), sheets(), own(), *erasing(), notices()
        ),
        own_style("account"),
        rx.el.a(say("app.skip"), href="#main", class_name="skip"),
        rx.cond(
            memory("isErased", bool),
            proof(),
            rx.cond(memory("undo", int) >= 0, countdown(), _account()),
        ),
    )


def _account() -> rx.Component:
    return rx.fragment(
        _bar(),
        link_notice(),
        notices_banner(),
        rx.el.main(
            rx.cond(
                AccountState.card.is_known,
                rx.cond(AccountState.card.is_anonymous, _guest(), _registered()),
            ),
            class_name="page account",
            id="main",
        ),
        profile_sheet(),
        passkey_sheets(),
        password_sheets(),
        provider_sheets(),
        recovery_sheets(),
        erase_sheet(),
    )


def _bar() -> rx.Component:
    came_from = memory("cameFrom", str)
    return back_bar(
        rx.el.h1(_title(), class_name="title grow"),
        href=either(came_from == "", AccountState.card.home, came_from),
        label=say("app.back"),
    )


def _title() -> rx.Var[str]:
    is_anonymous = AccountState.card.is_anonymous.to(bool)
    return either(is_anonymous, say("account.guest"), say("account.yours"))


def _registered() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            profile_card(),
            passkeys_section(),
            password_section(),
            providers_section(),
            recovery_section(),
            class_name="col",
        ),
        rx.el.div(sessions_section(), data_section(), trace_section(), class_name="col"),
    )


def _guest() -> rx.Component:
    return rx.fragment(
        rx.el.div(profile_card(), _invitation(), class_name="col"),
        rx.el.div(data_section(), trace_section(), class_name="col"),
    )


def _invitation() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("account.invite")),
        rx.el.p(say("account.invite_text"), class_name="t15 soft before"),
        plain_link(
            icon("key", "i i-s"),
            say("entry.create"),
            href=f"/{say('app.language_code')}/account?next=/account",
            class_name="btn edge wide",
        ),
        class_name="section",
    )
