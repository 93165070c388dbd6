"""Tasks in the database; whose they are is part of every question."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import Session

from treno_chat.domain.assistant.tasks import Task, TaskFilter
from treno_chat.domain.ids import TaskId, UserId
from treno_chat.stores import tables

_task = tables.metadata.tables["task"]
_is_theirs = _task.c.user_id == bindparam("who")
_is_meant = (_task.c.id == bindparam("which")) & _is_theirs
# Built once, and of columns: a list is asked for at every step that is done with it.
_ADD = insert(_task)
_GET = select(_task).where(_is_meant)
_HOLD = _GET.with_for_update()
_PAGE = select(_task).where(_is_theirs).order_by(_task.c.id.desc()).limit(bindparam("most"))
_OF_STATUS = {
    TaskFilter.ALL: _PAGE,
    TaskFilter.OPEN: _PAGE.where(_task.c.done_at.is_(None)),
    TaskFilter.DONE: _PAGE.where(_task.c.done_at.is_not(None)),
}
_OLDER = {
    which: query.where(_task.c.id < bindparam("before")) for which, query in _OF_STATUS.items()
}
_COUNT = select(func.count()).select_from(_task).where(_is_theirs)
_CHANGED = ("title", "description", "done_at", "updated_at")
_CHANGE = (
    update(_task)
    .where(_is_meant)
    .values({name: bindparam(f"new_{name}", type_=_task.c[name].type) for name in _CHANGED})
)
_REMOVE = delete(_task).where(_is_meant)


def add(db: Session, user_id: UserId, task: Task) -> None:
    """Store a new task."""
    db.connection().execute(_ADD, {**asdict(task), "user_id": user_id})


def get(db: Session, user_id: UserId, task_id: TaskId, *, is_held: bool = False) -> Task | None:
    """Return a person's task, kept from everybody else until the unit ends if it `is_held`."""
    about = {"which": task_id, "who": user_id}
    row = db.connection().execute(_HOLD if is_held else _GET, about).first()
    return None if row is None else _to_task(row)


def page(
    db: Session, user_id: UserId, *, which: TaskFilter, before: TaskId | None, limit: int
) -> list[Task]:
    """Return a person's tasks, the newest first, from behind `before` on."""
    about = {"who": user_id, "most": limit}
    if before is None:
        found = db.connection().execute(_OF_STATUS[which], about)
    else:
        found = db.connection().execute(_OLDER[which], {**about, "before": before})
    return [_to_task(row) for row in found]


def count(db: Session, user_id: UserId) -> int:
    """Return how many tasks a person has."""
    return db.connection().execute(_COUNT, {"who": user_id}).scalar_one()


def change(db: Session, user_id: UserId, task: Task) -> bool:
    """Store what became of a task; False when it is gone."""
    new = {f"new_{name}": getattr(task, name) for name in _CHANGED}
    about = {"which": task.id, "who": user_id, **new}
    return db.connection().execute(_CHANGE, about).rowcount == 1


def remove(db: Session, user_id: UserId, task_id: TaskId) -> bool:
    """Delete a task; False when there is none to delete."""
    return db.connection().execute(_REMOVE, {"which": task_id, "who": user_id}).rowcount == 1


def _to_task(row: Any) -> Task:  # noqa: ANN401 -- a row knows its columns only when it runs
    return Task(
        id=row.id,
        title=row.title,
        description=row.description,
        created_at=row.created_at,
        updated_at=row.updated_at,
        done_at=row.done_at,
    )
