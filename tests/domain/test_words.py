"""What is said, in which language, at which kind of place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.domain.places import PlaceKind
from treno_chat.domain.words import LANGUAGES, MissingWords, Words, choose_language

CATALOGUE = {
    "farewell": "Buon viaggio, {alias}",
    "farewell@place": "Buona permanenza, {alias}",
    "farewell@beach": "Buona giornata di mare, {alias}",
    "new.one": "{n} nuovo",
    "new.other": "{n} nuovi",
    "new.other@place": "{n} appena arrivati",
    "here.none": "Ancora nessuno",
    "here.one": "{n} persona",
    "here.other": "{n} persone",
    "plain": "Invia",
}


@pytest.fixture
def words() -> Words:
    return Words(language="it", catalogue=CATALOGUE)


def test_values_fill_the_words(words: Words) -> None:
    assert words.say("farewell", alias="ada") == "Buon viaggio, ada"


def test_what_a_person_typed_is_never_read_as_a_pattern(words: Words) -> None:
    assert words.say("farewell", alias="{alias.__class__}") == "Buon viaggio, {alias.__class__}"


def test_a_missing_key_is_a_mistake_and_not_an_empty_label(words: Words) -> None:
    with pytest.raises(MissingWords):
        words.say("nowhere")


def test_a_missing_value_is_a_mistake_too(words: Words) -> None:
    with pytest.raises(MissingWords):
        words.say("farewell")


def test_one_and_many_are_said_differently(words: Words) -> None:
    said = [words.count("new", number) for number in (0, 1, 2)]

    assert said == ["0 nuovi", "1 nuovo", "2 nuovi"]


def test_none_are_said_in_words_of_their_own_where_there_are_any(words: Words) -> None:
    assert [words.count("here", number) for number in (0, 1)] == ["Ancora nessuno", "1 persona"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PlaceKind.TRAIN, "Buon viaggio, ada"),
        (PlaceKind.PUB, "Buona permanenza, ada"),
        (PlaceKind.BEACH, "Buona giornata di mare, ada"),
    ],
)
def test_railway_words_give_way_at_other_places(words: Words, kind: PlaceKind, said: str) -> None:
    assert words.at(kind).say("farewell", alias="ada") == said


def test_counts_have_variants_as_well(words: Words) -> None:
    assert words.at(PlaceKind.PUB).count("new", 3) == "3 appena arrivati"


def test_a_key_without_a_variant_is_said_as_it_is(words: Words) -> None:
    assert words.at(PlaceKind.HOTEL).say("plain") == "Invia"
    assert words.at(PlaceKind.HOTEL).has("plain")
    assert not words.at(PlaceKind.HOTEL).has("nowhere")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "it"),
        ("", "it"),
        ("it-CH, it;q=0.9, en;q=0.8", "it"),
        ("en-GB,en;q=0.9,it;q=0.8", "en"),
        ("en;q=0.2, it;q=0.7", "it"),
        ("de-DE,de;q=0.9,it;q=0.3", "it"),
        ("IT", "it"),
        ("de", "en"),
        ("de, *;q=0.5", "en"),
        ("en;q=0, *", "it"),
        ("it;q=0, en;q=0", "en"),
        ("it;q=nan, en;q=0.1", "en"),
        ("it ; q=0.9 , en ; q=1", "en"),
        ("it, en", "it"),
        ("en, it", "en"),
    ],
)
def test_the_browser_says_which_language_it_wants(header: str | None, language: str) -> None:
    assert choose_language(None, header) == language


def test_a_choice_made_before_stands_above_the_browser() -> None:
    assert choose_language("it", "en") == "it"
    assert choose_language("en", "it") == "en"
    assert choose_language("klingon", "it") == "it"


@given(st.text())
def test_any_header_gives_one_of_our_languages(header: str) -> None:
    assert choose_language(None, header) in LANGUAGES
