"""Mentions: the assistant is asked in a room by its name, in front of everybody."""

import re

NAME = "@treno"
# Not in the middle of an address or of another name.
_MENTION = re.compile(rf"(?<![\w@./-]){NAME}(?![\w@-])[,:;]?", re.IGNORECASE)


def question_in(body: str) -> str | None:
    """Return what the assistant is asked, empty when nothing is; None when it is not named."""
    rest, count = _MENTION.subn(" ", body)
    return " ".join(rest.split()) if count else None
