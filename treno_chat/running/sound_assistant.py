"""Whether whoever finds pages and words answers can be asked as the settings say."""

from collections.abc import Generator
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

from treno_chat.assistant.model.opening import LIBRARIES
from treno_chat.assistant.opening import Embeddings
from treno_chat.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One place that may be asked."""

    name: str
    base_url: str
    model: str
    key: SecretStr

    @property
    def is_named(self) -> bool:
        """Say whether anything is set of it."""
        return bool(self.base_url or self.model or self.key.get_secret_value())


def assistant_faults(settings: Settings) -> Generator[str]:
    """Yield what must not stay as it is, one line each."""
    first, other = writing_places(settings)
    for place in (first, other):
        if place.is_named:
            yield from _of_place(place)
    if other.is_named and not first.is_named:
        yield "ASSISTANT_FALLBACK_BASE_URL is for when the first is away: set ASSISTANT_BASE_URL."
    if first.base_url:
        yield from _of_libraries()
    if settings.embeddings is Embeddings.REMOTE:
        yield from _of_place(
            Place(
                name="EMBEDDINGS",
                base_url=settings.embeddings_base_url,
                model=settings.embeddings_model,
                key=settings.embeddings_api_key,
            )
        )


def writing_places(settings: Settings) -> tuple[Place, Place]:
    """Return where answers are worded, and where else."""
    first = Place(
        name="ASSISTANT",
        base_url=settings.assistant_base_url,
        model=settings.assistant_model,
        key=settings.assistant_api_key,
    )
    other = Place(
        name="ASSISTANT_FALLBACK",
        base_url=settings.assistant_fallback_base_url,
        model=settings.assistant_fallback_model,
        key=settings.assistant_fallback_api_key,
    )
    return first, other


def _of_place(place: Place) -> Generator[str]:
    needed = {f"{place.name}_BASE_URL": place.base_url, f"{place.name}_MODEL": place.model}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        yield f"{place.name}_* is half set: it needs {' and '.join(missing)} as well."
    if place.base_url and not _is_address(place.base_url):
        yield (
            f"{place.name}_BASE_URL is no address to ask: https://, a name, and the path up to /v1,"
            f" without a user, a question mark or a key (that is {place.name}_API_KEY)."
        )
    elif place.base_url.startswith("http://") and not _is_near(place.base_url):
        yield (
            f"{place.name}_BASE_URL leaves in the open what people ask: it takes https://, except"
            " on this machine or in your own network."
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_plain = parts.username is None and not parts.query and not parts.fragment
        return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain
    except ValueError:
        return False


def _is_near(url: str) -> bool:
    """Say whether an address is of this machine, of a private network, or a name without a dot."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local", ".localhost", ".lan"))


def _of_libraries() -> Generator[str]:
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:
        yield f"ASSISTANT_BASE_URL needs {' and '.join(missing)}, not installed: run `make model`."
