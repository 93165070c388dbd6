"""The caller's profile and sessions over HTTP."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from treno_chat.actions.account.own_sessions import end_other_sessions, end_own_session
from treno_chat.actions.account.profile import change_profile
from treno_chat.api.account.own_passkeys import accepted
from treno_chat.api.answers import Json
from treno_chat.api.caller import Changer
from treno_chat.api.cookies import set_language, set_theme
from treno_chat.api.door.passkeys import Asked, Short
from treno_chat.api.door.session_cookie import clear_session
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, language_named

router = APIRouter(prefix="/auth", dependencies=[Depends(require_json)])


class ProfileAsked(Asked):
    """What of the profile form was touched; an empty choice leaves it to the browser."""

    alias: Short | None = None
    gender: Short | None = None
    status_line: Short | None = None
    language: Short | None = None
    theme: Short | None = None


class SessionMeant(Asked):
    """One of the caller's sessions."""

    id: Short


class OthersMeant(Asked):
    """Nothing needs to be said: all but the one that asks."""


@router.post("/profile")
def change(asked: ProfileAsked, *, house: House, caller: Changer) -> Response:
    """Change the profile; the others see it at once."""
    with house.transactions.writing() as tx:
        form = change_profile(tx, caller, **asked.model_dump(exclude_none=True))
        response = Json({"alias": form.alias.text, "accepted": accepted(tx, caller)})
    language = language_named(form.language or "")
    if language is not None:
        set_language(response, language)
    if form.theme is not None:
        set_theme(response, form.theme)
    return response


@router.post("/sessions/end")
def end(asked: SessionMeant, *, house: House, caller: Changer) -> Response:
    """End one session; its sockets are cut."""
    with house.transactions.writing() as tx:
        end_own_session(tx, caller, asked.id)
    response = Json({})
    if asked.id == caller.session.id:
        clear_session(response)
    return response


@router.post("/sessions/end-others")
def end_others(_asked: OthersMeant, *, house: House, caller: Changer) -> Response:
    """End every session but this one."""
    with house.transactions.writing() as tx:
        ended = end_other_sessions(tx, caller)
    return Json({"ended": ended})
