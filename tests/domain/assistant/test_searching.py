"""What is looked for is found without capitals and accents, and marked where it stands."""

from treno_chat.domain.assistant.searching import (
    EXCERPT,
    MAX_WORDS,
    Piece,
    excerpt_of,
    fold,
    pieces_of,
    words_in,
)


def test_capitals_and_accents_do_not_count() -> None:
    assert fold("Perché È già l’Ora") == "perche e gia l’ora"
    assert words_in("  Perché PERCHE ora ") == ("perche", "ora")


def test_only_so_many_words_are_looked_for() -> None:
    assert len(words_in(" ".join(map(str, range(50))))) == MAX_WORDS
    assert words_in(" \t") == ()


def test_a_text_is_all_of_its_pieces() -> None:
    text = "La città è città: straße, ﬁne"

    pieces = pieces_of(text, ("citta", "ss", "fi"))

    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_match] == ["città", "città", "ß", "ﬁ"]
    assert pieces_of("", ("a",)) == ()
    assert pieces_of("abc", ()) == (Piece(text="abc"),)


def test_an_excerpt_is_what_stands_around_the_first_word() -> None:
    text = "a " * 200 + "bici" + " b" * 200

    excerpt = excerpt_of(text, ("bici",))

    shown = "".join(piece.text for piece in excerpt)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert Piece(text="bici", is_match=True) in excerpt
    assert len(shown) == EXCERPT + 2
    assert excerpt_of("breve", ("x",)) == (Piece(text="breve"),)
