"""Sources as they are kept with an answer."""

from collections.abc import Iterable

from treno_chat.domain.assistant.answers import Citation
from treno_chat.domain.assistant.conversations import Source


def sources_of(citations: Iterable[Citation]) -> tuple[Source, ...]:
    """Return what an answer quotes, in the order of its marks."""
    return tuple(
        Source(
            title=each.title,
            snippet=each.snippet,
            position=str(each.position),
            slug=each.slug,
            language=each.language,
            updated=each.updated,
        )
        for each in citations
    )
