"""What stands in the head of every page: icon, colour, and what runs before the first paint.

That is the language of the document and, for whoever chose one, the theme: from the cookies that
came with the page. Reflex sets a theme itself, before this, from what the browser remembers.
"""

import reflex as rx

CODE = """
document.documentElement.lang = location.pathname.startsWith("/en") ? "en"
  : location.pathname.startsWith("/it") ? "it"
  : (document.cookie.match(/(?:^|; )treno_language=(it|en)/)?.[1] ?? "it");
for (const [, theme] of document.cookie.matchAll(/(?:^|; )treno_theme=(light|dark|system)/g)) {
  const isNight = theme === "dark"
    || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  const root = document.documentElement;
  root.classList.remove("light", "dark");
  root.classList.add(isNight ? "dark" : "light");
  root.style.colorScheme = isNight ? "dark" : "light";
  try { localStorage.setItem("theme", theme); } catch {}
}
"""
PAPER = {"light": "#f6eddb", "dark": "#0e1b1e"}


def lead() -> rx.Component:
    """The icon, without which a browser asks for one, and the script; allowed by its hash (S2)."""
    return rx.fragment(
        rx.el.link(rel="icon", href="/icon.svg"), *map(_colour, PAPER), rx.el.script(CODE)
    )


def _colour(theme: str) -> rx.Component:
    # As a plain property Reflex would take `media` for a style.
    media = {"media": f"(prefers-color-scheme: {theme})"}
    return rx.el.meta(name="theme-color", content=PAPER[theme], custom_attrs=media)
