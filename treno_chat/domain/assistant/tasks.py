"""Tasks: a registered person's own list of what is to be done."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import regex

from treno_chat.domain.assistant.titles import TYPED_PER_GRAPHEME, clean_title
from treno_chat.domain.ids import TaskId
from treno_chat.domain.refusals import Invalid
from treno_chat.domain.talk.bodies import count_graphemes

MAX_TITLE = 200
MAX_DESCRIPTION = 1000
PAGE_SIZE = 50
MAX_TASKS = 1000

_LINE_END = regex.compile(r"\r\n?")
# A description has lines and tabs; no other control characters, and no half of a surrogate pair.
_UNWRITABLE = regex.compile(r"[\p{Cs}\p{Zl}\p{Zp}[\p{Cc}--[\n\t]]]", flags=regex.V1)


class TaskFilter(StrEnum):
    """Which tasks are meant."""

    ALL = "all"
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing to do; `done_at` says when it was."""

    id: TaskId
    title: str
    description: str
    created_at: datetime
    updated_at: datetime
    done_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left to do."""
        return self.done_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskChange:
    """What is to be different about a task; None leaves it as it is."""

    title: str | None = None
    description: str | None = None
    is_done: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskPage:
    """A page of tasks, newest first; `has_more` says whether older ones follow."""

    tasks: tuple[Task, ...]
    has_more: bool


def clean_task_title(text: str) -> str:
    """Return the title as it is kept, or refuse it."""
    return clean_title(text, maximum=MAX_TITLE)


def clean_description(text: str) -> str:
    """Return the description as it is kept, or refuse it; it may be empty."""
    if len(text) > MAX_DESCRIPTION * TYPED_PER_GRAPHEME:
        raise _too_long()
    clean = _LINE_END.sub("\n", unicodedata.normalize("NFC", text)).strip()
    if _UNWRITABLE.search(clean):
        raise Invalid("invalid_description", field="description")
    if count_graphemes(clean) > MAX_DESCRIPTION:
        raise _too_long()
    return clean


def _too_long() -> Invalid:
    return Invalid("description_too_long", field="description", max=MAX_DESCRIPTION)
