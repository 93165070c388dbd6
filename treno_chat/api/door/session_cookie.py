"""The cookie with a session's token: out of reach for scripts, other hosts and plain http."""

from collections.abc import Mapping
from datetime import datetime

from starlette.responses import Response

from treno_chat.domain.door.sessions import Entered

SESSION = "__Host-treno_session"


def read_session(cookies: Mapping[str, str]) -> str | None:
    """Return the token that a browser sent, if any."""
    return cookies.get(SESSION) or None


def set_session(response: Response, entered: Entered, *, now: datetime) -> None:
    """Hand a new token over; it goes no later than the session's absolute end."""
    lasts = entered.principal.session.ends_at - now
    response.set_cookie(
        SESSION,
        entered.session_token,
        max_age=max(0, int(lasts.total_seconds())),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response) -> None:
    """Take the token away."""
    response.delete_cookie(SESSION, path="/", secure=True, httponly=True, samesite="lax")
