"""A second question: a short one stays on its page, a new topic is noticed."""

import pytest

from tests.assistant.golden import read_golden
from treno_chat.assistant.finding import Question
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import Language

FOLLOW_UPS: tuple[tuple[Language, str, str], ...] = (
    ("it", "E quanto costa?", "bikes"),
    ("en", "And what does it cost?", "pets"),
    ("it", "E se non funziona?", "sockets"),
    ("it", "E di mattina?", "pets"),
    ("en", "And after two hours?", "delays"),
    ("en", "Is it free?", "wifi"),
    ("it", "E se è pieno?", "seats"),
    ("it", "Chi lo vede?", "privacy"),
    ("en", "And for guests?", "privacy"),
    ("it", "E se ne perdo uno?", "recovery"),
    ("en", "What if it is closed?", "toilets"),
    ("it", "Quanti ne posso avere?", "passkeys"),
)


def _first(retriever: HybridRetriever, shelf: Shelf, question: Question) -> str:
    return retriever.find(question, shelf).hits[0].page.slug


def test_short_follow_ups_mostly_stay_on_their_page(
    by_meaning: HybridRetriever, shelf: Shelf
) -> None:
    def stayed(*, remembering: bool) -> int:
        return sum(
            slug
            == _first(
                by_meaning,
                shelf,
                Question(text=text, language=language, cited=slug if remembering else None),
            )
            for language, text, slug in FOLLOW_UPS
        )

    assert stayed(remembering=True) >= 9
    assert stayed(remembering=False) <= 5


def test_the_page_before_answers_little_of_what_no_page_answers(
    by_meaning: HybridRetriever, shelf: Shelf
) -> None:
    unanswerable = read_golden("golden")["unanswerable"]

    answered = [
        by_meaning.find(
            Question(text=asked["question"], language=asked["lang"], cited=before), shelf
        ).is_relevant
        for asked in unanswerable
        for before in ("bikes", "wifi", "delays", "privacy", "tickets", "pets")
    ]

    assert sum(answered) <= 0.10 * len(answered)


@pytest.mark.parametrize(
    ("language", "text", "before", "slug"),
    [
        ("it", "E il bagno dov’è?", "bikes", "toilets"),
        ("en", "And where is the bar?", "pets", "bar"),
        ("it", "Come cancello il mio account?", "wifi", "delete-everything"),
        ("en", "Can I smoke?", "tickets", "smoking"),
        ("it", "Posso portare il cane?", "bikes", "pets"),
        ("en", "Do kids pay?", "tickets", "children"),
        ("it", "E le prese?", "wifi", "sockets"),
        ("en", "How long are messages kept?", "how-chat-works", "privacy"),
    ],
)
def test_a_new_topic_is_noticed(
    by_meaning: HybridRetriever,
    shelf: Shelf,
    *,
    language: Language,
    text: str,
    before: str,
    slug: str,
) -> None:
    question = Question(text=text, language=language, cited=before)

    assert _first(by_meaning, shelf, question) == slug
