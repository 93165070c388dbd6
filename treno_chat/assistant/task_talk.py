"""Talking about tasks: does what is clear, asks back where it is not, deletes only after a yes.

A wish is clear if it names a task and says nothing besides; what is no plain wish names it in full.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from treno_chat.assistant.intents import (
    Intent,
    Verb,
    is_empty,
    read_intent,
    read_number,
    read_title,
    says_no,
    says_yes,
)
from treno_chat.assistant.matching import is_doubtful, is_sure, match_tasks
from treno_chat.assistant.tools import Tools
from treno_chat.domain.assistant.tasks import Task
from treno_chat.domain.refusals import ChatError
from treno_chat.domain.words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolCall:
    """What was done to the tasks, for the record."""

    name: str
    arguments: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pending:
    """What was asked back: which of these tasks, whether really, or, without a title, what."""

    verb: Verb
    tasks: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskReply:
    """What is said about tasks, what was done, and what the next message may answer."""

    text: str
    calls: tuple[ToolCall, ...] = ()
    pending: Pending | None = None


def talk_of_tasks(
    text: str, tools: Tools, *, words: Words, pending: Pending | None = None
) -> TaskReply | None:
    """Return the reply to a message about tasks, None when it is about something else."""
    talk = _Talk(tools, words)
    try:
        if pending is not None and (reply := talk.go_on(text, pending)):
            return reply
        intent = read_intent(text)
        return None if intent is None else talk.begin(intent)
    except ChatError as refusal:
        return TaskReply(text=words.say(f"error.{refusal.code}", **refusal.params))


class _Talk:
    """One message and its reply."""

    def __init__(self, tools: Tools, words: Words) -> None:
        self._tools = tools
        self._words = words

    def go_on(self, text: str, pending: Pending) -> TaskReply | None:
        """Answer what was asked back; anything else is a new message."""
        if says_no(text):
            return self._say("left")
        if pending.verb is Verb.ADD and not pending.title:
            return self._write(text, pending)
        number = read_number(text)
        if len(pending.tasks) > 1:
            if number is None or not 1 <= number <= len(pending.tasks):
                return None
            return self._choose(pending, pending.tasks[number - 1])
        return self._do(pending) if says_yes(text) else None

    def begin(self, intent: Intent) -> TaskReply | None:
        """Do what is wanted, or ask back."""
        if intent.verb is Verb.LIST:
            return self._list()
        if intent.verb is Verb.ADD:
            wish = Pending(verb=Verb.ADD, title="" if is_empty(intent.title) else intent.title)
            if not wish.title:
                return replace(self._say("add_what"), pending=wish)
            if intent.is_plain:
                return self._do(wish)
            return replace(self._say("add_ask", title=intent.title), pending=wish)
        return self._pick(intent)

    def _write(self, text: str, asked: Pending) -> TaskReply | None:
        """Write down what was asked for; a yes is no title, and a wish or a question is another."""
        if says_yes(text):
            return replace(self._say("add_what"), pending=asked)
        title = "" if read_intent(text) else read_title(text)
        return self._do(replace(asked, title=title)) if title else None

    def _pick(self, intent: Intent) -> TaskReply | None:
        found = match_tasks(intent.title, self._tools.list_tasks())
        if intent.verb is Verb.COMPLETE and is_doubtful(intent, found):
            return self._say("left") if intent.is_plain else None
        wish = Pending(
            verb=intent.verb, tasks=tuple(task.id for task in found), title=intent.new_title
        )
        if len(found) > 1:
            return TaskReply(text=self._numbered("which", found), pending=wish)
        if found:
            return self._choose(wish, found[0].id, is_sure=is_sure(intent, found[0]))
        # "Mark it as done" names nothing: what it is, a writer may know from what was said before.
        is_told = intent.is_plain and not is_empty(intent.title)
        return self._say("unknown", title=intent.title) if is_told else None

    def _choose(self, wish: Pending, task: str, *, is_sure: bool = True) -> TaskReply:
        chosen = replace(wish, tasks=(task,))
        if is_sure and wish.verb is not Verb.DELETE:
            return self._do(chosen)
        asked = self._say(f"{wish.verb}_ask", title=self._title_of(task), new=wish.title)
        return replace(asked, pending=chosen)

    def _do(self, wish: Pending) -> TaskReply:
        match wish.verb:
            case Verb.ADD:
                task = self._tools.add_task(wish.title)
                return self._did("add_task", "added", task.title, task.id)
            case Verb.COMPLETE:
                task = self._tools.complete_task(wish.tasks[0])
                return self._did("complete_task", "done", task.title, task.id)
            case Verb.RENAME:
                task = self._tools.rename_task(wish.tasks[0], wish.title)
                return self._did("rename_task", "renamed", task.title, task.id)
            case Verb.DELETE:
                title = self._title_of(wish.tasks[0])
                self._tools.delete_task(wish.tasks[0])
                return self._did("delete_task", "deleted", title, wish.tasks[0])
            case Verb.LIST:
                return self._list()

    def _list(self) -> TaskReply:
        todo = [task for task in self._tools.list_tasks() if not task.is_done]
        calls = (ToolCall(name="list_tasks", arguments={}),)
        if not todo:
            return replace(self._say("none"), calls=calls)
        head = self._words.count("assistant.task_list", len(todo))
        return TaskReply(text=self._lines(head, todo), calls=calls)

    def _did(self, name: str, key: str, title: str, task: str) -> TaskReply:
        call = ToolCall(name=name, arguments={"id": task, "title": title})
        return replace(self._say(key, title=title), calls=(call,))

    def _title_of(self, task: str) -> str:
        return next((each.title for each in self._tools.list_tasks() if each.id == task), "")

    def _numbered(self, key: str, tasks: Sequence[Task]) -> str:
        return self._lines(self._words.say(f"assistant.task_{key}"), tasks)

    def _lines(self, head: str, tasks: Sequence[Task]) -> str:
        rows = (
            self._words.say("assistant.task_line", n=at, title=task.title)
            for at, task in enumerate(tasks, start=1)
        )
        return "\n".join((head, *rows))

    def _say(self, key: str, **values: str) -> TaskReply:
        return TaskReply(text=self._words.say(f"assistant.task_{key}", **values))
