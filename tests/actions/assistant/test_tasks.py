"""Tasks: one's own list, and nobody else's."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.actions.worlds import register
from tests.conftest import StoppedClock
from treno_chat.actions.assistant import tasks
from treno_chat.actions.assistant.tasks import (
    add_task,
    complete_task,
    delete_task,
    edit_task,
    get_task,
    list_tasks,
    reopen_task,
)
from treno_chat.actions.door.sessions import log_out
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.tasks import TaskChange, TaskFilter
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import TaskId
from treno_chat.domain.refusals import ChatError, Conflict, Forbidden, NotFound, NotSignedIn

HOUR = timedelta(hours=1)
Deed = Callable[[Transaction, Principal, TaskId], object]
DEEDS: tuple[Deed, ...] = (
    get_task,
    lambda tx, who, task_id: edit_task(tx, who, task_id, TaskChange(title="Rubata")),
    complete_task,
    reopen_task,
    delete_task,
)


@pytest.fixture
def tx(tx: Transaction, ada: Principal, bruno: Principal) -> Transaction:
    """The unit of work; ada and bruno have accounts in it."""
    register(tx, ada)
    register(tx, bruno)
    return tx


def titles(tx: Transaction, who: Principal, which: TaskFilter = TaskFilter.ALL) -> set[str]:
    return {task.title for task in list_tasks(tx, who, which=which).tasks}


def test_a_task_is_kept_as_it_was_written(tx: Transaction, ada: Principal) -> None:
    task = add_task(tx, ada, title=" Chiamare Città 🚆 ", description=" a\r\nb ")

    assert (task.title, task.description, task.is_done) == ("Chiamare Città 🚆", "a\nb", False)
    assert task.created_at == task.updated_at == tx.now
    assert get_task(tx, ada, task.id) == task


def test_the_list_is_read_page_by_page_newest_first(tx: Transaction, ada: Principal) -> None:
    ids = sorted((add_task(tx, ada, title=f"n. {n}").id for n in range(5)), reverse=True)

    first = list_tasks(tx, ada, limit=2)
    second = list_tasks(tx, ada, limit=2, before=first.tasks[-1].id)
    last = list_tasks(tx, ada, limit=2, before=second.tasks[-1].id)

    pages = (first, second, last)
    assert [task.id for page in pages for task in page.tasks] == ids
    assert [page.has_more for page in pages] == [True, True, False]


def test_all_open_or_done(tx: Transaction, ada: Principal) -> None:
    add_task(tx, ada, title="Da fare")
    complete_task(tx, ada, add_task(tx, ada, title="Fatta").id)

    assert titles(tx, ada) == {"Da fare", "Fatta"}
    assert titles(tx, ada, TaskFilter.OPEN) == {"Da fare"}
    assert titles(tx, ada, TaskFilter.DONE) == {"Fatta"}


def test_ticking_off_twice_is_the_same_as_once(
    tx: Transaction, ada: Principal, clock: StoppedClock
) -> None:
    task = add_task(tx, ada, title="Latte")
    done = complete_task(tx, ada, task.id)
    tx.now += HOUR

    assert done.done_at is not None
    assert complete_task(tx, ada, task.id) == done == get_task(tx, ada, task.id)
    reopened = reopen_task(tx, ada, task.id)
    assert (reopened.done_at, reopened.updated_at) == (None, clock.now + HOUR)


def test_what_is_not_named_stays(tx: Transaction, ada: Principal) -> None:
    task = add_task(tx, ada, title="Latte", description="intero")
    tx.now += HOUR

    edited = edit_task(tx, ada, task.id, TaskChange(title="Pane"))

    assert (edited.title, edited.description) == ("Pane", "intero")
    assert (edited.created_at, edited.updated_at) == (task.created_at, tx.now)
    emptied = edit_task(tx, ada, task.id, TaskChange(description=""))
    assert (emptied.title, emptied.description) == ("Pane", "")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (TaskChange(), "nothing_to_change"),
        (TaskChange(title=" "), "invalid_title"),
        (TaskChange(description="x" * 1001), "description_too_long"),
    ],
)
def test_what_is_refused_changes_nothing(
    tx: Transaction, ada: Principal, change: TaskChange, code: str
) -> None:
    task = add_task(tx, ada, title="Latte")

    with pytest.raises(ChatError, match=code):
        edit_task(tx, ada, task.id, change)

    assert get_task(tx, ada, task.id) == task


def test_deleting_is_once(tx: Transaction, ada: Principal) -> None:
    task = add_task(tx, ada, title="Latte")
    delete_task(tx, ada, task.id)

    for deed in DEEDS:
        with pytest.raises(NotFound, match="task_not_found"):
            deed(tx, ada, task.id)


@pytest.mark.parametrize("deed", DEEDS)
def test_somebody_elses_task_is_not_there(
    tx: Transaction, ada: Principal, bruno: Principal, deed: Deed
) -> None:
    task = add_task(tx, ada, title="Segreto di Ada")

    for stranger_to in (task.id, "nothing", "", "\x00", "\ud800"):
        with pytest.raises(NotFound, match="task_not_found"):
            deed(tx, bruno, stranger_to)

    assert get_task(tx, ada, task.id) == task
    assert titles(tx, bruno) == set()


def test_guests_have_no_list(tx: Transaction, chiara: Principal) -> None:
    with pytest.raises(Forbidden, match="account_needed"):
        add_task(tx, chiara, title="Latte")
    with pytest.raises(Forbidden, match="account_needed"):
        list_tasks(tx, chiara)


def test_whose_session_ended_a_moment_ago_is_nobody(tx: Transaction, ada: Principal) -> None:
    log_out(tx, ada)

    with pytest.raises(NotSignedIn):
        add_task(tx, ada, title="Latte")


def test_a_list_has_an_end(
    tx: Transaction, ada: Principal, bruno: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MAX_TASKS", 2)
    add_task(tx, ada, title="Uno")
    add_task(tx, ada, title="Due")

    with pytest.raises(Conflict, match="list_full"):
        add_task(tx, ada, title="Tre")
    add_task(tx, bruno, title="Tre")
    assert titles(tx, ada) == {"Uno", "Due"}
