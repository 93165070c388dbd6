"""The session seen from outside: who am I, the language, the way out."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from treno_chat.actions.account.profile import change_taste
from treno_chat.actions.door.sessions import log_out
from treno_chat.api.answers import Json, led_to
from treno_chat.api.caller import Caller, OptionalCaller
from treno_chat.api.cookies import clear_ceremony, set_language, set_theme, theme_named
from treno_chat.api.door.session_cookie import clear_session
from treno_chat.api.forms import Form
from treno_chat.api.house import House, HttpHouse, Spoken, language_named
from treno_chat.api.paths import path_to_entry, safe_next
from treno_chat.domain.account.accounts import Taste
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.seals import seal_of

router = APIRouter(prefix="/auth")


@router.get("/me")
def who_am_i(caller: Caller) -> Response:
    """Tell the entry page whom this browser may go on as."""
    seal = seal_of(caller.user.id)
    me: dict[str, Any] = {
        "alias": caller.user.alias,
        "gender": caller.user.gender,
        "is_anonymous": caller.user.is_anonymous,
        "seal": {"shape": seal.shape, "ink": seal.ink, "number": seal.number},
        "ends_at": caller.session.ends_at.isoformat(),
    }
    return Json(me)


@router.post("/logout")
def leave(request: Request, house: House, words: Spoken, caller: OptionalCaller) -> Response:
    """End the session everywhere; twice is the same as once."""
    if caller is not None:
        with house.transactions.writing() as tx:
            log_out(tx, caller)
    response = led_to(request, path_to_entry(words.language))
    clear_session(response)
    clear_ceremony(response)
    # Drafts and waiting messages lie in the browser's storage: the next person must not see them.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@router.post("/language")
def speak(request: Request, form: Form, house: House, caller: OptionalCaller) -> Response:
    """Remember a language and show the page again in it; whoever has an account, everywhere."""
    language = language_named(form.get("language", ""))
    if language is None:
        raise Invalid("bad_request", field="language")
    _remember(house, caller, Taste(language=language))
    path = safe_next(form.get("next", ""), otherwise=path_to_entry(language))
    response = led_to(request, path)
    set_language(response, language)
    return response


@router.post("/theme")
def look(
    request: Request, form: Form, house: House, words: Spoken, caller: OptionalCaller
) -> Response:
    """Remember a theme and show the page again in it; whoever has an account, everywhere."""
    theme = theme_named(form.get("theme", ""))
    if theme is None:
        raise Invalid("bad_request", field="theme")
    _remember(house, caller, Taste(theme=theme))
    path = safe_next(form.get("next", ""), otherwise=path_to_entry(words.language))
    response = led_to(request, path)
    set_theme(response, theme)
    return response


def _remember(house: HttpHouse, caller: Principal | None, taste: Taste) -> None:
    if caller is None or caller.user.is_anonymous:
        return
    house.limits.check_change(caller)
    with house.transactions.writing() as tx:
        change_taste(tx, caller, taste)
