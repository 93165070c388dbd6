"""How tasks look in the API: what is asked, what is told."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict, Field

from treno_chat.api.v1.shapes import NOT_EMPTY, Asked, Told
from treno_chat.domain.assistant.tasks import MAX_DESCRIPTION, MAX_TITLE, Task

_EXAMPLE: dict[str, Any] = {
    "id": "01941f29-7c00-7000-8000-0242ac120005",
    "title": "Comprare il biglietto di ritorno",
    "description": "Prima di Aulla",
    "completed": False,
    "completed_at": None,
    "created_at": "2026-11-21T08:30:00Z",
    "updated_at": "2026-11-21T08:30:00Z",
}
_TITLE = f"1 to {MAX_TITLE} characters on one line, as a reader counts them"
_DESCRIPTION = f"Up to {MAX_DESCRIPTION} characters, in lines"


def _left_out(schema: dict[str, Any]) -> None:
    """Say nothing of a default where being left out means something else."""
    schema.pop("default", None)


class TaskAsked(Asked):
    """What is to be done."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"title": _EXAMPLE["title"], "description": _EXAMPLE["description"]}]
        }
    )

    title: str = Field(description=_TITLE, json_schema_extra=NOT_EMPTY)
    description: str = Field(default="", description=_DESCRIPTION)


class TaskReplaced(TaskAsked):
    """The whole task anew; a description that is left out is emptied."""

    completed: bool = Field(
        default=False, description="Stays as it is when it is left out", json_schema_extra=_left_out
    )


class TaskChanged(Asked):
    """What is to be different, at least one thing; the rest stays."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"completed": True}], "minProperties": 1}
    )

    title: str = Field(default="", description=_TITLE, json_schema_extra=_left_out)
    description: str = Field(default="", description=_DESCRIPTION, json_schema_extra=_left_out)
    completed: bool = Field(
        default=False, description="Ticked off, or open again", json_schema_extra=_left_out
    )


class TaskTold(Told):
    """One thing to do."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [_EXAMPLE]})

    id: str
    title: str
    description: str
    completed: bool
    completed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class TasksTold(Told):
    """A page of tasks, the newest first."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [_EXAMPLE], "next": None}]}
    )

    items: list[TaskTold]
    next: str | None = Field(description="The cursor of the page that follows, if there is one")


def task_told(task: Task) -> TaskTold:
    """Return a task as the API tells it."""
    return TaskTold(
        id=task.id,
        title=task.title,
        description=task.description,
        completed=task.is_done,
        completed_at=task.done_at,
        created_at=task.created_at,
        updated_at=task.updated_at,
    )
