"""What a writer is told: the question, what the pages say of it, and what was said before."""

from collections.abc import Sequence

from treno_chat.assistant.answering import LookedUp
from treno_chat.assistant.finding import Hit
from treno_chat.assistant.passages import passages_of
from treno_chat.assistant.writing import NumberedPassage

MAX_WORDS = 120


def number_passages(looked: LookedUp) -> tuple[NumberedPassage, ...]:
    """Return what was found as it may be quoted, numbered as the sources of the answer are."""
    return tuple(
        NumberedPassage(
            number=number,
            title=hit.page.title,
            text=_excerpt(hit),
            language=hit.page.language,
        )
        for number, hit in enumerate(looked.found.hits, start=1)
    )


def _excerpt(hit: Hit) -> str:
    """Return the paragraph that fits best and what follows it, and no more than can be read."""
    after = [each.text for each in passages_of(hit.page)[hit.passage.position :]]
    return " ".join(_words(after)[:MAX_WORDS])


def _words(texts: Sequence[str]) -> list[str]:
    return [word for text in texts for word in text.split()]
