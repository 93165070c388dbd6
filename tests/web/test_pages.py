"""Every page builds, and says only words that there are."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import reflex as rx

from treno_chat.domain.words import LANGUAGES
from treno_chat.locales import load_catalogues, words_in
from treno_chat.web.pages.assistant import assistant_page
from treno_chat.web.pages.create_account import create_account_page
from treno_chat.web.pages.desk import desk_page
from treno_chat.web.pages.entry import entry_page
from treno_chat.web.pages.room import room_page, rooms_page
from treno_chat.web.pages.tasks import tasks_page

WEB = Path(__file__).parent.parent.parent / "treno_chat" / "web"
SAID = re.compile(r'\bsay(_count)?\(\s*"([a-z_.]+)"')


@pytest.mark.parametrize("page", [room_page, rooms_page])
def test_the_inside_builds(page: Callable[[], rx.Component]) -> None:
    drawn = page()

    assert isinstance(drawn, rx.Component)
    assert "composer-text" in json.dumps(drawn.render(), default=str)


def test_the_tasks_build() -> None:
    drawn = json.dumps(tasks_page().render(), default=str)

    assert all(f"task-{form}" in drawn for form in ("add", "tick", "edit", "remove"))


def test_the_desk_builds() -> None:
    drawn = json.dumps(desk_page().render(), default=str)

    assert all(form in drawn for form in ("page-keep", "page-remove", "question-settle"))


def test_the_assistant_builds() -> None:
    drawn = json.dumps(assistant_page().render(), default=str)

    assert all(f"assistant-{part}" in drawn for part in ("text", "search", "log", "rename"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_builds_in_every_language(language: str) -> None:
    words = words_in("it" if language == "it" else "en")

    for page in (entry_page(words), create_account_page(words)):
        assert "data-entry" in json.dumps(page.render(), default=str)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_page_says_is_in_the_catalogue(language: str) -> None:
    catalogue = load_catalogues()["it" if language == "it" else "en"]
    said = [
        key if not counted else f"{key}.{form}"
        for file in WEB.rglob("*.py")
        for counted, key in SAID.findall(file.read_text(encoding="utf-8"))
        for form in (("one", "other") if counted else ("",))
    ]

    assert said
    assert [key for key in said if key not in catalogue and not key.endswith(".")] == []
