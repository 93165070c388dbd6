"""The sheet about myself: account, theme, language, and the way out."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from treno_chat.web.browser.store import memory
from treno_chat.web.browser.words import say
from treno_chat.web.components.icons import IconName, icon
from treno_chat.web.components.plain import plain_link, post_form
from treno_chat.web.components.sheet import sheet
from treno_chat.web.states.room import RoomState

THEMES: tuple[tuple[str, IconName], ...] = (
    ("light", "light"),
    ("dark", "night"),
    ("system", "system"),
)


def me_sheet() -> rx.Component:
    """The sheet, while it is open."""
    return sheet(
        "me", RoomState.me.alias, _account(), _theme(), _language(), _keys(), acts=_leave()
    )


def _account() -> rx.Component:
    return rx.fragment(
        ReactRouterLink.create(
            icon("account"),
            rx.cond(RoomState.me.is_anonymous, say("account.guest"), say("account.yours")),
            to="/account",
            class_name="btn edge wide",
            custom_attrs={"data-act": "account"},
        ),
        ReactRouterLink.create(
            icon("check"),
            say("tasks.yours"),
            to="/tasks",
            class_name="btn edge wide",
            custom_attrs={"data-act": "account"},
        ),
        ReactRouterLink.create(
            icon("compass"),
            say("ai.title"),
            to="/assistant",
            class_name="btn edge wide",
            custom_attrs={"data-act": "account"},
        ),
        rx.cond(
            RoomState.me.is_staff,
            ReactRouterLink.create(
                icon("megaphone"),
                say("desk.title"),
                to=f"/desk/{RoomState.place.slug}",
                class_name="btn edge wide",
                custom_attrs={"data-act": "account"},
            ),
        ),
        _invitation(),
    )


def _invitation() -> rx.Component:
    return rx.cond(
        RoomState.me.is_anonymous,
        rx.el.div(
            rx.el.p(say("create.guest_kept"), class_name="hint"),
            plain_link(
                icon("key"),
                say("entry.create"),
                href=f"/{say('app.language_code')}/account?place={RoomState.place.slug}",
                class_name="btn edge wide",
            ),
            class_name="stack",
        ),
    )


def _theme() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(say("theme.title"), class_name="label"),
        rx.el.div(
            *(
                rx.el.button(
                    icon(glyph, "i i-s"),
                    say(f"theme.{name}"),
                    type="button",
                    class_name="btn edge",
                    aria_pressed=memory("theme", str) == name,
                    custom_attrs={"data-act": "theme", "data-id": name},
                )
                for name, glyph in THEMES
            ),
            class_name="line wrap",
        ),
    )


def _language() -> rx.Component:
    return post_form(
        "/auth/language",
        rx.el.input(type="hidden", name="next", value=f"/p/{RoomState.place.slug}"),
        rx.el.fieldset(
            rx.el.legend(say("language.title"), class_name="label"),
            rx.el.div(
                *(
                    rx.el.button(
                        name,
                        type="submit",
                        name="language",
                        value=language,
                        class_name="btn edge",
                        lang=language,
                        aria_current=rx.cond(say("app.language_code") == language, "true", None),
                    )
                    for language, name in (("it", "Italiano"), ("en", "English"))
                ),
                class_name="line wrap",
            ),
        ),
    )


def _keys() -> rx.Component:
    return rx.el.button(
        say("keys.title"),
        type="button",
        class_name="btn quiet",
        custom_attrs={"data-act": "sheet", "data-id": "keys"},
    )


def _leave() -> rx.Component:
    return post_form(
        "/auth/logout",
        rx.el.button(
            icon("exit"), say("account.sign_out"), type="submit", class_name="btn danger wide"
        ),
        class_name="grow",
        leaves=True,
    )
