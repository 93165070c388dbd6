"""Whether it is the person who wants something done: pages and models only claim so."""

from treno_chat.assistant.filler import FILLER
from treno_chat.assistant.tokens import stems_in_any, words_of
from treno_chat.assistant.writing import Brief
from treno_chat.domain.assistant.conversations import Role

# As people name their lists, in both languages; each is looked for by its stem.
_NAMES = stems_in_any(
    "task tasks todo todos reminder remind note notes list lists"
    " compito compiti attività promemoria ricorda ricordami ricordarmi ricordi"
    " segna segnami segnare appunta appuntami appunto appunti annota annotami lista elenco"
)
_PHRASES = ("to do", "to-do", "da fare")


def speaks_of_tasks(brief: Brief) -> bool:
    """Say whether the person speaks of tasks, in the question or right before it."""
    said = _own_words(brief)
    return bool(stems_in_any(said) & _NAMES) or any(each in said.casefold() for each in _PHRASES)


def is_said_by(brief: Brief, title: str) -> bool:
    """Say whether a title is mostly what the person said, not what stands elsewhere."""
    said = _telling(_own_words(brief))
    words = [bool(stems_in_any(word) & said) for word in _telling_words(title)]
    return bool(words) and sum(words) * 2 >= len(words)


def _telling(text: str) -> frozenset[str]:
    return stems_in_any(" ".join(_telling_words(text)))


def _telling_words(text: str) -> list[str]:
    filler = frozenset[str]().union(*FILLER.values())
    return [word for word in words_of(text) if word not in filler]


def _own_words(brief: Brief) -> str:
    before = [turn.text for turn in brief.turns if turn.role is Role.USER]
    return "\n".join([*before[-1:], brief.question])
