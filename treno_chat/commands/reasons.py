"""Why a command was not done, as the one line that the operator reads; never a secret."""

from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import DBAPIError

from treno_chat.assistant.front_matter import BadPage
from treno_chat.domain.refusals import ChatError
from treno_chat.locales import words_in
from treno_chat.running.checks import CannotStart

Reason = (
    CannotStart
    | ChatError
    | ValidationError
    | SettingsError
    | DBAPIError
    | OSError
    | UnicodeDecodeError
)


def line_of(reason: Reason) -> str:
    """Return the line."""
    match reason:
        case ChatError():
            return _words_of(reason)
        case ValidationError():
            return f"A setting cannot be taken: {_settings_of(reason)}"
        case SettingsError() | UnicodeDecodeError():
            return f"A setting cannot be read: {_unread(reason)}"
        case DBAPIError():
            # What was asked, and with which values, is not for a terminal: only the answer is.
            return f"The database cannot do it: {str(reason.orig).strip().splitlines()[0]}"
        case OSError():
            what = f"{reason.filename} cannot be used" if reason.filename else "It cannot be done"
            return f"{what}: {reason.strerror or reason}."
        case CannotStart():
            return str(reason)


def _unread(reason: SettingsError | UnicodeDecodeError) -> str:
    if isinstance(reason, SettingsError):
        return str(reason)
    # Whatever else is read in letters says for itself in which file they are.
    return f".env is not written in UTF-8 (byte {reason.start})."


def _words_of(refused: ChatError) -> str:
    words = words_in("en").say(f"error.{refused.code}", **refused.params)
    is_in_a_file = isinstance(refused, BadPage)
    return f"{refused.source}, line {refused.line}: {words}" if is_in_a_file else words


def _settings_of(error: ValidationError) -> str:
    # Each names its setting and what is wrong with it, not what was given: that may be a secret.
    problems = error.errors(include_input=False, include_url=False)
    return "; ".join(f"{_name(each['loc'])}: {each['msg']}" for each in problems)


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location).upper()
