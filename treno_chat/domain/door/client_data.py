"""What a browser says of a ceremony: the steps at it that py_webauthn leaves to us."""

import base64
import json
from typing import Any

OTHER_CHALLENGE = "R3, A5: another challenge, or in another form"


def fault_in(encoded: str, *, expected_challenge: bytes) -> str | None:
    """Return which step what the browser said fails, None if none; malformed, it raises.

    The library reads it again by itself: whatever two readers could read in two ways is refused.
    """
    said = json.loads(
        base64.urlsafe_b64decode(f"{encoded}===").decode("utf-8-sig"), object_pairs_hook=_once
    )
    if said.get("crossOrigin", False) is not False or "topOrigin" in said:
        return "R5, R6, A7: not in a page of our own"
    if said.get("challenge") != base64.urlsafe_b64encode(expected_challenge).decode().rstrip("="):
        return OTHER_CHALLENGE
    return None


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(members)
    if len(said) < len(members):
        message = "a member is said twice"
        raise ValueError(message)
    return said
