"""A person's own tasks; the path names the person, and nobody but them may say it."""

from typing import Annotated

from fastapi import Depends, Path, Query
from starlette.responses import Response

from treno_chat.actions.assistant import tasks
from treno_chat.api.answers import NO_STORE
from treno_chat.api.forms import require_json
from treno_chat.api.house import House, HttpHouse
from treno_chat.api.v1.caller import RegisteredCaller, require_self
from treno_chat.api.v1.cursors import decode_cursor, encode_cursor
from treno_chat.api.v1.problems import OF_A_BODY, OF_A_CALLER, refusing
from treno_chat.api.v1.router import ApiRouter
from treno_chat.api.v1.shapes import LOCATED, CursorAsked, Limit, PathId
from treno_chat.api.v1.task_shapes import (
    TaskAsked,
    TaskChanged,
    TaskReplaced,
    TasksTold,
    TaskTold,
    task_told,
)
from treno_chat.domain.assistant.tasks import (
    PAGE_SIZE,
    TaskChange,
    TaskFilter,
)
from treno_chat.domain.door.sessions import Principal

router = ApiRouter(prefix="/users/{user_id}/tasks", tags=["tasks"], responses={**OF_A_CALLER})
_OF_ONE = refusing(404)
_CURSOR = "tasks"


async def _require_owner(
    user_id: Annotated[str, Path(description="The caller's own id")], caller: RegisteredCaller
) -> Principal:
    require_self(caller, user_id)
    return caller


def _require_calm(owner: Annotated[Principal, Depends(_require_owner)], house: House) -> Principal:
    house.limits.check_keep(owner)
    return owner


Reader = Annotated[Principal, Depends(_require_owner)]
Writer = Annotated[Principal, Depends(_require_calm)]
_READS_BODY = [Depends(require_json)]


@router.get("")
def list_tasks(
    house: House,
    owner: Reader,
    *,
    status: Annotated[TaskFilter, Query(description="Which of them")] = TaskFilter.ALL,
    limit: Limit = PAGE_SIZE,
    cursor: CursorAsked = None,
) -> TasksTold:
    """List the caller's tasks, the newest first."""
    before = None if cursor is None else decode_cursor(cursor, _CURSOR, parts=1)[0]
    with house.transactions.reading() as tx:
        page = tasks.list_tasks(tx, owner, which=status, before=before, limit=limit)
    last = encode_cursor(_CURSOR, page.tasks[-1].id) if page.has_more else None
    return TasksTold(items=[task_told(task) for task in page.tasks], next=last)


@router.post(
    "",
    status_code=201,
    dependencies=_READS_BODY,
    responses={**OF_A_BODY, **refusing(409), **LOCATED},
)
def add_task(asked: TaskAsked, response: Response, *, house: House, owner: Writer) -> TaskTold:
    """Put something on the list; `Location` says where it is."""
    with house.transactions.writing() as tx:
        task = tasks.add_task(tx, owner, title=asked.title, description=asked.description)
    response.headers["Location"] = f"/api/v1/users/{owner.user.id}/tasks/{task.id}"
    return task_told(task)


@router.get("/{task_id}", responses=_OF_ONE)
def read_task(task_id: PathId, *, house: House, owner: Reader) -> TaskTold:
    """Read one task."""
    with house.transactions.reading() as tx:
        return task_told(tasks.get_task(tx, owner, task_id))


@router.put("/{task_id}", dependencies=_READS_BODY, responses={**OF_A_BODY, **_OF_ONE})
def replace_task(task_id: PathId, asked: TaskReplaced, *, house: House, owner: Writer) -> TaskTold:
    """Write a task anew."""
    is_done = asked.completed if "completed" in asked.model_fields_set else None
    change = TaskChange(title=asked.title, description=asked.description, is_done=is_done)
    return _edited(house, owner, task_id, change)


@router.patch("/{task_id}", dependencies=_READS_BODY, responses={**OF_A_BODY, **_OF_ONE})
def change_task(task_id: PathId, asked: TaskChanged, *, house: House, owner: Writer) -> TaskTold:
    """Change what is named of a task, and leave the rest."""
    named = asked.model_fields_set
    change = TaskChange(
        title=asked.title if "title" in named else None,
        description=asked.description if "description" in named else None,
        is_done=asked.completed if "completed" in named else None,
    )
    return _edited(house, owner, task_id, change)


@router.delete("/{task_id}", status_code=204, responses=_OF_ONE)
def delete_task(task_id: PathId, *, house: House, owner: Writer) -> Response:
    """Delete a task for good."""
    with house.transactions.writing() as tx:
        tasks.delete_task(tx, owner, task_id)
    return Response(status_code=204, headers=NO_STORE)


@router.post("/{task_id}/complete", responses=_OF_ONE)
def complete_task(task_id: PathId, *, house: House, owner: Writer) -> TaskTold:
    """Tick a task off; twice is the same as once."""
    return _edited(house, owner, task_id, TaskChange(is_done=True))


@router.patch("/{task_id}/complete", responses=_OF_ONE)
def mark_task_completed(task_id: PathId, *, house: House, owner: Writer) -> TaskTold:
    """Tick a task off: the same as `POST`, for clients that know it so."""
    return _edited(house, owner, task_id, TaskChange(is_done=True))


def _edited(house: HttpHouse, owner: Principal, task_id: str, change: TaskChange) -> TaskTold:
    with house.transactions.writing() as tx:
        return task_told(tasks.edit_task(tx, owner, task_id, change))
