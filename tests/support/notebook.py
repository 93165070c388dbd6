"""A person's tasks in memory, for talking about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from treno_chat.domain.assistant.tasks import Task, clean_task_title
from treno_chat.domain.refusals import NotFound

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


class Notebook:
    """Ada's own tasks, in memory, with the rules of the house."""

    def __init__(self, *titles: str) -> None:
        self.tasks: list[Task] = []
        for title in titles:
            self.add_task(title)

    def add_task(self, title: str) -> Task:
        """Write one down."""
        task = Task(
            id=f"t{len(self.tasks)}",
            title=clean_task_title(title),
            description="",
            created_at=NOW,
            updated_at=NOW,
        )
        self.tasks.append(task)
        return task

    def list_tasks(self) -> Sequence[Task]:
        """Return them."""
        return tuple(self.tasks)

    def complete_task(self, task: str) -> Task:
        """Mark one as done."""
        return self._put(replace(self._get(task), done_at=NOW))

    def rename_task(self, task: str, title: str) -> Task:
        """Call one otherwise."""
        return self._put(replace(self._get(task), title=clean_task_title(title)))

    def delete_task(self, task: str) -> None:
        """Delete one."""
        self.tasks.remove(self._get(task))

    def titles(self) -> list[str]:
        """Return what is to be done."""
        return [task.title for task in self.tasks if not task.is_done]

    def _get(self, task: str) -> Task:
        found = next((each for each in self.tasks if each.id == task), None)
        if found is None:
            raise NotFound("task_not_found")
        return found

    def _put(self, task: Task) -> Task:
        self.tasks = [task if each.id == task.id else each for each in self.tasks]
        return task
