"""The pages of passwords: coming back, signing up, and what to do when it is forgotten."""

import reflex as rx

from treno_chat.domain.words import Words
from treno_chat.web.browser.password import password_forms
from treno_chat.web.browser.store import engine
from treno_chat.web.components.field import error
from treno_chat.web.components.gender import gender_choices
from treno_chat.web.components.icons import icon
from treno_chat.web.components.notice import notice
from treno_chat.web.components.password_fields import (
    email_field,
    new_password_field,
    password_field,
)
from treno_chat.web.pages.entry import alias_field, form_data, hidden_fields


def login_page(words: Words) -> rx.Component:
    """Coming back with an address and a password, or with whoever else vouches for people."""
    return _page(
        words,
        "password.login",
        _form(
            words,
            "/auth/password/login",
            email_field(words),
            password_field(words, label="password.password", filled="current-password"),
            submit="password.login_submit",
        ),
        rx.el.div(
            _link(words, "password.forgot_link", "forgot"),
            _link(words, "password.create_link", "sign-up"),
            class_name="line links",
            custom_attrs={"data-with-password": ""},
        ),
        _providers(words),
    )


def sign_up_page(words: Words) -> rx.Component:
    """Making an account without a passkey."""
    return _page(
        words,
        "password.sign_up",
        _form(
            words,
            "/auth/password/sign-up",
            alias_field(words.say("create.alias")),
            gender_choices(words.say),
            email_field(words, hint=True),
            new_password_field(words),
            rx.el.p(words.say("password.sign_up_mail"), class_name="hint"),
            submit="password.sign_up_submit",
        ),
        _providers(words),
    )


def forgot_page(words: Words) -> rx.Component:
    """Asking for a link."""
    return _page(
        words,
        "password.forgot",
        _form(words, "/auth/password/forgot", email_field(words), submit="password.forgot_submit"),
        rx.el.div(
            notice(words.say("password.forgot_done"), is_boxed=True),
            id="done",
            hidden=True,
            tab_index=-1,
            role="status",
        ),
    )


def reset_page(words: Words) -> rx.Component:
    """Where the link of a forgotten password leads."""
    return _page(
        words,
        "password.reset",
        _form(
            words,
            "/auth/password/reset",
            _token(),
            new_password_field(words, label="password.new"),
            submit="password.reset_submit",
        ),
    )


def confirm_page(words: Words) -> rx.Component:
    """Where the link of a new address leads."""
    return _page(
        words,
        "password.confirm",
        _form(
            words,
            "/auth/password/confirm",
            _token(),
            password_field(words, label="password.password", filled="current-password"),
            submit="password.confirm_submit",
        ),
    )


def welcome_page(words: Words) -> rx.Component:
    """Where somebody new chooses an alias, once a provider has vouched for them."""
    return _page(
        words,
        "password.welcome",
        _form(
            words,
            "/auth/welcome",
            alias_field(words.say("create.alias")),
            gender_choices(words.say),
            submit="password.welcome_submit",
        ),
    )


PAGES = {
    "login": (login_page, "password.login_bar"),
    "sign-up": (sign_up_page, "password.sign_up_bar"),
    "forgot": (forgot_page, "password.forgot_bar"),
    "reset": (reset_page, "password.reset_bar"),
    "confirm": (confirm_page, "password.confirm_bar"),
    "welcome": (welcome_page, "password.welcome_bar"),
}


def _page(words: Words, about: str, *content: rx.Component) -> rx.Component:
    lead = f"{about}_lead"
    return rx.fragment(
        engine(password_forms()),
        rx.el.a(words.say("app.skip"), href="#main", class_name="skip"),
        rx.el.header(
            rx.el.a(
                icon("back"),
                href=f"/{words.language}",
                class_name="icon",
                aria_label=words.say("app.back"),
                custom_attrs={"data-onward": ""},
            ),
            rx.el.p(words.say(f"{about}_bar"), class_name="title grow"),
            class_name="bar",
        ),
        rx.el.main(
            rx.el.div(
                rx.el.h1(words.say(f"{about}_title"), class_name="sign s24"),
                rx.el.p(words.say(lead), class_name="soft") if words.has(lead) else rx.fragment(),
                class_name="stack tight",
            ),
            rx.el.p(words.say("noscript.text"), class_name="notice boxed without-script"),
            *content,
            class_name="page",
            id="main",
        ),
    )


def _form(words: Words, post: str, *fields: rx.Component, submit: str) -> rx.Component:
    return rx.el.form(
        hidden_fields(words),
        *fields,
        error(""),
        rx.el.button(
            words.say(submit),
            type="submit",
            class_name="btn act lg wide",
            # Nothing is sent without the page's code: until that is there, it would do nothing.
            disabled=True,
        ),
        class_name="stack gap-18 needs-script",
        no_validate=True,
        reset_on_submit=False,
        custom_attrs={**form_data(words, "password"), "data-post": post},
    )


def _token() -> rx.Component:
    return rx.el.input(type="hidden", name="token", default_value="")


def _link(words: Words, key: str, page: str) -> rx.Component:
    return rx.el.a(
        words.say(key),
        href=f"/{words.language}/{page}",
        class_name="btn quiet",
        custom_attrs={"data-onward": ""},
    )


def _providers(words: Words) -> rx.Component:
    """Whoever else vouches for people; filled by the browser's code with what is configured."""
    return rx.el.div(
        id="providers",
        class_name="stack gap-12",
        hidden=True,
        custom_attrs={"data-words": words.say("password.with_provider", name="{name}")},
    )
