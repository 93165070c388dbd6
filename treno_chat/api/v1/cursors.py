"""Cursors: where a list goes on, as a text that says nothing to whoever holds it."""

import base64
import binascii
import json
import re

from treno_chat.domain.refusals import Invalid

_WRITTEN = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PART = re.compile(r"[ -~]{0,128}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


def encode_cursor(kind: str, *parts: str | int) -> str:
    """Return the cursor of a list of this kind, behind the row with these keys."""
    told = json.dumps([kind, *map(str, parts)], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def decode_cursor(text: str, kind: str, *, parts: int) -> tuple[str, ...]:
    """Return the keys in a cursor of ours; anything else, of another list too, is refused."""
    if not _WRITTEN.fullmatch(text):
        raise bad_cursor()
    try:
        told = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_"))
    except (binascii.Error, ValueError, RecursionError) as malformed:
        raise bad_cursor() from malformed
    match told:
        case [str() as found, *keys] if found == kind and len(keys) == parts:
            return tuple(_part(key) for key in keys)
        case _:
            raise bad_cursor()


def number_in(part: str) -> int:
    """Return a key that is a number, small enough for every database."""
    if not _NUMBER.fullmatch(part):
        raise bad_cursor()
    return int(part)


def bad_cursor() -> Invalid:
    """Return the refusal of a cursor that we did not give."""
    return Invalid("bad_cursor", field="cursor")


def _part(key: object) -> str:
    if not isinstance(key, str) or not _PART.fullmatch(key):
        raise bad_cursor()
    return key
