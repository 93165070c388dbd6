"""What stands in the head of every page: icon, colour, and what runs before the first paint.

That is the language of the document and, for whoever chose one, the theme: from the cookies that
came with the page. Reflex sets a theme itself, before this, from what the browser remembers.
"""

import reflex as rx

from treno_chat.web.browser.theme import PAPER, WEAR

CODE = """
document.documentElement.lang = location.pathname.startsWith("/en") ? "en"
  : location.pathname.startsWith("/it") ? "it"
  : document.cookie.match(/(?:^|; )treno_language=(it|en)/)?.[1]
  ?? navigator.languages.map((one) => one.slice(0, 2)).find((one) => one === "it" || one === "en")
  ?? "en";
WEAR
for (const [, theme] of document.cookie.matchAll(/(?:^|; )treno_theme=(light|dark|system)/g)) {
  wear(theme);
  try { localStorage.setItem("theme", theme); } catch {}
}
""".replace("WEAR", WEAR.strip())


def lead() -> rx.Component:
    """The icon, without which a browser asks for one, and the script; allowed by its hash (S2)."""
    return rx.fragment(
        rx.el.link(rel="icon", href="/icon.svg"), *map(_colour, PAPER), rx.el.script(CODE)
    )


def _colour(theme: str) -> rx.Component:
    # As a plain property Reflex would take `media` for a style.
    media = {"media": f"(prefers-color-scheme: {theme})", "data-scheme": theme}
    return rx.el.meta(name="theme-color", content=PAPER[theme], custom_attrs=media)
