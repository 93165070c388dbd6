"""The styles of pages that few people open: not carried by those that everybody does."""

import reflex as rx


def own_style(name: str) -> rx.Component:
    """Load a sheet of assets/styles/pages before the page is shown."""
    return rx.el.link(
        rel="stylesheet", href=f"/styles/pages/{name}.css", custom_attrs={"precedence": "default"}
    )
