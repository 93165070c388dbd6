"""Addresses of mail: one key for all spellings of a mailbox, and clear refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.other_ways.emails import mask_email, parse_email
from treno_chat.domain.refusals import Invalid


@pytest.mark.parametrize(
    ("typed", "address", "key"),
    [
        ("Ada@Example.ORG", "Ada@example.org", "ada@example.org"),
        ("  ada@example.org\n", "ada@example.org", "ada@example.org"),
        ("ada+treno@example.org", "ada+treno@example.org", "ada+treno@example.org"),
        ("\uff41da@\uff45xample.org", "ada@example.org", "ada@example.org"),
        ("ada@caff\u00e8.it", "ada@xn--caff-8oa.it", "ada@xn--caff-8oa.it"),
        ("ada@caffe\u0300.it", "ada@xn--caff-8oa.it", "ada@xn--caff-8oa.it"),
        ("o'ada.rossi@a-b.example.org", "o'ada.rossi@a-b.example.org", None),
    ],
)
def test_every_spelling_leads_to_the_mailbox(typed: str, address: str, key: str | None) -> None:
    email = parse_email(typed)

    assert (email.address, email.key) == (address, key or address)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@localhost",
        "ada@192.0.2.7",
        "ada@[192.0.2.7]",
        "ada@example..org",
        "ada@example.org.",
        "ada@-example.org",
        "a da@example.org",
        ".ada@example.org",
        "ada..b@example.org",
        '"a@b"@example.org',
        "ada@exa_mple.org",
        "ada@example.org\r\nBcc: all@example.org",
        "Ada <ada@example.org>",
        "àda@example.org",
        "ada@example.org\0",
        "ada@\ud800.org",
    ],
)
def test_what_is_no_address_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid, match="email_invalid") as refused:
        parse_email(typed)

    assert refused.value.field == "email"


@pytest.mark.parametrize("typed", [f"{'a' * 65}@example.org", f"ada@{'a.' * 130}org"])
def test_an_endless_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="email_too_long"):
        parse_email(typed)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_taken_or_refused(typed: str) -> None:
    try:
        email = parse_email(typed)
    except Invalid:
        return
    assert email.address.isascii()
    assert email.address.isprintable()
    assert parse_email(email.address) == email


def test_little_of_it_is_shown() -> None:
    assert mask_email("ada.rossi@example.org") == "a•••@example.org"
