"""The pages of passwords: coming back, signing up, and what to do when it is forgotten."""

import reflex as rx

from treno_chat.domain.words import Words
from treno_chat.web.browser.password import password_forms
from treno_chat.web.browser.store import engine
from treno_chat.web.components.bar import back_bar
from treno_chat.web.components.field import error
from treno_chat.web.components.gender import gender_choices
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
        "login",
        email_field(words),
        _known_password(words),
        below=(
            rx.el.div(
                _link(words, "password.forgot_link", "forgot"),
                _link(words, "password.create_link", "sign-up"),
                class_name="line links",
                custom_attrs={"data-with-password": ""},
            ),
            _providers(words),
        ),
    )


def sign_up_page(words: Words) -> rx.Component:
    """Making an account without a passkey."""
    return _page(
        words,
        "sign-up",
        *_newcomer(words),
        email_field(words, hint=True),
        new_password_field(words),
        rx.el.p(words.say("password.sign_up_mail"), class_name="hint"),
        below=(_providers(words),),
    )


def forgot_page(words: Words) -> rx.Component:
    """Asking for a link."""
    done = notice(words.say("password.forgot_done"), is_boxed=True)
    said = rx.el.div(done, id="done", hidden=True, tab_index=-1, role="status")
    return _page(words, "forgot", email_field(words), below=(said,))


def reset_page(words: Words) -> rx.Component:
    """Where the link of a forgotten password leads."""
    return _page(words, "reset", _token(), new_password_field(words, label="password.new"))


def confirm_page(words: Words) -> rx.Component:
    """Where the link of a new address leads."""
    return _page(words, "confirm", _token(), _known_password(words))


def welcome_page(words: Words) -> rx.Component:
    """Where somebody new chooses an alias, once a provider has vouched for them."""
    return _page(words, "welcome", *_newcomer(words), post="/auth/welcome")


# By their addresses, below the language.
PAGES = {
    "login": login_page,
    "sign-up": sign_up_page,
    "forgot": forgot_page,
    "reset": reset_page,
    "confirm": confirm_page,
    "welcome": welcome_page,
}


def title_of(words: Words, name: str) -> str:
    """Return what the page at an address is called."""
    return words.say(f"{_about(name)}_bar")


def _about(name: str) -> str:
    return f"password.{name.replace('-', '_')}"


def _page(
    words: Words,
    name: str,
    *fields: rx.Component,
    below: tuple[rx.Component, ...] = (),
    post: str = "",
) -> rx.Component:
    """Return a page of one form, which is posted to where its own address says."""
    lead = f"{_about(name)}_lead"
    title = rx.el.p(title_of(words, name), class_name="title grow")
    return rx.fragment(
        engine(password_forms()),
        rx.el.a(words.say("app.skip"), href="#main", class_name="skip"),
        back_bar(title, href=f"/{words.language}", label=words.say("app.back"), is_onward=True),
        rx.el.main(
            rx.el.div(
                rx.el.h1(words.say(f"{_about(name)}_title"), class_name="sign s24"),
                rx.el.p(words.say(lead), class_name="soft") if words.has(lead) else rx.fragment(),
                class_name="stack tight",
            ),
            rx.el.p(words.say("noscript.text"), class_name="notice boxed without-script"),
            _form(words, name, *fields, post=post or f"/auth/password/{name}"),
            *below,
            class_name="page",
            id="main",
        ),
    )


def _form(words: Words, name: str, *fields: rx.Component, post: str) -> rx.Component:
    return rx.el.form(
        hidden_fields(words),
        *fields,
        error(""),
        rx.el.button(
            words.say(f"{_about(name)}_submit"),
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


def _newcomer(words: Words) -> tuple[rx.Component, rx.Component]:
    """Who somebody new is to the others."""
    return alias_field(words.say("create.alias")), gender_choices(words.say)


def _known_password(words: Words) -> rx.Component:
    return password_field(words, label="password.password", filled="current-password")


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
