"""The seam to what the assistant may do: a person's own tasks, and nobody else's."""

from collections.abc import Sequence
from typing import Protocol

from treno_chat.domain.assistant.tasks import Task
from treno_chat.domain.ids import TaskId


class Tools(Protocol):
    """Acts for one person, whoever is signed in; refuses as the pages do, with a ChatError."""

    def add_task(self, title: str) -> Task:
        """Write a task down."""
        ...

    def list_tasks(self) -> Sequence[Task]:
        """Return every task, those to do first, the newest first."""
        ...

    def complete_task(self, task: TaskId) -> Task:
        """Mark a task as done; once more changes nothing."""
        ...

    def rename_task(self, task: TaskId, title: str) -> Task:
        """Give a task another title."""
        ...

    def delete_task(self, task: TaskId) -> None:
        """Delete a task for good."""
        ...
