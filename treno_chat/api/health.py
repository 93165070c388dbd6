"""Whether we are alive, and whether we can serve."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.responses import Response

from treno_chat.api.answers import Json
from treno_chat.api.house import House

router = APIRouter()


@router.api_route("/health", methods=["GET", "HEAD"])
async def say_alive(house: House) -> Response:
    """Answer as long as the process does: in no thread, where others may be waiting."""
    return Json({"status": "ok", "timestamp": house.transactions.clock().isoformat()})


@router.api_route("/ready", methods=["GET", "HEAD"])
def say_ready(house: House) -> Response:
    """Answer whether the database is there and at the revision that this program needs."""
    if house.is_ready():
        return Json({"status": "ok"})
    return Json({"status": "unavailable"}, HTTPStatus.SERVICE_UNAVAILABLE)
