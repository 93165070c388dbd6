"""The door: coming in as a guest and going on as before, with JavaScript and without."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from anyio import from_thread
from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

from treno_chat.actions.door.doors import Door, find_door
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.door.sessions import continue_session
from treno_chat.api.answers import Json, Page, led_to, wants_json
from treno_chat.api.caller import Caller, ClientDevice, OptionalCaller, Visitor
from treno_chat.api.cookies import set_language
from treno_chat.api.door.session_cookie import set_session
from treno_chat.api.drawn.templates import NOTHING, render_entry
from treno_chat.api.errors import note_limit, retry_after, status_of, words_of
from treno_chat.api.forms import Form
from treno_chat.api.house import House, HttpHouse, Spoken, language_named
from treno_chat.api.paths import path_into, path_to_entry, safe_next
from treno_chat.domain.door.sessions import Entered
from treno_chat.domain.refusals import ChatError, InvalidForm, TooFast
from treno_chat.domain.words import Words

router = APIRouter()

KEPT = ("place", "alias", "gender", "next")


@router.api_route("/", methods=["GET", "HEAD"])
def lead_to_entry(request: Request, words: Spoken) -> Response:
    """Lead to the entry page in the person's language."""
    path = path_to_entry(words.language, **_wishes(request))
    headers = {"Vary": "Accept-Language, Cookie", "Cache-Control": "no-store"}
    return RedirectResponse(path, status_code=302, headers=headers)


@router.get("/door")
def show_door(request: Request, house: House, words: Spoken, current: OptionalCaller) -> Response:
    """Show the entry of any place as plain HTML: the way in without a script."""
    wishes = _wishes(request)
    door = look_through(house, wishes["place"])
    known = None if current is None else (current.user.alias, path_into(door))
    has_ended = "ended" in request.query_params
    words = words.at(door.place.kind)
    return Page(_page(house, words, door, values=wishes, known=known, has_ended=has_ended))


@router.get("/auth/place")
def tell_place(request: Request, house: House, words: Spoken) -> Response:
    """Tell the pre-rendered entry what stands on the plate: the place, and how many are there."""
    query = request.query_params
    door = look_through(house, query.get("place", ""))
    language = language_named(query.get("language", "")) or words.language
    spoken = house.words[language].at(door.place.kind)
    here = from_thread.run_sync(house.count_here, door)
    told = {
        "slug": door.place.slug,
        "name": door.place.name,
        "here": spoken.count("place.here_now", here),
        "has_other_ways": house.has_other_ways,
    }
    return Json(told)


@router.post("/auth/enter")
def enter(
    request: Request,
    *,
    house: House,
    words: Spoken,
    form: Form,
    device: ClientDevice,
    visitor: Visitor,
    current: OptionalCaller,
) -> Response:
    """Come in as a guest; whoever this browser was before is somebody else."""
    form = _with_address(form, request)
    language = language_named(form.get("language", "")) or words.language
    door = look_through(house, form.get("place", ""))
    try:
        house.limits.check_entry(visitor=visitor, address=device.address)
        with house.transactions.writing() as tx:
            entered = enter_as_guest(
                tx,
                place_slug=door.place.slug,
                alias=form.get("alias", ""),
                gender=form.get("gender", ""),
                device=device,
                current=current,
            )
    except ChatError as refusal:
        if wants_json(request):
            raise
        if isinstance(refusal, TooFast):
            note_limit(request)
        words = house.words[language].at(door.place.kind)
        values = {name: form.get(name, "") for name in KEPT}
        page = _page(house, words, door, values=values, errors=_errors(words, refusal))
        return Page(page, status_of(refusal), retry_after(refusal))
    response = let_in(request, house, entered, wish=form.get("next", ""), door=door)
    set_language(response, language)
    return response


@router.post("/auth/continue")
def go_on(request: Request, house: House, form: Form, caller: Caller) -> Response:
    """Go on as the person this browser already is."""
    door = look_through(house, form.get("place", ""))
    with house.transactions.writing() as tx:
        entered = continue_session(tx, caller, place_slug=door.place.slug)
    return let_in(request, house, entered, wish=form.get("next", ""), door=door)


def look_through(house: HttpHouse, slug: str) -> Door:
    """Return the door that was named, or the one that `/` leads to."""
    with house.transactions.reading() as tx:
        return find_door(tx, slug or house.default_place)


def let_in(
    request: Request, house: HttpHouse, entered: Entered, *, wish: str, door: Door
) -> Response:
    """Hand the new token over and lead the person to where they wanted to go."""
    response = led_to(request, safe_next(wish, otherwise=path_into(door)))
    set_session(response, entered, now=house.transactions.clock())
    return response


def _with_address(form: Mapping[str, str], request: Request) -> dict[str, str]:
    """Return what was sent, with what only the address of the pre-rendered entry says.

    Its script writes that into the form; without one it comes as the page that the form was on.
    """
    try:
        address = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return dict(form)
    asked = QueryParams(address.query)
    return {**form, **{name: form.get(name) or asked.get(name, "") for name in ("place", "next")}}


def _wishes(request: Request) -> dict[str, str]:
    """Return where somebody wants to come in, and where to go then."""
    query = request.query_params
    return {
        "place": query.get("place", ""),
        "next": safe_next(query.get("next", ""), otherwise=""),
    }


def _errors(words: Words, refusal: ChatError) -> dict[str, str]:
    told = refusal.refusals if isinstance(refusal, InvalidForm) else (refusal,)
    return {one.field or "": words_of(words, one) for one in told}


def _page(
    house: HttpHouse,
    words: Words,
    door: Door,
    *,
    values: Mapping[str, str],
    errors: Mapping[str, str] = NOTHING,
    known: tuple[str, str] | None = None,
    has_ended: bool = False,
) -> str:
    ended = f"{words.say('ended.title')}. {words.say('ended.text')}"
    return render_entry(
        words,
        door.place.name,
        from_thread.run_sync(house.count_here, door),
        values=values,
        errors=errors,
        notice=ended if has_ended and known is None else "",
        known=known,
        policy=house.transactions.policy,
    )
