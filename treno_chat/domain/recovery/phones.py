"""Phone numbers: for recovery only, kept as E.164, shown as their last digits."""

from collections.abc import Collection

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from treno_chat.domain.refusals import Invalid

MAX_TYPED = 40
_PAID_BY_THE_CALLED = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST})
_SHOWN = 3
_PREFIX_DIGITS = 3


def parse_phone(text: str, *, region: str) -> str:
    """Return the number in E.164; `region` is the country of one typed without its prefix.

    Whether a message reaches it only the first code can tell; a number that cannot exist, or
    one that would bill us for each code, is refused here.
    """
    if len(text) > MAX_TYPED:
        raise _refused("phone_invalid")
    try:
        number = phonenumbers.parse(text, region.upper() or None)
    except NumberParseException as malformed:
        raise _refused("phone_invalid") from malformed
    if phonenumbers.number_type(number) in _PAID_BY_THE_CALLED:
        raise _refused("phone_premium")
    if number.extension or not phonenumbers.is_valid_number(number):
        raise _refused("phone_invalid")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def require_country(phone: str, countries: Collection[str]) -> None:
    """Refuse a number of a country that no codes are sent to; none named means all."""
    region = phonenumbers.region_code_for_number(phonenumbers.parse(phone))
    if countries and region not in countries:
        raise _refused("phone_country")


def prefix_of(phone: str) -> str:
    """Return what numbers bought in bulk have in common: the country and the first digits."""
    number = phonenumbers.parse(phone)
    return f"+{number.country_code}{str(number.national_number)[:_PREFIX_DIGITS]}"


def mask_phone(phone: str) -> str:
    """Return what may be shown of an E.164 number: its country and its last digits."""
    prefix = f"+{phonenumbers.parse(phone).country_code}"
    hidden = len(phone) - len(prefix) - _SHOWN
    return f"{prefix} {'•' * hidden}{phone[-_SHOWN:]}"


def _refused(code: str) -> Invalid:
    return Invalid(code, field="phone")
