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
    within: str = "",
    **attributes: Any,  # noqa: ANN401 -- whatever an input takes
) -> rx.Component:
    """A labelled input; `<id>-hint` and `<id>-error` describe it.

    `within` tells fields of one name in several forms of a page apart.
    """
    own_id = f"{within}{name}"
    has_hint = isinstance(hint, rx.Var) or hint != ""
    described_by = f"{own_id}-hint {own_id}-error" if has_hint else f"{own_id}-error"
    return rx.el.div(
        rx.el.label(label, html_for=own_id),
        rx.el.input(
            id=own_id, name=name, class_name=css, aria_describedby=described_by, **attributes
        ),
        rx.el.p(hint, id=f"{own_id}-hint", class_name="hint") if has_hint else rx.fragment(),
        error(name, within=within),
        class_name="field",
    )


def text_field(
    name: str,
    *,
    label: str | rx.Var[str],
    within: str = "",
    **attributes: Any,  # noqa: ANN401 -- whatever a text area takes
) -> rx.Component:
    """A labelled field of several lines."""
    own_id = f"{within}{name}"
    return rx.el.div(
        rx.el.label(label, html_for=own_id),
        rx.el.textarea(
            id=own_id,
            name=name,
            class_name="input",
            aria_describedby=f"{own_id}-error",
            **attributes,
        ),
        error(name, within=within),
        class_name="field",
    )


def error(name: str, *, within: str = "") -> rx.Component:
    """Where the refusal of a field is said, empty and hidden until there is one.

    `name` is empty for what belongs to the whole form.
    """
    return rx.el.p(
        icon("alert", "i i-s"),
        rx.el.span(custom_attrs={"data-error-text": ""}),
        id=f"{within}{name or 'form'}-error",
        class_name="error",
        hidden=True,
        tab_index=-1,
        role="alert",
        custom_attrs={"data-error-for": name},
    )
