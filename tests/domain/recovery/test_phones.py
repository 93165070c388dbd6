"""Phone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.recovery.phones import mask_phone, parse_phone, prefix_of, require_country
from treno_chat.domain.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "region", "number"),
    [
        ("345 678 9012", "IT", "+393456789012"),
        ("0039 345 678 9012", "IT", "+393456789012"),
        ("+39 345 678 9012", "FR", "+393456789012"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("06 12 34 56 78", "fr", "+33612345678"),
        ("(201) 555-0123", "US", "+12015550123"),
        ("+44 7400 123456", "", "+447400123456"),
        ("\uff13\uff14\uff15 678 9012", "IT", "+393456789012"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
    ],
)
def test_a_number_of_any_country_becomes_e164(typed: str, region: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(Invalid):
            parse_phone(typed, region=region)
    else:
        assert parse_phone(typed, region=region) == number


@pytest.mark.parametrize(
    "typed",
    ["", "hello", "12", "+", "+39", "345 678 90123 456", "345 678 9012 ext. 7", "9" * 500],
)
def test_what_is_no_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_phone(typed, region="IT")

    assert (refused.value.code, refused.value.field) == ("phone_invalid", "phone")


def test_a_number_without_prefix_needs_a_country() -> None:
    with pytest.raises(Invalid, match="phone_invalid"):
        parse_phone("345 678 9012", region="??")


@pytest.mark.parametrize("typed", ["+39 899 123456", "+44 9012 345678", "+44 843 123 4567"])
def test_a_number_that_bills_the_sender_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse_phone(typed, region="IT")

    assert (refused.value.code, refused.value.field) == ("phone_premium", "phone")


def test_codes_go_to_the_countries_that_are_named_and_without_any_to_all() -> None:
    require_country("+393456789012", ("FR", "IT"))
    require_country("+393456789012", ())

    with pytest.raises(Invalid) as refused:
        require_country("+33612345678", ("IT",))

    assert (refused.value.code, refused.value.field) == ("phone_country", "phone")


@pytest.mark.parametrize(
    ("phone", "prefix"),
    [("+393456789012", "+39345"), ("+12025550123", "+1202"), ("+3906123456", "+39612")],
)
def test_numbers_of_one_range_share_a_prefix(phone: str, prefix: str) -> None:
    assert prefix_of(phone) == prefix


def test_only_the_country_and_the_last_digits_are_shown() -> None:
    assert mask_phone("+393456789012") == "+39 •••••••012"


@given(st.text(max_size=60), st.sampled_from(["IT", "FR", "US", ""]))
def test_a_number_is_read_whole_or_refused(typed: str, region: str) -> None:
    try:
        number = parse_phone(typed, region=region)
    except Invalid:
        return

    assert parse_phone(number, region="") == number
    assert number[3:-3] not in mask_phone(number)
