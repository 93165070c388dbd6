"""The end of a recovery over HTTP, and what whoever is signed in does about recoveries."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from treno_chat.actions.recovery.beginning import cancel_recovery
from treno_chat.actions.recovery.recovered import begin_new_passkey, finish_new_passkey
from treno_chat.actions.recovery.recovery_codes import make_codes
from treno_chat.api.answers import Json
from treno_chat.api.caller import Changer, ClientDevice, OptionalCaller
from treno_chat.api.cookies import CEREMONY, clear_ceremony, clear_recovery, set_ceremony
from treno_chat.api.door.entry import let_in, look_through
from treno_chat.api.door.passkeys import CeremonyEnds
from treno_chat.api.forms import require_json
from treno_chat.api.house import House
from treno_chat.api.recovery.beginning import COUNTED, PROOF_COUNTED, Nothing, handle_of

router = APIRouter(prefix="/auth", dependencies=[Depends(require_json)])


@router.post("/recover/passkey/options", dependencies=COUNTED)
def ask_for_passkey(request: Request, _asked: Nothing, *, house: House) -> Response:
    """Begin the registration of the passkey that takes the place of the lost ones."""
    with house.transactions.writing() as tx:
        begun = begin_new_passkey(tx, handle_of(request))
    response = Json(begun.options)
    set_ceremony(response, begun.handle_token)
    return response


@router.post("/recover/passkey/verify", dependencies=PROOF_COUNTED)
def recover(
    request: Request,
    asked: CeremonyEnds,
    *,
    house: House,
    device: ClientDevice,
    current: OptionalCaller,
) -> Response:
    """Sign the person in with the new passkey, and nobody else any more."""
    door = look_through(house, asked.place)
    entered = finish_new_passkey(
        house.transactions,
        handle_of(request),
        ceremony_token=request.cookies.get(CEREMONY, ""),
        credential=asked.credential,
        place_slug=door.place.slug,
        device=device,
        current=current,
    )
    response = let_in(request, house, entered, wish=asked.next, door=door)
    clear_ceremony(response)
    clear_recovery(response)
    return response


@router.post("/recovery/cancel")
def call_off(_asked: Nothing, *, house: House, caller: Changer) -> Response:
    """Call the recovery of the caller's account off, wherever it was asked for."""
    with house.transactions.writing() as tx:
        cancelled = cancel_recovery(tx, caller)
    return Json({"cancelled": cancelled})


@router.post("/recovery-codes")
def make_recovery_codes(_asked: Nothing, *, house: House, caller: Changer) -> Response:
    """Make new recovery codes, shown this once."""
    with house.transactions.writing() as tx:
        codes = make_codes(tx, caller)
    return Json({"codes": list(codes)})
