"""The assistant is named, or something that only looks like its name."""

import pytest

from treno_chat.domain.assistant.mentions import question_in


@pytest.mark.parametrize(
    ("body", "question"),
    [
        ("@treno c’è il Wi-Fi?", "c’è il Wi-Fi?"),
        ("@Treno, c’è il Wi-Fi?", "c’è il Wi-Fi?"),
        ("Scusa @TRENO: dov’è il bar?", "Scusa dov’è il bar?"),
        ("(@treno) e il bar?\nGrazie", "( ) e il bar? Grazie"),
        ("@treno", ""),
        (" @treno ! ", "!"),
    ],
)
def test_what_is_asked_is_all_but_the_name(body: str, question: str) -> None:
    assert question_in(body) == question


@pytest.mark.parametrize(
    "body",
    [
        "treno",
        "@trenord è in ritardo",
        "@treno_chat",
        "@treno-chat",
        "scrivi a ada@treno.example",
        "https://example.org/@treno",
        "@@treno",
        "@\u200btreno",
    ],
)
def test_what_only_looks_like_it_is_nothing(body: str) -> None:
    assert question_in(body) is None
