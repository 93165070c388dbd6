"""Aliases: what may be worn, and what looks alike."""

# Look-alikes are written as escapes: that nobody can tell them apart is the point.

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.door import alias
from treno_chat.domain.door.alias import clean_alias, skeleton_of
from treno_chat.domain.refusals import Invalid

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("typed", "worn"),
    [
        ("Ada", "Ada"),
        ("  Ada  \u00a0 M. ", "Ada M."),
        ("Jose\u0301", "Jos\u00e9"),
        ("Ди", "Ди"),
        ("陽子", "陽子"),
        ("زینب", "زینب"),
        ("श्रीमती", "श्रीमती"),
        ("\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd", "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd"),
        (f"Ada {FAMILY}", f"Ada {FAMILY}"),
        ("\U0001f1ee\U0001f1f9\U0001f1ee\U0001f1f9", "\U0001f1ee\U0001f1f9\U0001f1ee\U0001f1f9"),
        ("\u2764\ufe0f\u2764\ufe0f", "\u2764\ufe0f\u2764\ufe0f"),
        ("42", "42"),
        ("a" * 20, "a" * 20),
        (FAMILY * 20, FAMILY * 20),
    ],
)
def test_any_script_may_be_worn(typed: str, worn: str) -> None:
    assert clean_alias(typed).text == worn


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "alias_too_short"),
        ("  ", "alias_too_short"),
        ("x", "alias_too_short"),
        (FAMILY, "alias_too_short"),
        ("a" * 21, "alias_too_long"),
        ("a" * 100_000, "alias_too_long"),
        ("..", "alias_characters"),
        ("\u2800\u2800\u2800", "alias_characters"),  # blank, and not a space
        ("\u3164\u3164\u3164", "alias_characters"),  # a filler
        ("\u0301Ada", "alias_characters"),
        ("A\u0301\u0302\u0303\u0304\u0305\u0306da", "alias_characters"),
        ("Ada\tM", "alias_characters"),
        ("Ada\nM", "alias_characters"),
        ("Ada\x00", "alias_characters"),
        ("Ada\x7f", "alias_characters"),
        ("\u202eadA", "alias_characters"),
        ("Ada\u2066M", "alias_characters"),
        ("A\u200bda", "alias_characters"),
        ("A\u200dda", "alias_characters"),
        ("A\u200cda", "alias_characters"),
        ("Ada\ufeff", "alias_characters"),
        ("Ada\u00ad", "alias_characters"),
        ("Ada\ufe0f", "alias_characters"),
        ("Ada\U000e0041", "alias_characters"),
        ("Ada\ud800", "alias_characters"),
        ("Ada\ue000", "alias_characters"),
        ("Ada\u0378", "alias_characters"),
        ("Ada\u2028M", "alias_characters"),
    ],
)
def test_s45_what_cannot_be_seen_is_not_worn(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_alias(typed)

    assert (refused.value.code, refused.value.field) == (code, "alias")


@pytest.mark.parametrize("name", alias.RESERVED)
@pytest.mark.parametrize(
    "disguise",
    [str.lower, str.upper, str.title, " ".join, "{}!".format, "\u2605{}\u2605".format],
)
def test_reserved_names_are_refused_in_disguise(name: str, disguise: object) -> None:
    assert callable(disguise)
    with pytest.raises(Invalid, match="alias_reserved"):
        clean_alias(str(disguise(name)))


@pytest.mark.parametrize(
    "typed",
    ["\u0430dmin", "adm1n", "\uff41\uff44\uff4d\uff49\uff4e", "\u0455taff", "\u0422R\u0415N\u041e"],
)
def test_reserved_names_are_refused_in_other_letters(typed: str) -> None:
    with pytest.raises(Invalid, match="alias_reserved"):
        clean_alias(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "\u0410da"),  # a Cyrillic capital a
        ("Ada", "Ad\u0430"),  # a Cyrillic small a
        ("Henry", "\u0397enry"),  # Greek Eta
        ("TOM", "\u0422\u041e\u041c"),  # Cyrillic throughout
        ("Carla", "\u03f2arla"),  # lunate sigma
        ("Giulia", "Giu\u0049ia"),  # a capital i for an l
        ("Giulia", "G1ulia"),
        ("Olga", "0lga"),
        ("Marna", "Mama"),
        ("Ada", "\U0001d400da"),  # mathematical A
        ("Ada", "\uff21da"),  # full-width A
        ("Jos\u00e9", "Jose\u0301"),
        ("Stra\u00dfe", "STRASSE"),
        (
            "\u041d\u0418\u041d\u0410",
            "\u041d\u0438\u043d\u0430",
        ),  # Nina in Cyrillic, and in capitals
        ("\u2764\ufe0fAda", "\u2764Ada"),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert one != other
    assert clean_alias(one).skeleton == clean_alias(other).skeleton


@pytest.mark.parametrize(
    ("one", "other"), [("Ada", "Ida"), ("Jose", "Jos\u00e9"), ("Nina", "\u041d\u0438\u043d\u0430")]
)
def test_what_can_be_told_apart_does_not(one: str, other: str) -> None:
    assert clean_alias(one).skeleton != clean_alias(other).skeleton


def test_folding_comes_to_rest_for_every_look_alike_there_is() -> None:
    for char in alias._prototypes():
        skeleton = skeleton_of(char)
        assert skeleton_of(skeleton) == skeleton


@given(st.text(max_size=30))
def test_whatever_is_worn_is_clean(typed: str) -> None:
    try:
        worn = clean_alias(typed)
    except Invalid:
        return

    assert clean_alias(worn.text) == worn
    assert unicodedata.is_normalized("NFC", worn.text)
    assert worn.text == worn.text.strip()
    assert 2 <= len(regex.findall(r"\X", worn.text)) <= 20
    assert skeleton_of(worn.skeleton) == worn.skeleton
    assert not regex.search(r"\p{C}", worn.text.replace("\u200d", "").replace("\u200c", ""))


@given(st.text(alphabet="abcdefghjkmnopqrstuvwxyz", min_size=2, max_size=20))
def test_case_makes_no_difference(typed: str) -> None:
    assert skeleton_of(typed.upper()) == skeleton_of(typed) == skeleton_of(typed.title())
