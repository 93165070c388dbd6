"""The entry and the account page: built in both languages, with what the browser's code needs."""

import json

import pytest

from treno_chat.domain.people import Gender
from treno_chat.domain.policy import Policy
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in
from treno_chat.web.pages.create_account import create_account_page
from treno_chat.web.pages.entry import entry_page


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> Words:
    language: Language = request.param
    return words_in(language)


def test_the_entry_is_a_form_that_needs_no_script(words: Words) -> None:
    page = str(entry_page(words, place_name="Treno Lucca–Aulla", here="36"))

    assert 'action:"/auth/enter"' in page
    assert 'method:"post"' in page
    assert all(f'"{gender}"' in page for gender in Gender)
    assert words.say("entry.enter") in page


@pytest.mark.parametrize("name", ["alias", "gender", ""])
def test_every_refusal_of_the_entry_has_its_spot(words: Words, name: str) -> None:
    assert f'"data-error-for":"{name}"' in str(entry_page(words))


@pytest.mark.parametrize("name", ["alias", "gender", "phone", ""])
def test_every_refusal_of_the_account_page_has_its_spot(words: Words, name: str) -> None:
    assert f'"data-error-for":"{name}"' in str(create_account_page(words))


def test_the_entry_keeps_ready_what_it_says_after_the_end(words: Words) -> None:
    told = json.dumps(f"{words.say('ended.title')}. {words.say('ended.text')}")

    assert told in str(entry_page(words))


def test_passkeys_are_offered_by_button_and_by_autofill(words: Words) -> None:
    page = str(entry_page(words))

    assert '"data-passkey":"login"' in page
    assert 'autoComplete:"username webauthn"' in page


def test_the_ticket_promises_what_the_policy_keeps(words: Words) -> None:
    hours = Policy().promised_hours()

    assert hours == {"hours": 24, "grace": 2, "retention": 48}
    assert words.say("kept.messages_until", **hours) in str(entry_page(words))
