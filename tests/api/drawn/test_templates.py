"""The pages without JavaScript: everything typed is text, every refusal stands at its field."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from treno_chat.api.drawn.frame import STYLESHEETS
from treno_chat.api.drawn.markup import element, join
from treno_chat.api.drawn.templates import render_entry, render_notice_page
from treno_chat.domain.people import Gender
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in

ASSETS = Path(__file__).parents[3] / "assets"
ATTACK = """"><script>alert('ada')</script>"""


class Page(HTMLParser):
    """The elements of a page, each with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such element."""
        return [
            attributes
            for name, attributes in self.found
            if name == tag and all(attributes.get(key) == wanted[key] for key in wanted)
        ]

    def one(self, tag: str, **wanted: str) -> dict[str, str | None]:
        """Return the attributes of the only such element."""
        (found,) = self.all(tag, **wanted)
        return found


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    language: Language = request.param
    return words_in(language)


def test_what_is_not_markup_is_escaped() -> None:
    told = element("p", "<b>", element("i", ATTACK), title='"', class_="who", hidden=True)

    assert told == (
        '<p title="&quot;" class="who" hidden>&lt;b&gt;'
        "<i>&quot;&gt;&lt;script&gt;alert(&#x27;ada&#x27;)&lt;/script&gt;</i></p>"
    )
    assert join("a<", element("b")) == "a&lt;<b></b>"


def test_the_entry_is_a_form_in_the_persons_language(words: Words) -> None:
    page = Page(render_entry(words, "Treno Lucca–Aulla", 36))

    assert page.one("html")["lang"] == words.language
    assert page.one("form")["action"] == "/auth/enter"
    assert page.one("form")["method"] == "post"
    assert page.one("input", name="language")["value"] == words.language
    assert [radio["value"] for radio in page.all("input", name="gender")] == list(Gender)
    assert page.all("script") == []


def test_nothing_is_chosen_for_anybody(words: Words) -> None:
    page = Page(render_entry(words, "Treno", 0))

    assert [radio for radio in page.all("input", name="gender") if "checked" in radio] == []


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(words: Words) -> None:
    typed = {"alias": "a", "gender": "female", "next": "/p/treno"}
    refused = {"alias": words.say("error.alias_too_short", min=2)}

    text = render_entry(words, "Treno", 3, values=typed, errors=refused)

    page = Page(text)
    alias = page.one("input", name="alias")
    assert alias["value"] == "a"
    assert alias["aria-invalid"] == "true"
    assert "alias-error" in (alias["aria-describedby"] or "").split()
    assert page.one("p", id="alias-error")
    assert refused["alias"] in text
    assert "checked" in page.one("input", value="female")
    assert page.one("input", name="next")["value"] == "/p/treno"
    assert page.all("p", id="gender-error") == []


def test_a_missing_gender_is_told_at_the_choices(words: Words) -> None:
    refused = {"gender": words.say("error.gender_missing")}

    page = Page(render_entry(words, "Treno", 3, errors=refused))

    assert page.one("fieldset")["aria-describedby"] == "gender-error"
    assert page.one("p", id="gender-error")


def test_what_belongs_to_the_whole_form_is_told_there(words: Words) -> None:
    refused = {"": words.say("error.too_fast", seconds=7)}

    text = render_entry(words, "Treno", 3, errors=refused, notice=words.say("ended.title"))

    assert Page(text).one("p", id="form-error")
    assert words.say("ended.title") in text


def test_what_a_person_typed_is_shown_as_text(words: Words) -> None:
    typed = {"alias": ATTACK, "gender": ATTACK, "place": ATTACK, "next": ATTACK}

    page = Page(render_entry(words, ATTACK, 1, values=typed, errors={"alias": ATTACK}))

    assert page.all("script") == []
    assert page.one("input", name="alias")["value"] == ATTACK


def test_every_description_exists(words: Words) -> None:
    text = render_entry(words, "Treno", 1, errors={"alias": "x", "gender": "y", "": "z"})

    page = Page(text)
    ids = {attributes["id"] for _, attributes in page.found if "id" in attributes}
    described = {
        name
        for _, attributes in page.found
        for name in (attributes.get("aria-describedby") or "").split()
    }
    assert described
    assert described <= ids


def test_every_style_and_symbol_is_there(words: Words) -> None:
    text = render_entry(words, "Treno", 1, errors={"alias": "x"})

    assert all((ASSETS / sheet.lstrip("/")).is_file() for sheet in STYLESHEETS)
    assert len(STYLESHEETS) == len(list((ASSETS / "styles").glob("*.css")))
    for sheet, name in re.findall(r'href="/(\w+)\.svg#(\w+)"', text):
        assert f'id="{name}"' in (ASSETS / f"{sheet}.svg").read_text()


def test_a_notice_says_one_thing_and_the_next_step(words: Words) -> None:
    page = Page(render_notice_page(words, "Titolo <1>", "Testo & fine", ("Avanti", "/it?a=1&b=2")))

    assert page.one("a", **{"class": "btn act lg wide"})["href"] == "/it?a=1&b=2"
    assert len(page.all("h1")) == 1
    assert page.all("script") == []


def test_who_is_known_may_go_on_as_themselves(words: Words) -> None:
    text = render_entry(words, "Treno", 1, known=("ada <3", "/p/treno"))

    assert Page(text).one("a", href="/p/treno")
    assert words.say("entry.continue", alias="ada &lt;3") in text
