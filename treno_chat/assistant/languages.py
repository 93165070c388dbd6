"""Telling in which language a question is, by the small words that stand in it."""

from treno_chat.assistant.filler import FILLER
from treno_chat.assistant.tokens import words_of
from treno_chat.domain.words import LANGUAGES, Language


def detect_language(text: str, *, otherwise: Language) -> Language:
    """Return the language that most small words vote for; on a tie, that of the screen."""
    votes = {language: _votes(text, language) for language in LANGUAGES}
    best = max(votes.values())
    leaders: list[Language] = [language for language in LANGUAGES if votes[language] == best]
    return leaders[0] if len(leaders) == 1 else otherwise


def _votes(text: str, language: Language) -> int:
    others: set[str] = set()
    others.update(*(FILLER[other] for other in LANGUAGES if other != language))
    return sum(word in FILLER[language] and word not in others for word in words_of(text))
