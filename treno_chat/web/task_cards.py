"""What the page of tasks shows: flat, moments in milliseconds for the browser."""

from dataclasses import dataclass

from treno_chat.domain.assistant.tasks import Task


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskCard:
    """One thing to do; `at` is when it was written or, if it is done, ticked off."""

    id: str = ""
    title: str = ""
    description: str = ""
    is_done: bool = False
    at: int = 0


def task_card(task: Task) -> TaskCard:
    """Return what the list shows of a task."""
    return TaskCard(
        id=task.id,
        title=task.title,
        description=task.description,
        is_done=task.is_done,
        at=int((task.done_at or task.created_at).timestamp() * 1000),
    )
