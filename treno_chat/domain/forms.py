"""The forms of the entry page, read whole: every wrong field is told at once."""

from collections.abc import Callable
from dataclasses import dataclass

from treno_chat.domain.alias import Alias, clean_alias
from treno_chat.domain.people import Gender
from treno_chat.domain.phones import parse_phone
from treno_chat.domain.refusals import Invalid, InvalidForm


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
