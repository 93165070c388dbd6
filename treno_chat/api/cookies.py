"""The lesser cookies: the language, what is under way, the browser not yet known."""

from datetime import timedelta

from starlette.responses import Response

from treno_chat.domain.door.forms import THEMES
from treno_chat.domain.words import Language

LANGUAGE = "treno_language"
THEME = "treno_theme"
CEREMONY = "__Host-treno_ceremony"
EXTERNAL = "__Host-treno_external"
PHONE_CHANGE = "__Host-treno_phone"
RECOVERY = "__Host-treno_recovery"
VISITOR = "__Host-treno_visitor"

CEREMONY_SECONDS = 300
EXTERNAL_SECONDS = 600
TASTE_SECONDS = 365 * 24 * 3600


def set_language(response: Response, language: Language) -> None:
    """Remember the language; scripts read it too, so that the page speaks it at once."""
    response.set_cookie(LANGUAGE, language, max_age=TASTE_SECONDS, path="/", samesite="lax")


def set_theme(response: Response, theme: str) -> None:
    """Remember the theme; scripts read it too, before anything is painted."""
    response.set_cookie(THEME, theme, max_age=TASTE_SECONDS, path="/", samesite="lax")


def theme_named(text: str) -> str | None:
    """Return the theme of ours that a text names."""
    return next((one for one in THEMES if text == one), None)


def set_visitor(response: Response, token: str) -> None:
    """Know this browser again before it is anybody: its tries are counted by it, no more."""
    _set_secret(response, VISITOR, token, max_age=None)


def set_ceremony(response: Response, handle_token: str) -> None:
    """Bind a ceremony to this browser while its challenge lives."""
    _set_secret(response, CEREMONY, handle_token, max_age=CEREMONY_SECONDS)


def clear_ceremony(response: Response) -> None:
    """Forget the ceremony, done or not."""
    _clear_secret(response, CEREMONY)


def set_recovery(response: Response, handle_token: str, *, lasts: timedelta) -> None:
    """Bind a recovery to this browser, from the number to the new passkey."""
    _set_secret(response, RECOVERY, handle_token, max_age=int(lasts.total_seconds()))


def clear_recovery(response: Response) -> None:
    """Forget the recovery, done or not."""
    _clear_secret(response, RECOVERY)


def _set_secret(response: Response, name: str, value: str, *, max_age: int | None) -> None:
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=True, httponly=True, samesite="lax"
    )


def set_phone_change(response: Response, handle_token: str, *, lasts: timedelta) -> None:
    """Bind a code on its way to a new number to this browser."""
    _set_secret(response, PHONE_CHANGE, handle_token, max_age=int(lasts.total_seconds()))


def clear_phone_change(response: Response) -> None:
    """Forget the new number, proven or not."""
    _clear_secret(response, PHONE_CHANGE)


def set_external(response: Response, handle_token: str) -> None:
    """Bind a login on its way through a provider to this browser."""
    _set_secret(response, EXTERNAL, handle_token, max_age=EXTERNAL_SECONDS)


def clear_external(response: Response) -> None:
    """Forget the login through a provider, done or not."""
    _clear_secret(response, EXTERNAL)


def _clear_secret(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")
