"""A form about one's own account: the page's code sends it, and says in it what was refused."""

from typing import Any

import reflex as rx

from treno_chat.web.browser.words import say
from treno_chat.web.components.field import error
from treno_chat.web.components.icons import IconName, icon
from treno_chat.web.components.plain import PlainForm


def own_form(name: str, *inside: rx.Component, css: str = "stack gap-18") -> rx.Component:
    """Return the form that browser/asking.py knows by `name`; the spot for refusals ends it."""
    return PlainForm.create(
        *inside,
        _proof(name),
        error(""),
        method="post",
        class_name=css,
        custom_attrs={
            "data-entry": name,
            "noValidate": True,
            "data-say-offline": say("error.offline"),
            "data-say-cancelled": say("error.passkey_cancelled"),
            "data-say-failed": say("error.passkey_failed"),
            "data-say-known": say("error.passkey_known"),
        },
    )


def _proof(name: str) -> rx.Component:
    """Where somebody without a passkey proves anew who they are, once they are asked to.

    The field has no name: it goes along with nothing but that.
    """
    own_id = f"{name}-proof"
    return rx.el.div(
        rx.el.label(say("account.prove"), html_for=own_id),
        rx.el.input(
            id=own_id, type="password", class_name="input", auto_complete="current-password"
        ),
        class_name="field",
        hidden=True,
        custom_attrs={"data-proof": ""},
    )


def submit(
    label: str | rx.Var[str],
    *,
    css: str = "btn act lg wide",
    glyph: IconName | None = None,
    is_disabled: rx.Var[bool] | None = None,
    takes_focus: bool = False,
) -> rx.Component:
    """Return the button that sends it."""
    mark = (icon(glyph, "i i-s"),) if glyph else ()
    held: dict[str, Any] = {} if is_disabled is None else {"disabled": is_disabled}
    return rx.el.button(*mark, label, type="submit", class_name=css, auto_focus=takes_focus, **held)


def hidden(name: str, value: rx.Var[str]) -> rx.Component:
    """Return what goes along unseen."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)
