"""Passwords: long, not common, of any characters, and never cut off (S17)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.other_ways.common_passwords import is_common, listed
from treno_chat.domain.other_ways.hashing import Hasher
from treno_chat.domain.other_ways.passwords import own_words, read_password
from treno_chat.domain.policy import PasswordPolicy
from treno_chat.domain.refusals import Invalid

POLICY = PasswordPolicy()
CHEAP = PasswordPolicy(memory_kib=64, passes=1)
OWN = own_words(alias="Ada Rossi", address="ada.rossi@example.org")


def read(text: str, *, has_passkey: bool = False) -> str:
    return read_password(text, POLICY, has_passkey=has_passkey, own=OWN)


@pytest.mark.parametrize(
    "text",
    [
        "giraffa lampone tavolo",
        "correct horse battery staple",
        "una notte d'estate sul lago 🙂, e piove sui pini — da ore, ormai",
        "kT9vQ2xw77ZpLm3r",
        "🚂🚃🚋🚞🚝🚄🚅🚈🚇🚆🚉🚊🛤🛎🧳",
        "x" * 3 + "giraffa lampone tavolo" * 5,
    ],
)
def test_s17_length_is_all_that_counts(text: str) -> None:
    assert read(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("giraffa lampon", "password_too_short"),
        ("", "password_too_short"),
        ("giraffa " * 17, "password_too_long"),
        ("giraffa lampone \ud800", "password_characters"),
        ("password123456789", "password_common"),
        ("passwordpassword", "password_common"),
        ("P@ssw0rd-P@ssw0rd-2026", "password_common"),
        ("qwertyuiopasdfgh", "password_common"),
        ("123456789012345", "password_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_common"),
        ("ababababababababab", "password_common"),
        ("treno chat treno chat", "password_common"),
        ("ada rossi ada rossi", "password_common"),
        ("ada.rossi@example.org", "password_common"),
        ("ROSSI rossi ROSSI 1985", "password_common"),
    ],
)
def test_s17_what_will_not_do_is_told_at_its_field(text: str, why: str) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        read(text)

    assert refused.value.field == "password"


def test_beside_a_passkey_eight_characters_will_do() -> None:
    assert read("lampone7", has_passkey=True) == "lampone7"
    for text in ("lampone", "password", "iloveyou1"):
        with pytest.raises(Invalid):
            read(text, has_passkey=True)


def test_the_list_has_thousands_that_are_long_enough() -> None:
    assert sum(len(one) >= POLICY.beside_passkey for one in listed()) >= 3000
    assert all(is_common(one) for one in sorted(listed())[::100])


def test_the_cost_is_what_owasp_asks_for() -> None:
    kept = Hasher(POLICY).hash("giraffa lampone tavolo")

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert Hasher(CHEAP).is_outdated(kept)
    assert not Hasher(POLICY).is_outdated(kept)


def test_s17_nothing_is_cut_off_and_every_keyboard_types_the_same() -> None:
    hasher = Hasher(CHEAP)
    long = "0123456789" * 8
    kept = hasher.hash(long)

    assert hasher.is_right(kept, long)
    assert not hasher.is_right(kept, long[:78] + "x9")
    assert hasher.is_right(hasher.hash("perch\u00e9 no"), "perche\u0301 no")


def test_nobody_has_the_password_of_nobody() -> None:
    hasher = Hasher(CHEAP)

    assert not hasher.is_right(None, "giraffa lampone tavolo")
    assert not hasher.is_right("no hash at all", "giraffa lampone tavolo")
    assert not hasher.is_right(hasher.hash("a" * 128), "a" * 129)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_taken_or_refused(text: str) -> None:
    try:
        password = read(text)
    except Invalid:
        return
    assert 15 <= len(password) <= 128
    assert password.encode()
