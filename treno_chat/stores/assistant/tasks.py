"""Tasks in the database; whose they are is part of every question."""

from sqlmodel import Session, col, delete, func, select, update

from treno_chat.domain.assistant.tasks import Task, TaskFilter
from treno_chat.domain.ids import TaskId, UserId
from treno_chat.stores import tables


def add(db: Session, user_id: UserId, task: Task) -> None:
    """Store a new task."""
    row = tables.Task(
        id=task.id,
        user_id=user_id,
        title=task.title,
        description=task.description,
        created_at=task.created_at,
        updated_at=task.updated_at,
        done_at=task.done_at,
    )
    db.add(row)
    db.flush()


def get(db: Session, user_id: UserId, task_id: TaskId, *, is_held: bool = False) -> Task | None:
    """Return a person's task, kept from everybody else until the unit ends if it `is_held`."""
    query = select(tables.Task).where(tables.Task.id == task_id, tables.Task.user_id == user_id)
    if is_held:
        query = query.with_for_update()
    row = db.exec(query.execution_options(populate_existing=True)).first()
    return None if row is None else _task(row)


def page(
    db: Session, user_id: UserId, *, which: TaskFilter, before: TaskId | None, limit: int
) -> list[Task]:
    """Return a person's tasks, the newest first, from behind `before` on."""
    query = select(tables.Task).where(tables.Task.user_id == user_id)
    if which is TaskFilter.OPEN:
        query = query.where(col(tables.Task.done_at).is_(None))
    if which is TaskFilter.DONE:
        query = query.where(col(tables.Task.done_at).is_not(None))
    if before is not None:
        query = query.where(tables.Task.id < before)
    query = query.order_by(col(tables.Task.id).desc()).limit(limit)
    return [_task(row) for row in db.exec(query.execution_options(populate_existing=True)).all()]


def count(db: Session, user_id: UserId) -> int:
    """Return how many tasks a person has."""
    return db.exec(select(func.count()).where(col(tables.Task.user_id) == user_id)).one()


def change(db: Session, user_id: UserId, task: Task) -> bool:
    """Store what became of a task; False when it is gone."""
    query = (
        update(tables.Task)
        .where(col(tables.Task.id) == task.id, col(tables.Task.user_id) == user_id)
        .values(
            title=task.title,
            description=task.description,
            done_at=task.done_at,
            updated_at=task.updated_at,
        )
        .execution_options(synchronize_session=False)
    )
    return db.exec(query).rowcount == 1


def remove(db: Session, user_id: UserId, task_id: TaskId) -> bool:
    """Delete a task; False when there is none to delete."""
    query = delete(tables.Task).where(
        col(tables.Task.id) == task_id, col(tables.Task.user_id) == user_id
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount == 1


def _task(row: tables.Task) -> Task:
    return Task(
        id=row.id,
        title=row.title,
        description=row.description,
        created_at=row.created_at,
        updated_at=row.updated_at,
        done_at=row.done_at,
    )
