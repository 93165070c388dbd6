"""Both languages are whole, and everything the program says or refuses has words."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

from treno_chat.domain.people import Gender
from treno_chat.domain.places import PlaceKind
from treno_chat.domain.seals import Ink, Shape
from treno_chat.domain.words import LANGUAGES, Catalogue, Language
from treno_chat.locales import load_catalogues, words_in

PACKAGE = Path(__file__).parents[2] / "treno_chat"
RAISED = re.compile(
    r"\b(?:Invalid|Forbidden|NotFound|Conflict|TooFast|Unavailable|NotSignedIn|_refused)"
    r"\(\s*\"(\w+)\""
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    language: Language = request.param
    return load_catalogues()[language]


def test_both_languages_say_the_same_things() -> None:
    it, en = load_catalogues()["it"], load_catalogues()["en"]

    assert set(it) == set(en)
    assert {key: placeholders(text) for key, text in it.items()} == {
        key: placeholders(text) for key, text in en.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_sorted(language: Language) -> None:
    keys = list(json.loads((PACKAGE / "locales" / f"{language}.json").read_text()))

    assert keys == sorted(keys)


def test_nothing_is_kept_that_nobody_says(catalogue: Catalogue) -> None:
    source = "\n".join(file.read_text() for file in PACKAGE.rglob("*.py"))
    said = set(re.findall(r"[\"']([a-z_.]+)[\"']", source))
    begun = tuple(re.findall(r"[\"']([a-z_]+\.[a-z_.]*)(?:\{|[\"'] \+)", source))

    plain = {re.sub(r"(@.*|\.(one|other))+$", "", key) for key in catalogue}
    unsaid = {key for key in plain - said if key.removesuffix(".none") not in said}
    assert {key for key in unsaid if not key.startswith(begun)} == set()


def test_a_variant_needs_what_its_plain_words_need(catalogue: Catalogue) -> None:
    variants = {key: key.split("@")[0] for key in catalogue if "@" in key}

    assert variants
    assert all(
        placeholders(catalogue[key]) == placeholders(catalogue[plain])
        for key, plain in variants.items()
    )


def test_every_kind_of_variant_is_a_kind_of_place(catalogue: Catalogue) -> None:
    kinds = {key.split("@")[1] for key in catalogue if "@" in key}

    assert kinds <= {kind.value for kind in PlaceKind} | {"place"}


def test_one_and_many_come_together(catalogue: Catalogue) -> None:
    forms = {"one", "other"}
    counted = {key.rpartition(".")[0] for key in catalogue if re.search(r"\.one(@|$)", key)}

    assert counted
    assert all(f"{key}.{form}" in catalogue for key in counted for form in forms)


def test_the_tone_is_calm(catalogue: Catalogue) -> None:
    assert [text for text in catalogue.values() if "!" in text or text != text.strip()] == []


def test_every_refusal_has_words(catalogue: Catalogue) -> None:
    codes = {
        code for file in PACKAGE.rglob("*.py") for code in RAISED.findall(file.read_text())
    } | {"too_fast"}

    assert [code for code in sorted(codes) if f"error.{code}" not in catalogue] == []


def test_every_gender_and_seal_has_words(catalogue: Catalogue) -> None:
    needed = {f"gender.{gender}" for gender in Gender}
    needed |= {f"seal.shape.{shape}" for shape in Shape} | {f"seal.ink.{ink}" for ink in Ink}

    assert needed <= set(catalogue)


def test_italian_and_english_are_not_the_same_text() -> None:
    assert words_in("it").say("entry.enter") == "Entra"
    assert words_in("en").say("entry.enter") == "Enter"
