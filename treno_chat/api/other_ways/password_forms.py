"""What the routes of passwords accept."""

from typing import Annotated

from pydantic import Field

from treno_chat.api.door.passkeys import Asked, Short

Secret = Annotated[str, Field(max_length=1024, repr=False)]


class Somewhere(Asked):
    """Where somebody comes in, and in which language they are spoken to."""

    place: Short = ""
    next: Short = ""
    language: Short = ""


class SignUpAsked(Somewhere):
    """The sign-up form without a passkey."""

    alias: Short
    gender: Short = ""
    email: Short
    password: Secret


class LogInAsked(Somewhere):
    """An address and its password."""

    email: Short
    password: Secret


class ForgotAsked(Somewhere):
    """The address of whoever forgot the password."""

    email: Short


class ResetAsked(Somewhere):
    """What stands behind the # of the link, and another password."""

    token: Short
    password: Secret


class ConfirmAsked(Somewhere):
    """What stands behind the # of the link, and the password that was chosen."""

    token: Short
    password: Secret
