"""What stands in the head of every page: its icon, and what runs before the first paint.

That is the language of the document; Reflex sets the theme itself.
"""

import reflex as rx

CODE = """
document.documentElement.lang = location.pathname.startsWith("/en") ? "en"
  : location.pathname.startsWith("/it") ? "it"
  : (document.cookie.match(/(?:^|; )treno_language=(it|en)/)?.[1] ?? "it");
"""


def lead() -> rx.Component:
    """The icon, without which a browser asks for one, and the script; allowed by its hash (S2)."""
    return rx.fragment(rx.el.link(rel="icon", href="/icon.svg"), rx.el.script(CODE))
