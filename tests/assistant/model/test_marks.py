"""What a model wrote is made fit: no mark without a source, no way out to somewhere else."""

import pytest

from treno_chat.assistant.model.marks import (
    MAX_TEXT,
    fit_to_show,
    has_mark,
    has_sentence,
    without_open_mark,
)

SAID = ("Vedi https://treno.example/wifi e www.treno.example.",)


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("La rete è TRENO [1].", "La rete è TRENO [1]."),
        ("La rete è TRENO[1][2].", "La rete è TRENO [1] [2]."),
        ("La rete è TRENO [1, 2].", "La rete è TRENO [1] [2]."),
        ("La rete è TRENO [^2].", "La rete è TRENO [2]."),
        ("La rete è TRENO [3].", "La rete è TRENO."),
        ("La rete è TRENO [0] [17, 1].", "La rete è TRENO [1]."),
        ("Nel [vagone] bar [1].", "Nel [vagone] bar [1]."),
        ("Vedi [qui](https://evil.example/?a=1) [1].", "Vedi qui [1]."),
        ("![x](https://evil.example/p.png) Ecco.", "x Ecco."),
        ("Vedi https://evil.example/x.", "Vedi …"),
        ("Vedi WWW.evil.example!", "Vedi …"),
        ("Vedi https://treno.exam o www.treno.ex.", "Vedi … o …"),
        ("Vedi https://treno.example/wifi.", "Vedi https://treno.example/wifi."),
        ("Uno\x00 due\u2028 tre\x1b[31m\ud800", "Uno due tre[31m"),
        ("a\n\nb", "a\n\nb"),
        ("<think>Che\nvuole?</think>Sì [1].", "Sì [1]."),
        ("<thinking>Che vuole? La", ""),
    ],
)
def test_a_text_is_made_fit_to_show(text: str, fit: str) -> None:
    assert fit_to_show(text, numbers={1, 2}, said=SAID) == fit


def test_a_text_without_an_end_gets_one() -> None:
    assert len(fit_to_show("a" * 10 * MAX_TEXT, numbers=(), said=())) == MAX_TEXT


@pytest.mark.parametrize("tail", [" [", "[1", " [1, ", "[^"])
def test_half_a_mark_is_not_shown(tail: str) -> None:
    assert without_open_mark(f"La rete{tail}") == "La rete"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("Sì.", True), ("Sì [1]. E", True), ("Sì! [1]", True), ("Sono 3.5", False), ("La re", False)],
)
def test_a_sentence_has_an_end(text: str, *, is_one: bool) -> None:
    assert has_sentence(text) is is_one


def test_a_mark_is_a_number_in_brackets() -> None:
    assert has_mark("Sì [1].")
    assert not has_mark("Sì [forse].")
