"""Tasks: a registered person's own list; somebody else's is not there at all."""

from dataclasses import replace

from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.tasks import (
    MAX_TASKS,
    PAGE_SIZE,
    Task,
    TaskChange,
    TaskFilter,
    TaskPage,
    clean_description,
    clean_task_title,
)
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import TaskId, UserId, is_plain, new_id
from treno_chat.domain.refusals import Conflict, Invalid, NotFound
from treno_chat.stores.assistant import tasks
from treno_chat.stores.door import users


def add_task(tx: Transaction, principal: Principal, *, title: str, description: str = "") -> Task:
    """Put something on the caller's list."""
    # Held, so that counting and adding are one, and nobody is erased in between.
    users.hold(tx.db, principal.user.id)
    user_id = _owner(tx, principal)
    task = Task(
        id=new_id(),
        title=clean_task_title(title),
        description=clean_description(description),
        created_at=tx.now,
        updated_at=tx.now,
    )
    if tasks.count(tx.db, user_id) >= MAX_TASKS:
        raise Conflict("list_full", max=MAX_TASKS)
    tasks.add(tx.db, user_id, task)
    return task


def list_tasks(
    tx: Transaction,
    principal: Principal,
    *,
    which: TaskFilter = TaskFilter.ALL,
    before: TaskId | None = None,
    limit: int = PAGE_SIZE,
) -> TaskPage:
    """Return the caller's tasks, the newest first, from behind `before` on."""
    user_id = _owner(tx, principal)
    found = tasks.page(tx.db, user_id, which=which, before=before, limit=limit + 1)
    return TaskPage(tasks=tuple(found[:limit]), has_more=len(found) > limit)


def get_task(tx: Transaction, principal: Principal, task_id: TaskId) -> Task:
    """Return one of the caller's tasks."""
    return _access(tx, _owner(tx, principal), task_id)


def edit_task(tx: Transaction, principal: Principal, task_id: TaskId, change: TaskChange) -> Task:
    """Say something of a task differently; what is not named stays."""
    user_id = _owner(tx, principal)
    task = _access(tx, user_id, task_id, is_held=True)
    if change == TaskChange():
        raise Invalid("nothing_to_change")
    title, description = change.title, change.description
    edited = replace(
        task,
        title=task.title if title is None else clean_task_title(title),
        description=task.description if description is None else clean_description(description),
    )
    if change.is_done is not None and change.is_done != task.is_done:
        edited = replace(edited, done_at=tx.now if change.is_done else None)
    return _keep(tx, user_id, task, edited)


def complete_task(tx: Transaction, principal: Principal, task_id: TaskId) -> Task:
    """Tick a task off; twice is the same as once."""
    return edit_task(tx, principal, task_id, TaskChange(is_done=True))


def reopen_task(tx: Transaction, principal: Principal, task_id: TaskId) -> Task:
    """Take the tick back."""
    return edit_task(tx, principal, task_id, TaskChange(is_done=False))


def delete_task(tx: Transaction, principal: Principal, task_id: TaskId) -> None:
    """Delete a task; the second time there is none to delete."""
    user_id = _owner(tx, principal)
    if not (is_plain(task_id) and tasks.remove(tx.db, user_id, task_id)):
        raise _not_found()


def _owner(tx: Transaction, principal: Principal) -> UserId:
    return require_registered(tx, principal).user.id


def _access(tx: Transaction, user_id: UserId, task_id: TaskId, *, is_held: bool = False) -> Task:
    task = tasks.get(tx.db, user_id, task_id, is_held=is_held) if is_plain(task_id) else None
    if task is None:
        raise _not_found()
    return task


def _keep(tx: Transaction, user_id: UserId, task: Task, edited: Task) -> Task:
    if edited == task:
        return task
    edited = replace(edited, updated_at=tx.now)
    tasks.change(tx.db, user_id, edited)
    return edited


def _not_found() -> NotFound:
    return NotFound("task_not_found")
