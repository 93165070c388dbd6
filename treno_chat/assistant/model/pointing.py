"""Which tasks the person means, by their own words: no page and no model says it for them."""

import re
from collections.abc import Iterator, Sequence

from treno_chat.assistant import grammar_en, grammar_it
from treno_chat.assistant.model.marks import has_mark
from treno_chat.assistant.model.task_words import is_said_by, telling_words, words_said_of
from treno_chat.assistant.tokens import stems_in_any, words_of
from treno_chat.assistant.writing import Brief
from treno_chat.domain.assistant.conversations import Role
from treno_chat.domain.assistant.tasks import Task

_LAST = len(grammar_en.ORDINALS) - 1
# What follows a number that stands for a task: "the first is done", and not "the first class".
_AFTER = rf"(?=\s*(?:$|[.,;:!?)]|(?:{grammar_en.AFTER_NUMBER}|{grammar_it.AFTER_NUMBER})\b))"
_DIGITS = re.compile(
    rf"(?:^|[#,]|\b(?:{grammar_en.BEFORE_NUMBER}|{grammar_it.BEFORE_NUMBER})\b\.?)\s*"
    rf"(\d{{1,3}}){_AFTER}",
    re.IGNORECASE,
)
_ORDINALS = tuple(
    re.compile(rf"(?:\bthe |\b(?:il|lo|la) |\bl['’])(?:{english}|{italian}){_AFTER}", re.IGNORECASE)
    for english, italian in zip(grammar_en.ORDINALS, grammar_it.ORDINALS, strict=True)
)
_POINTING = re.compile(grammar_en.POINTING + "|" + grammar_it.POINTING, re.IGNORECASE)


def means(brief: Brief, task: Task, tasks: Sequence[Task]) -> bool:
    """Say whether the person named a task, said its number, or pointed at it."""
    return (
        _is_named(brief, task, tasks)
        or task in _counted(brief.question, tasks)
        or (_POINTING.search(brief.question) is not None and _just_told(brief, tasks) == [task])
    )


def _is_named(brief: Brief, task: Task, tasks: Sequence[Task]) -> bool:
    """Say whether its title was said: all of it, or half with a word that no other task has."""
    if not is_said_by(brief, task.title):
        return not telling_words(task.title) and _stands_in(brief.question, task.title)
    others = " ".join(each.title for each in tasks if each.id != task.id and not each.is_done)
    said, elsewhere = words_said_of(brief, task.title), stems_in_any(others)
    is_whole = len(said) == len(telling_words(task.title))
    return is_whole or any(stems_in_any(word).isdisjoint(elsewhere) for word in said)


def _counted(question: str, tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks whose number in the list was said, in digits or as a word."""
    return [tasks[at] for at in _places(question, len(tasks)) if 0 <= at < len(tasks)]


def _places(question: str, count: int) -> Iterator[int]:
    yield from (int(found[1]) - 1 for found in _DIGITS.finditer(question.strip()))
    for at, pattern in enumerate(_ORDINALS):
        if pattern.search(question):
            yield count - 1 if at == _LAST else at


def _just_told(brief: Brief, tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks that the answer right before spoke of; one with a mark quotes a page."""
    last = brief.turns[-1] if brief.turns else None
    if last is None or last.role is not Role.ASSISTANT or has_mark(last.text):
        return []
    return [task for task in tasks if _stands_in(last.text, task.title)]


def _stands_in(text: str, title: str) -> bool:
    """Say whether a title stands in a text, word by word; one of signs alone as it is."""
    words = words_of(title)
    if not words:
        return title in text
    return f" {' '.join(words)} " in f" {' '.join(words_of(text))} "
