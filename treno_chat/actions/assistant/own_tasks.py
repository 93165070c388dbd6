"""What the assistant may do: the tasks of whoever is signed in, as the pages would do it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from treno_chat.actions.assistant import tasks
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.tasks import MAX_TASKS, Task, TaskChange
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import TaskId

Open = Callable[[], AbstractContextManager[Transaction]]


class OwnTasks:
    """Acts for one person, whom the server looked up; nobody who talks names another.

    `opens` gives the unit in which a thing is done: one for each, or the same for all.
    """

    def __init__(self, principal: Principal, *, opens: Open) -> None:
        self._principal = principal
        self._open = opens
        self.has_acted = False

    def add_task(self, title: str) -> Task:
        """Write a task down."""
        with self._open() as tx:
            task = tasks.add_task(tx, self._principal, title=title)
        self.has_acted = True
        return task

    def list_tasks(self) -> tuple[Task, ...]:
        """Return every task, those to do first, the newest first."""
        with self._open() as tx:
            found = tasks.list_tasks(tx, self._principal, limit=MAX_TASKS).tasks
        return tuple(sorted(found, key=lambda task: task.is_done))

    def complete_task(self, task: TaskId) -> Task:
        """Mark a task as done; once more changes nothing."""
        with self._open() as tx:
            done = tasks.complete_task(tx, self._principal, task)
        self.has_acted = True
        return done

    def rename_task(self, task: TaskId, title: str) -> Task:
        """Give a task another title."""
        with self._open() as tx:
            renamed = tasks.edit_task(tx, self._principal, task, TaskChange(title=title))
        self.has_acted = True
        return renamed

    def delete_task(self, task: TaskId) -> None:
        """Delete a task for good."""
        with self._open() as tx:
            tasks.delete_task(tx, self._principal, task)
        self.has_acted = True
