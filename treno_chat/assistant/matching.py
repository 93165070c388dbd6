"""Which tasks a person means by the words or the number they say."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from treno_chat.assistant.filler import FILLER
from treno_chat.assistant.intents import read_number
from treno_chat.assistant.tokens import words_of
from treno_chat.domain.assistant.tasks import Task
from treno_chat.domain.words import LANGUAGES

_ALIKE = 0.6
_MOST = 9


def match_tasks(said: str, tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Return the tasks that may be meant, the likeliest first; an exact title is alone."""
    number = read_number(said)
    if number is not None and 1 <= number <= len(tasks):
        return (tasks[number - 1],)
    wanted = _core(said)
    titles = {task.id: _core(task.title) for task in tasks}
    exact = tuple(task for task in tasks if titles[task.id] == wanted)
    if exact or not wanted:
        return exact
    likeness = {task.id: _likeness(wanted, titles[task.id]) for task in tasks}
    alike = [task for task in tasks if likeness[task.id] >= _ALIKE]
    return tuple(sorted(alike, key=lambda task: -likeness[task.id])[:_MOST])


def _core(text: str) -> str:
    """Return the words that tell, or all of them when none does: "the milk" is the milk."""
    words = words_of(text)
    telling = [word for word in words if not any(word in FILLER[each] for each in LANGUAGES)]
    return " ".join(telling or words)


def _likeness(wanted: str, title: str) -> float:
    # "bread" means "buy the bread": whole words inside a title count as the title.
    if f" {wanted} " in f" {title} ":
        return 1.0
    return SequenceMatcher(None, wanted, title, autojunk=False).ratio()
