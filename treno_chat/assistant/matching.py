"""Which tasks a person means by the words or the number they say, and how surely."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from treno_chat.assistant.filler import FILLER
from treno_chat.assistant.intents import Intent, casts_doubt, read_number, telling_words
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


def is_doubtful(intent: Intent, found: Sequence[Task]) -> bool:
    """Say whether somebody speaks of a task that is not done, or only asks, or not quite."""
    is_question = intent.is_asked and not intent.is_plain
    return is_question or casts_doubt(_said_besides(intent.title, found))


def is_sure(intent: Intent, task: Task) -> bool:
    """Say whether a task is meant so clearly that it may be changed without asking back."""
    if intent.is_asked:
        return False
    if intent.is_plain:
        return not _said_besides(intent.title, (task,))
    return _is_exact(intent.title, task)


def _is_exact(said: str, task: Task) -> bool:
    """Say whether this is a task's number or its title, and nothing besides."""
    is_title = _core(said) == _core(task.title) and not _said_besides(said, (task,))
    return read_number(said) is not None or is_title


def _said_besides(said: str, tasks: Sequence[Task]) -> frozenset[str]:
    """Return the words that tell something, and stand in the title of none of these tasks."""
    if read_number(said) is not None:
        return frozenset()
    return telling_words(said).difference(*(words_of(task.title) for task in tasks))


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
