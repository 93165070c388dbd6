"""Refusals: what a person is told no about, as codes that the edges turn into words.

ChatError
├── Invalid       what was typed cannot be taken (422)
│   └── InvalidForm   several fields at once; its own code and field are the first one's
├── DeadLink      a link by mail that opens nothing, or not any more (400)
├── NotSignedIn   there is no live session (401)
├── Forbidden     the person is known and may not (403)
│   ├── NotProven     what was shown proves nobody (401)
│   └── Lapsed        what it answers is over: nothing was looked at (403)
├── NotFound      missing, or not theirs to see: the same answer (404)
├── Conflict      somebody was faster (409)
├── TooFast       a limit; `seconds` says how long (429)
└── Unavailable   ours to fix; worth trying again (503)
"""

from collections.abc import Sequence


class ChatError(Exception):
    """A refusal: a code for the words, the field it belongs to, and what fills the words in."""

    def __init__(self, code: str, *, field: str | None = None, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.params = params


class Invalid(ChatError):
    """What was typed cannot be taken."""


class InvalidForm(Invalid):
    """Several fields cannot be taken; `refusals` has one for each."""

    def __init__(self, refusals: Sequence[ChatError]) -> None:
        first = refusals[0]
        super().__init__(first.code, field=first.field, **first.params)
        self.refusals = tuple(refusals)


class DeadLink(ChatError):
    """A link by mail opens nothing, or not any more; which of the two nobody is told."""


class NotSignedIn(ChatError):
    """There is no live session."""


class Forbidden(ChatError):
    """The person is known and may not do this."""


class NotProven(Forbidden):
    """What was shown proves nobody: an address that is nobody's, or a wrong password."""


class Lapsed(Forbidden):
    """What it answers is over, or was replaced: nothing was looked at, no proof has failed."""


class NotFound(ChatError):
    """It does not exist, or it is not this person's to see."""


class Conflict(ChatError):
    """Somebody else was faster."""


class TooFast(ChatError):
    """A limit was reached."""

    def __init__(self, code: str = "too_fast", *, seconds: int) -> None:
        super().__init__(code, seconds=seconds)
        self.seconds = seconds


class Unavailable(ChatError):
    """It cannot be done right now, through no fault of the person; `seconds` where it is known."""

    def __init__(self, code: str, *, seconds: int | None = None) -> None:
        super().__init__(code)
        self.seconds = seconds
