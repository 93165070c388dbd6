"""What runs before the first paint: the language of the document; Reflex sets the theme itself."""

import reflex as rx

CODE = """
document.documentElement.lang = location.pathname.startsWith("/en") ? "en"
  : location.pathname.startsWith("/it") ? "it"
  : (document.cookie.match(/(?:^|; )treno_language=(it|en)/)?.[1] ?? "it");
"""


def lead() -> rx.Component:
    """The script of the head; allowed by its hash (security.md S2)."""
    return rx.el.script(CODE)
