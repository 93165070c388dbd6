"""What else there is to come in with, told to the pages that offer it."""

from fastapi import APIRouter
from starlette.responses import Response

from treno_chat.api.answers import Json
from treno_chat.api.house import House

router = APIRouter(prefix="/auth")


@router.get("/ways")
def tell_ways(house: House) -> Response:
    """Tell what is configured: passwords, and the providers by their names."""
    providers = [{"name": one.name, "label": one.label} for one in house.providers.values()]
    return Json({"password": house.has_passwords, "providers": providers})
