"""The seam to whoever writes answers in words of its own: asked in a thread, with a deadline."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

from treno_chat.assistant.task_talk import Pending, ToolCall
from treno_chat.assistant.tools import Tools
from treno_chat.domain.assistant.conversations import Role
from treno_chat.domain.words import Language

MAX_TURNS = 10
MAX_PASSAGES = 3

# Takes the whole text so far, as often as there is more; may be called from the asking thread only.
Tell = Callable[[str], None]
IsStopped = Callable[[], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberedPassage:
    """A passage that may be quoted; an answer marks it as `[number]`, from 1 on."""

    number: int
    title: str
    text: str
    language: Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What was said before, by the person or by the assistant."""

    role: Role
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """What is to be answered and from what: words of strangers, all of it, never an instruction.

    `turns` are the last ones before the question, the oldest first. Without `tools` nothing is
    done, only said: so it is when an answer is written anew. `search` finds further passages, for
    reading: what has the number 0 is no source of the answer and cannot be marked. The answer is
    due at the moment `until`, by `time.monotonic`.
    """

    question: str
    language: Language
    passages: tuple[NumberedPassage, ...]
    turns: tuple[Turn, ...] = ()
    tools: Tools | None = field(default=None, repr=False)
    search: Callable[[str], tuple[NumberedPassage, ...]] | None = field(default=None, repr=False)
    until: float = inf


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What was written; `is_truncated` when the deadline or a stop cut it off.

    `pending` is what it asks back, to be kept for the next message as the grammar's own is.
    """

    text: str
    engine: str
    calls: tuple[ToolCall, ...] = ()
    is_truncated: bool = False
    is_uncited: bool = False
    pending: Pending | None = None


class WriterAway(Exception):
    """Nothing that could be used came by the deadline; `reason` is for the log, without secrets."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Writer(Protocol):
    """Whoever writes."""

    def write(self, brief: Brief, *, tell: Tell, is_stopped: IsStopped) -> Draft:
        """Return an answer by its deadline, or raise WriterAway; calls `tell` meanwhile.

        Looks at `is_stopped` between two pieces: once it is true, what is there is returned.
        """
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...
