"""What the pages answer and what they do not, as people ask; `-s` prints the shares.

`golden.json` is the promise. For `fresh.json`, written last, no page was touched: it is nearer to
what to expect of questions that nobody thought of. `near.json` asks what belongs to a journey and
stands on no page, and what does in other words; it was written before it was ever asked, and what
it showed was mended. For `later.json`, its like, no page was touched: such questions go so.
"""

from dataclasses import asdict

from tests.assistant.golden import Measured, measure, read_golden
from treno_chat.assistant.finding import Retriever
from treno_chat.assistant.hybrid import HybridRetriever
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.domain.assistant.pages import Shelf
from treno_chat.domain.words import LANGUAGES, Language, Words

Shelves = dict[Language, Shelf]
Spoken = dict[Language, Words]


def _measure(
    name: str, retriever: Retriever, shelf: Shelf, *, shelves: Shelves, words: Spoken
) -> Measured:
    measured = measure(read_golden(name), retriever, shelf, shelves=shelves, words=words)
    shares = ", ".join(f"{key} {value:.3f}" for key, value in asdict(measured).items())
    print(f"\n{name}, {type(retriever).__name__}: {shares}")  # noqa: T201 - for who asks with -s
    return measured


def test_the_set_is_large_enough_and_speaks_both_languages() -> None:
    golden = read_golden("golden")
    asked = [each["lang"] for each in golden["answerable"]]
    refused = [each["lang"] for each in golden["unanswerable"]]

    assert min(asked.count(language) for language in LANGUAGES) >= 60
    assert min(refused.count(language) for language in LANGUAGES) >= 16
    assert len({each["question"] for each in golden["answerable"]}) == len(asked)


def test_every_question_asks_for_a_page_that_exists(shelf: Shelf) -> None:
    slugs = {page.slug for page in shelf.pages}

    for name in ("golden", "fresh", "near", "later"):
        golden = read_golden(name)
        for asked in (*golden["answerable"], *golden["unanswerable"]):
            assert set(asked.get("slugs", ())) <= slugs, asked["question"]


def test_by_meaning_the_promise_holds(
    by_meaning: HybridRetriever, shelf: Shelf, shelves: Shelves, words: Spoken
) -> None:
    measured = _measure("golden", by_meaning, shelf, shelves=shelves, words=words)

    assert measured.found_it >= 0.95
    assert measured.found_en >= 0.95
    assert measured.found_across >= 0.75
    assert measured.answered >= 0.88
    assert measured.wrongly_answered <= 0.10
    assert measured.wrongly_refused <= 0.05


def test_by_meaning_fresh_questions_are_refused_sooner_than_answered_wrongly(
    by_meaning: HybridRetriever, shelf: Shelf, shelves: Shelves, words: Spoken
) -> None:
    measured = _measure("fresh", by_meaning, shelf, shelves=shelves, words=words)

    assert min(measured.found_it, measured.found_en) >= 0.85
    assert measured.answered >= 0.65
    assert measured.wrongly_answered <= 0.10
    assert measured.wrongly_refused <= 0.20


def test_by_meaning_what_is_near_is_seldom_answered_from_a_page_that_does_not_know_it(
    by_meaning: HybridRetriever, shelf: Shelf, shelves: Shelves, words: Spoken
) -> None:
    measured = _measure("near", by_meaning, shelf, shelves=shelves, words=words)

    assert min(measured.found_it, measured.found_en) >= 0.90
    assert measured.answered >= 0.68
    assert measured.wrongly_answered <= 0.20
    assert measured.wrongly_refused <= 0.12


def test_by_meaning_of_such_questions_seen_for_the_first_time_a_fifth_goes_wrong(
    by_meaning: HybridRetriever, shelf: Shelf, shelves: Shelves, words: Spoken
) -> None:
    measured = _measure("later", by_meaning, shelf, shelves=shelves, words=words)

    assert min(measured.found_it, measured.found_en) >= 0.70
    assert measured.answered >= 0.65
    assert measured.wrongly_answered <= 0.30
    assert measured.wrongly_refused <= 0.15


def test_by_words_alone_the_own_language_is_still_found(
    shelf: Shelf, shelves: Shelves, words: Spoken
) -> None:
    measured = _measure("golden", LexicalRetriever(), shelf, shelves=shelves, words=words)

    assert min(measured.found_it, measured.found_en) >= 0.90
    assert measured.answered >= 0.65
    assert measured.wrongly_answered <= 0.10
    assert measured.wrongly_refused <= 0.30
