"""A field of a form: label, input, hint, and the place where its refusal is said."""

from typing import Any

import reflex as rx

from treno_chat.web.components.icons import icon


def field(
    name: str,
    *,
    label: str | rx.Var[str],
    hint: str | rx.Var[str] = "",
    css: str = "input",
    **attributes: Any,  # noqa: ANN401 -- whatever an input takes
) -> rx.Component:
    """A labelled input; `<name>-hint` and `<name>-error` describe it."""
    has_hint = isinstance(hint, rx.Var) or hint != ""
    described_by = f"{name}-hint {name}-error" if has_hint else f"{name}-error"
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.input(
            id=name, name=name, class_name=css, aria_describedby=described_by, **attributes
        ),
        rx.el.p(hint, id=f"{name}-hint", class_name="hint") if has_hint else rx.fragment(),
        error(name),
        class_name="field",
    )


def error(name: str) -> rx.Component:
    """Where the refusal of a field is said, empty and hidden until there is one.

    `name` is empty for what belongs to the whole form.
    """
    return rx.el.p(
        icon("alert", "i i-s"),
        rx.el.span(custom_attrs={"data-error-text": ""}),
        id=f"{name or 'form'}-error",
        class_name="error",
        hidden=True,
        tab_index=-1,
        role="alert",
        custom_attrs={"data-error-for": name},
    )
