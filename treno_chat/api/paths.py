"""Addresses inside our own house: where a person is led after a form."""

import re
from urllib.parse import urlencode

from treno_chat.actions.door.doors import Door
from treno_chat.domain.words import Language

MAX_PATH = 512
# A list of what is allowed: `//evil`, `/\evil`, `https:evil`, `/../x` and control characters
# have no way through (S63), whatever a browser would make of them.
_OWN = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?(?:\?[A-Za-z0-9._~=&%+-]*)?")
# Nobody can be led to a route that takes posts only.
_POSTS = "/auth/"


def safe_next(wish: str, *, otherwise: str) -> str:
    """Return the wish when it is a path of ours, else where to go without one."""
    is_own = wish.startswith("/") and len(wish) <= MAX_PATH and _OWN.fullmatch(wish) is not None
    return wish if is_own and not wish.startswith(_POSTS) else otherwise


def path_into(door: Door) -> str:
    """Return the address of the room where everybody talks, else of the place."""
    place = f"/p/{door.place.slug}"
    return place if door.room_slug is None else f"{place}/{door.room_slug}"


def path_to_entry(language: Language, **query: str) -> str:
    """Return the address of the entry page; what is empty is left out."""
    given = urlencode({name: value for name, value in query.items() if value})
    return f"/{language}?{given}" if given else f"/{language}"
