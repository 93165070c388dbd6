"""What a model may do for the person who asks: their own tasks, if they speak of them; no more.

All of it happens on the thread that asked: once that has stopped waiting, nothing is done any more.
"""

from collections.abc import Callable, Mapping

from treno_chat.assistant.intents import Verb
from treno_chat.assistant.matching import match_tasks
from treno_chat.assistant.model.pointing import means
from treno_chat.assistant.model.prompt import inert, pages_block
from treno_chat.assistant.model.task_words import is_said_by, speaks_of_tasks
from treno_chat.assistant.task_talk import Pending, ToolCall
from treno_chat.assistant.tools import Tools
from treno_chat.assistant.writing import Brief, NumberedPassage
from treno_chat.domain.assistant.tasks import Task
from treno_chat.domain.refusals import ChatError
from treno_chat.domain.words import Words

MAX_ACTIONS = 3
SEARCH = "search_guide"

_SAID = {"add_task": "added", "complete_task": "done", "update_task": "renamed"}


class Toolbox:
    """The tools of one answer, and what was done with them."""

    def __init__(self, brief: Brief, words: Words) -> None:
        self._brief = brief
        self._words = words
        self._listed: list[Task] | None = None
        self._tries = 0
        self.passages: list[NumberedPassage] = list(brief.passages)
        self.calls: list[ToolCall] = []
        self.pending: Pending | None = None

    @property
    def offered(self) -> frozenset[str]:
        """Return the names of the tools that this question gives a reason for."""
        names: set[str] = {SEARCH} if self._brief.search else set()
        if self._brief.tools and speaks_of_tasks(self._brief):
            names |= self._doings().keys()
        return frozenset(names)

    @property
    def has_acted(self) -> bool:
        """Say whether anything is different now, so that trying again would do it twice."""
        return any(call.name in _SAID for call in self.calls) or self.pending is not None

    def use(self, name: str, arguments: Mapping[str, str]) -> str:
        """Do what a model asks for, and return what it is told; a refusal is told, not raised."""
        if name not in self.offered:
            return "There is no such tool here."
        self._tries += 1
        if self._tries > MAX_ACTIONS:
            return "Nothing more can be done in this answer."
        try:
            if name == SEARCH:
                return self._search(arguments["query"])
            return self._doings()[name](arguments)
        except ChatError as refusal:
            return self._words.say(f"error.{refusal.code}", **refusal.params)

    def account(self) -> str:
        """Return what was done and what is asked back, in the words of the house."""
        done = [self._told(call) for call in self.calls if call.name in _SAID]
        if self.pending is not None:
            done.append(self._say("delete_ask", title=self.pending.title))
        return "\n".join(done)

    def _doings(self) -> dict[str, Callable[[Mapping[str, str]], str]]:
        return {
            "add_task": lambda given: self._add(given["title"]),
            "list_tasks": lambda _given: self._list(),
            "complete_task": lambda given: self._complete(given["task"]),
            "update_task": lambda given: self._rename(given["task"], given["new_title"]),
            "delete_task": lambda given: self._ask_to_delete(given["task"]),
        }

    def _search(self, query: str) -> str:
        found = self._brief.search(query) if self._brief.search else ()
        known = {passage.number for passage in self.passages}
        self.passages += [passage for passage in found if passage.number not in known]
        return pages_block(found) or "No page speaks of that."

    def _add(self, title: str) -> str:
        if not is_said_by(self._brief, title):
            return "The person did not say that. Ask what is to be written down."
        task = self._tools.add_task(title)
        self._tasks.append(task)
        return self._note("add_task", task.title, task.id)

    def _list(self) -> str:
        self.calls.append(ToolCall(name="list_tasks", arguments={}))
        rows = [
            f"{at}. {inert(task.title)}{' (done)' if task.is_done else ''}"
            for at, task in enumerate(self._tasks, start=1)
        ]
        return "\n".join(rows) or "There are no tasks."

    def _complete(self, said: str) -> str:
        task = self._one(said)
        if isinstance(task, str):
            return task
        done = self._tools.complete_task(task.id)
        return self._note("complete_task", done.title, done.id)

    def _rename(self, said: str, title: str) -> str:
        task = self._one(said)
        if isinstance(task, str):
            return task
        if not is_said_by(self._brief, title):
            return "The person did not say that. Ask what it is to be called."
        renamed = self._tools.rename_task(task.id, title)
        return self._note("update_task", renamed.title, renamed.id)

    def _ask_to_delete(self, said: str) -> str:
        task = self._one(said)
        if isinstance(task, str):
            return task
        # Only the person's own yes deletes: the next message answers this, without a model.
        self.pending = Pending(verb=Verb.DELETE, tasks=(task.id,), title=task.title)
        return "The person is asked whether that is really meant."

    def _one(self, said: str) -> Task | str:
        """Return the task that the person means, or what a model is told when there is none."""
        found = match_tasks(said, self._tasks)
        if len(found) > 1:
            return "Several tasks may be meant. Ask which one."
        if not found:
            return "There is no such task."
        is_meant = means(self._brief, found[0], self._tasks)
        return found[0] if is_meant else "The person did not speak of that one. Ask which one."

    @property
    def _tasks(self) -> list[Task]:
        # Read once: the numbers that a model has seen go on meaning the same tasks.
        if self._listed is None:
            self._listed = list(self._tools.list_tasks())
        return self._listed

    @property
    def _tools(self) -> Tools:
        if self._brief.tools is None:
            raise LookupError("an answer without tools used one")
        return self._brief.tools

    def _note(self, name: str, title: str, task: str) -> str:
        call = ToolCall(name=name, arguments={"id": task, "title": title})
        self.calls.append(call)
        return self._told(call)

    def _told(self, call: ToolCall) -> str:
        return self._say(_SAID[call.name], title=call.arguments["title"])

    def _say(self, key: str, *, title: str) -> str:
        return self._words.say(f"assistant.task_{key}", title=title)
