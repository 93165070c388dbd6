"""The forms that tell who somebody is, read whole: every wrong field is told at once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from treno_chat.domain.door.alias import Alias, clean_alias
from treno_chat.domain.lines import clean_line
from treno_chat.domain.other_ways.emails import Email, parse_email
from treno_chat.domain.other_ways.passwords import normal_form, own_words, read_password
from treno_chat.domain.people import Gender
from treno_chat.domain.policy import PasswordPolicy
from treno_chat.domain.recovery.phones import parse_phone
from treno_chat.domain.refusals import Invalid, InvalidForm
from treno_chat.domain.words import LANGUAGES

MAX_STATUS = 50
THEMES = ("light", "dark", "system")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryForm:
    """What a guest tells."""

    alias: Alias
    gender: Gender


@dataclass(frozen=True, kw_only=True, slots=True)
class SignUpForm:
    """What somebody tells who wants to come back as themselves."""

    alias: Alias
    gender: Gender
    phone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordForm:
    """What somebody tells who wants to come back with an address and a password."""

    alias: Alias
    gender: Gender
    email: Email
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileForm:
    """What somebody says of themselves; None leaves the choice to the browser."""

    alias: Alias
    gender: Gender
    status_line: str
    language: str | None
    theme: str | None


def read_entry(*, alias: str, gender: str) -> EntryForm:
    """Read the entry form, or refuse it field by field."""
    _require_all(lambda: clean_alias(alias), lambda: _read_gender(gender))
    return EntryForm(alias=clean_alias(alias), gender=_read_gender(gender))


def read_sign_up(*, alias: str, gender: str, phone: str, region: str) -> SignUpForm:
    """Read the sign-up form, or refuse it field by field."""
    _require_all(
        lambda: clean_alias(alias),
        lambda: _read_gender(gender),
        lambda: parse_phone(phone, region=region),
    )
    return SignUpForm(
        alias=clean_alias(alias),
        gender=_read_gender(gender),
        phone=parse_phone(phone, region=region),
    )


def read_password_sign_up(
    policy: PasswordPolicy, *, alias: str, gender: str, email: str, password: str
) -> PasswordForm:
    """Read the sign-up form without a passkey, or refuse it field by field."""
    own = own_words(alias=alias, address=email)
    _require_all(
        lambda: clean_alias(alias),
        lambda: _read_gender(gender),
        lambda: parse_email(email),
        lambda: read_password(password, policy, has_passkey=False, own=own),
    )
    return PasswordForm(
        alias=clean_alias(alias),
        gender=_read_gender(gender),
        email=parse_email(email),
        password=normal_form(password),
    )


def read_profile(
    *, alias: str, gender: str, status_line: str, language: str, theme: str
) -> ProfileForm:
    """Read the profile form, or refuse it field by field."""
    _require_all(
        lambda: clean_alias(alias),
        lambda: _read_gender(gender),
        lambda: _read_status(status_line),
        lambda: _read_choice(language, LANGUAGES, field="language"),
        lambda: _read_choice(theme, THEMES, field="theme"),
    )
    return ProfileForm(
        alias=clean_alias(alias),
        gender=_read_gender(gender),
        status_line=_read_status(status_line),
        language=_read_choice(language, LANGUAGES, field="language"),
        theme=_read_choice(theme, THEMES, field="theme"),
    )


def _read_status(text: str) -> str:
    return clean_line(text, field="status_line", maximum=MAX_STATUS, may_be_empty=True)


def _read_choice(text: str, choices: Collection[str], *, field: str) -> str | None:
    if text and text not in choices:
        raise Invalid("bad_request", field=field)
    return text or None


def _read_gender(text: str) -> Gender:
    try:
        return Gender(text)
    except ValueError as unknown:
        raise Invalid("gender_missing", field="gender") from unknown


def _require_all(*readings: Callable[[], object]) -> None:
    refusals: list[Invalid] = []
    for read in readings:
        try:
            read()
        except Invalid as refusal:
            refusals.append(refusal)
    if refusals:
        raise InvalidForm(refusals)
