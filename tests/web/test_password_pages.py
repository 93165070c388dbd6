"""The pages of passwords: in both languages, with what password managers and refusals need."""

import json

import pytest

from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in
from treno_chat.web.pages.password import PAGES, login_page, reset_page, sign_up_page, title_of


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    language: Language = request.param
    return words_in(language)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_speaks_and_says_no_in_the_form(words: Words, name: str) -> None:
    page = str(PAGES[name](words))

    assert json.dumps(title_of(words, name)) in page
    assert '"data-error-for":""' in page
    assert '"data-post":"/auth/' in page


def test_password_managers_know_what_is_asked_for(words: Words) -> None:
    assert 'autoComplete:"current-password"' in str(login_page(words))
    assert 'autoComplete:"new-password"' in str(sign_up_page(words))
    assert 'autoComplete:"username email"' in str(sign_up_page(words))
    assert 'autoComplete:"new-password"' in str(reset_page(words))


def test_nothing_keeps_anybody_from_pasting_a_long_password(words: Words) -> None:
    for page in (str(login_page(words)), str(sign_up_page(words))):
        field = page.split('name:"password"')[0].rsplit("jsx(", 1)[1]
        assert "maxLength" not in field
        assert "onPaste" not in page
