"""Taking everything along, and leaving no trace, over HTTP."""

from dataclasses import asdict
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from treno_chat.actions.account.erasure import ask_erasure, finish_erasure, undo_erasure
from treno_chat.actions.account.export import begin_export, write_export
from treno_chat.api.answers import NO_STORE, Json
from treno_chat.api.caller import Caller, Changer
from treno_chat.api.cookies import clear_ceremony
from treno_chat.api.door.passkeys import Asked
from treno_chat.api.door.session_cookie import clear_session
from treno_chat.api.forms import require_json
from treno_chat.api.house import House

router = APIRouter(prefix="/auth")
CHANGES = [Depends(require_json)]


class ErasureMeant(Asked):
    """Nothing needs to be said: it is the caller."""


@router.get("/export")
def export(house: House, caller: Caller) -> Response:
    """Hand over everything that is held about the caller, as a file."""
    house.limits.check_export(caller)
    with house.transactions.writing() as tx:
        held_otherwise = begin_export(tx, caller)
    name = f"treno-chat-{caller.user.alias}.json"
    # RFC 6266: the plain name is for what does not read the other.
    disposition = f"attachment; filename=\"treno-chat.json\"; filename*=UTF-8''{quote(name, '')}"
    return StreamingResponse(
        write_export(house.transactions, caller.user, held_otherwise),
        media_type="application/json; charset=utf-8",
        headers={**NO_STORE, "Content-Disposition": disposition},
    )


@router.post("/erasure", dependencies=CHANGES)
def ask(_asked: ErasureMeant, *, house: House, caller: Changer) -> Response:
    """Begin the ten seconds; whoever may begin them is not stopped at what ends them."""
    with house.transactions.writing() as tx:
        due_in = ask_erasure(tx, caller)
    return Json({"due_in": due_in})


@router.post("/erasure/undo", dependencies=CHANGES)
def undo(_asked: ErasureMeant, *, house: House, caller: Caller) -> Response:
    """Stay after all."""
    with house.transactions.writing() as tx:
        undo_erasure(tx, caller)
    return Json({})


@router.post("/erasure/finish", dependencies=CHANGES)
def finish(_asked: ErasureMeant, *, house: House, caller: Caller) -> Response:
    """Erase the caller, and tell what is gone."""
    erased = finish_erasure(house.transactions, caller)
    response = Json({"erased": asdict(erased)})
    clear_session(response)
    clear_ceremony(response)
    # Drafts and waiting messages lie in the browser's storage.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
