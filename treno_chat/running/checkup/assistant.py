"""What the check-up sees of whoever words answers: who it is and, asked, whether it is there."""

from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from treno_chat.running.checkup.finding import Finding, Findings, fault, ok, warning
from treno_chat.running.checkup.service import line_to
from treno_chat.running.sound_assistant import Place, writing_places
from treno_chat.settings import Settings

MOST = 1_000_000


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: Sequence[_Model]


def look_at_assistant(settings: Settings, *, is_online: bool) -> Findings:
    """Say who words the answers; `is_online` asks them what models they have."""
    places = [place for place in writing_places(settings) if place.base_url]
    if not places:
        yield ok("answers of the assistant quote the pages: no model is set")
    for place in places:
        host = urlsplit(place.base_url).netloc
        yield (
            _asked(place, host)
            if is_online
            else ok(f"answers are worded by {place.model} at {host}")
        )


def _asked(place: Place, host: str) -> Finding:
    try:
        status, body = _models_of(place)
    except (OSError, HTTPException) as error:
        # Its class alone: what it says may hold the address with whatever stands in it.
        return warning(
            f"{host} cannot be asked ({type(error).__name__}): until then pages are quoted."
        )
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return fault(f"{host} answers {status}: it wants another {place.name}_API_KEY.")
    try:
        names = {each.id for each in _Models.model_validate_json(body).data}
    except ValidationError:
        return warning(f"{host} answers {status} and names no models: ask it something.")
    # Some put a path before the name.
    if any(name == place.model or name.endswith(f"/{place.model}") for name in names):
        return ok(f"{host} has the model {place.model}")
    return warning(f"{host} names no model {place.model}: look at {place.name}_MODEL.")


def _models_of(place: Place) -> tuple[int, bytes]:
    key = place.key.get_secret_value()
    address = urlsplit(f"{place.base_url.rstrip('/')}/models")
    line = line_to(address)
    try:
        line.request("GET", address.path, headers={"Authorization": f"Bearer {key}"} if key else {})
        answer = line.getresponse()
        return answer.status, answer.read(MOST)
    finally:
        line.close()
