"""The caller's sessions: the one behind the request, the others, and the way out."""

from datetime import datetime

from pydantic import ConfigDict, Field
from starlette.responses import Response

from treno_chat.actions.account.own_sessions import end_own_session, list_own_sessions
from treno_chat.actions.door.sessions import log_out
from treno_chat.api.answers import NO_STORE
from treno_chat.api.door.session_cookie import clear_session
from treno_chat.api.house import House
from treno_chat.api.v1.caller import ApiCaller, ApiChanger
from treno_chat.api.v1.problems import OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import PathId, Told
from treno_chat.domain.account.accounts import SessionView

router = ApiRouter(prefix="/auth", tags=["sessions"], responses=OF_A_CALLER)
_ID = "01941f29-7c00-7000-8000-0242ac120003"


class SessionTold(Told):
    """The session behind a request, and when it ends if it is not used, or in any case."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "id": _ID,
                    "user_id": "01941f29-7c00-7000-8000-0242ac120002",
                    "is_anonymous": False,
                    "created_at": "2026-11-21T08:30:00Z",
                    "authenticated_at": "2026-11-21T08:30:00Z",
                    "idle_ends_at": "2026-11-28T08:30:00Z",
                    "ends_at": "2026-12-21T08:30:00Z",
                }
            ]
        },
    )

    id: str
    user_id: str
    is_anonymous: bool
    created_at: datetime
    authenticated_at: datetime
    idle_ends_at: datetime
    ends_at: datetime


class SessionListed(Told):
    """A signed-in browser, as its owner would name it."""

    id: str
    device: str = Field(description="`phone`, `tablet` or `computer`")
    browser: str = Field(description="Empty where it does not say")
    system: str = Field(description="Empty where it does not say")
    place: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool = Field(description="The one behind this request")


class SessionsTold(Told):
    """All of the caller's sessions that are live; there are ten at most."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {
                            "id": _ID,
                            "device": "phone",
                            "browser": "Chrome",
                            "system": "Android",
                            "place": "Treno Lucca–Aulla",
                            "created_at": "2026-11-21T08:30:00Z",
                            "last_seen_at": "2026-11-21T09:10:00Z",
                            "is_this": True,
                        }
                    ]
                }
            ]
        },
    )

    items: list[SessionListed]


@router.get("/session")
def read_session_of_caller(caller: ApiCaller) -> SessionTold:
    """Tell which session is behind the request."""
    session = caller.session
    return SessionTold(
        id=session.id,
        user_id=session.user_id,
        is_anonymous=caller.user.is_anonymous,
        created_at=session.created_at,
        authenticated_at=session.authenticated_at,
        idle_ends_at=session.idle_ends_at,
        ends_at=session.ends_at,
    )


@router.get("/sessions")
def list_sessions(house: House, caller: ApiCaller) -> SessionsTold:
    """List the browsers in which the caller is signed in, the one seen last first."""
    with house.transactions.reading() as tx:
        found = list_own_sessions(tx, caller)
    return SessionsTold(items=[_listed(view) for view in found])


@router.delete("/sessions/{id}", status_code=204, responses=refusing(403, 404))
def end_session(id: PathId, *, house: House, caller: ApiChanger) -> Response:  # noqa: A002 -- the path's word
    """End one of the caller's sessions, and every token and socket with it.

    Any but the caller's own asks for a proof of the last ten minutes, given at the account page
    by the browser whose session this is: `STEP_UP_NEEDED` without one.
    """
    with house.transactions.writing() as tx:
        end_own_session(tx, caller, id)
    return _gone(is_own=id == caller.session.id)


@router.post("/logout", status_code=204)
def end_this_session(house: House, caller: ApiCaller) -> Response:
    """End the session behind the request: its tokens are good for nothing from now on."""
    with house.transactions.writing() as tx:
        log_out(tx, caller)
    return _gone(is_own=True)


def _gone(*, is_own: bool) -> Response:
    response = Response(status_code=204, headers=NO_STORE)
    if is_own:
        clear_session(response)
    return response


def _listed(view: SessionView) -> SessionListed:
    return SessionListed(
        id=view.id,
        device=view.device.kind,
        browser=view.device.browser,
        system=view.device.system,
        place=view.place,
        created_at=view.created_at,
        last_seen_at=view.last_seen_at,
        is_this=view.is_this,
    )
