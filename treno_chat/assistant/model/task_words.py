"""Whether it is the person who wants something done: pages and models only claim so."""

import re

from treno_chat.assistant import grammar_en, grammar_it
from treno_chat.assistant.filler import FILLER
from treno_chat.assistant.intents import read_intent
from treno_chat.assistant.tokens import stems_in_any, words_of
from treno_chat.assistant.writing import Brief
from treno_chat.domain.assistant.conversations import Role

_ABOUT = re.compile(grammar_en.ABOUT + "|" + grammar_it.ABOUT, re.IGNORECASE)


def speaks_of_tasks(brief: Brief) -> bool:
    """Say whether the person speaks of tasks, in the question or right before it."""
    return any(_is_about_tasks(text) for text in _own_messages(brief))


def is_said_by(brief: Brief, title: str) -> bool:
    """Say whether a title is mostly what the person said, not what stands elsewhere."""
    telling = telling_words(title)
    return bool(telling) and len(words_said_of(brief, title)) * 2 >= len(telling)


def words_said_of(brief: Brief, title: str) -> list[str]:
    """Return those words of a title that the person said, in any of their forms."""
    said = stems_in_any(" ".join(telling_words("\n".join(_own_messages(brief)))))
    return [word for word in telling_words(title) if stems_in_any(word) & said]


def telling_words(text: str) -> list[str]:
    """Return the words of a text that are no filler in any language."""
    filler = frozenset[str]().union(*FILLER.values())
    return [word for word in words_of(text) if word not in filler]


def _is_about_tasks(text: str) -> bool:
    intent = read_intent(text)
    return _ABOUT.search(text) is not None or (intent is not None and intent.is_plain)


def _own_messages(brief: Brief) -> list[str]:
    before = [turn.text for turn in brief.turns if turn.role is Role.USER]
    return [*before[-1:], brief.question]
