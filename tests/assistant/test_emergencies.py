"""Emergencies come first: what is said of one is answered with the number to call."""

import pytest

from treno_chat.assistant.answering import Answerer
from treno_chat.assistant.emergencies import urgent_slug
from treno_chat.assistant.finding import Question
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import Language, Words

EMERGENCIES: tuple[tuple[Language, str], ...] = (
    ("it", "Un signore è crollato a terra, che faccio?"),
    ("it", "Mio marito ha un infarto"),
    ("it", "Una donna perde sangue"),
    ("it", "C’è del fumo in carrozza"),
    ("it", "Sta andando a fuoco un sedile!"),
    ("it", "Mi sento male"),
    ("it", "Un signore si sente male, che devo fare?"),
    ("it", "Mio padre non respira più"),
    ("it", "La ragazza accanto a me ha le convulsioni"),
    ("it", "Un bambino sta soffocando"),
    ("it", "Mia moglie sta per partorire"),
    ("it", "Un uomo ha un coltello"),
    ("it", "Sento odore di bruciato"),
    ("it", "C’è un ferito, chi chiamo?"),
    ("it", "Credo che abbia un ictus"),
    ("it", "Ho un forte dolore al petto"),
    ("en", "A man has collapsed, what should I do?"),
    ("en", "My friend is having a heart attack"),
    ("en", "Someone is bleeding"),
    ("en", "There is smoke in the carriage"),
    ("en", "A seat is on fire!"),
    ("en", "I feel unwell"),
    ("en", "The woman opposite is not breathing"),
    ("en", "My father is unconscious, please help"),
    ("en", "A child is choking"),
    ("en", "She is having a seizure"),
    ("en", "My wife is going into labour"),
    ("en", "A man has a knife"),
    ("en", "I smell something burning"),
    ("en", "Somebody is injured, whom do I call?"),
    ("en", "I think he is having a stroke"),
    ("en", "I have a bad pain in my chest"),
    ("it", "Aiuto, un ragazzo è svenuto vicino alla porta"),
    ("it", "Mia madre ha perso conoscenza"),
    ("it", "Il signore davanti ha una crisi epilettica"),
    ("it", "Sto avendo un attacco di cuore"),
    ("it", "Vedo delle fiamme"),
    ("it", "Esce fumo dal bagno"),
    ("it", "Qualcuno è caduto e si è fatto molto male"),
    ("it", "Un passeggero mi minaccia con un’arma"),
    ("it", "Ho una reazione allergica"),
    ("it", "Mi gira la testa e mi manca il respiro"),
    ("en", "Help, a boy fainted near the door"),
    ("en", "My mother has lost consciousness"),
    ("en", "The man opposite is having an epileptic fit"),
    ("en", "I am having heart trouble"),
    ("en", "I see flames"),
    ("en", "Smoke is coming out of the toilet"),
    ("en", "Somebody fell and is badly hurt"),
    ("en", "A passenger threatens me with a weapon"),
    ("en", "I am having an allergic reaction"),
    ("en", "I am dizzy and short of breath"),
)
HARMLESS: tuple[tuple[Language, str, str], ...] = (
    ("it", "Posso fumare?", "smoking"),
    ("en", "Where can I smoke?", "smoking"),
    ("it", "Fa un caldo soffocante", "temperature"),
    ("en", "It is stifling hot in here", "temperature"),
    ("en", "My phone is dying", "sockets"),
    ("it", "Il telefono mi sta morendo", "sockets"),
    ("en", "I am sick of the noise", "quiet-car"),
    ("it", "Non si respira qui, posso aprire il finestrino?", "temperature"),
)


@pytest.mark.parametrize(("language", "text"), EMERGENCIES)
def test_whoever_speaks_of_an_emergency_is_told_whom_to_call(
    by_meaning: HybridRetriever,
    shelf: Shelf,
    words: dict[Language, Words],
    *,
    language: Language,
    text: str,
) -> None:
    answer = Answerer(by_meaning, words).answer(text, shelf, screen=language)

    assert not answer.is_refusal
    assert answer.sources[0].slug == "emergency"
    assert "112" in answer.text


def test_without_vectors_unmistakable_words_are_enough(shelf: Shelf) -> None:
    retriever = LexicalRetriever()

    for language, text in EMERGENCIES:
        if urgent_slug(text):
            found = retriever.find(Question(text=text, language=language), shelf)
            assert (found.is_relevant, found.hits[0].page.slug) == (True, "emergency"), text


@pytest.mark.parametrize(("language", "text", "slug"), HARMLESS)
def test_what_only_sounds_like_one_is_answered_as_it_is_meant(
    by_meaning: HybridRetriever, shelf: Shelf, *, language: Language, text: str, slug: str
) -> None:
    found = by_meaning.find(Question(text=text, language=language), shelf)

    assert (urgent_slug(text), found.hits[0].page.slug) == (None, slug)


def test_an_emergency_leaves_what_was_spoken_of_before(
    by_meaning: HybridRetriever, shelf: Shelf
) -> None:
    question = Question(text="Mio padre è svenuto", language="it", cited="bikes")

    assert by_meaning.find(question, shelf).hits[0].page.slug == "emergency"
