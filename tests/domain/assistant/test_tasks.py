"""Tasks: what may be written about one, to the character."""

import pytest

from treno_chat.domain.assistant.tasks import (
    MAX_DESCRIPTION,
    MAX_TITLE,
    clean_description,
    clean_task_title,
)
from treno_chat.domain.refusals import Invalid


@pytest.mark.parametrize("one", ["x", "è", "🎉", "👩🏽‍🚀"])
def test_exactly_as_many_characters_as_a_reader_sees(one: str) -> None:
    assert clean_task_title(one * MAX_TITLE) == one * MAX_TITLE
    assert clean_description(one * MAX_DESCRIPTION) == one * MAX_DESCRIPTION
    with pytest.raises(Invalid, match="invalid_title"):
        clean_task_title(one * (MAX_TITLE + 1))
    with pytest.raises(Invalid, match="description_too_long"):
        clean_description(one * (MAX_DESCRIPTION + 1))


def test_a_description_has_lines_and_may_be_empty() -> None:
    assert clean_description(" latte\r\nuova\rpane\tintegrale ") == "latte\nuova\npane\tintegrale"
    assert clean_description(" \n ") == ""


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\udfff", "a\u2029b", "a\x85b"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_description(text)

    assert (refused.value.code, refused.value.field) == ("invalid_description", "description")
