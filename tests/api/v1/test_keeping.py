"""Whoever changes their own lists without an end is told to wait; reading goes on."""

import pytest

from tests.api.v1.conftest import OpenProgram, Program
from tests.api.v1.signing_up import id_of, speaking_for
from tests.support.browser import Browser
from treno_chat.actions.limits import limits
from treno_chat.actions.limits.paced import Measure
from treno_chat.domain.buckets import Rate


@pytest.fixture(autouse=True)
def three_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three changes at once, and then hardly any: the tests do not wait."""
    few = Measure(name="keep", rate=Rate(burst=3, per_second=0.001))
    monkeypatch.setattr(limits, "KEEPING", few)


@pytest.fixture
async def program(dora: Browser, open_program: OpenProgram) -> Program:
    """A program that speaks for dora."""
    return await speaking_for(dora, open_program)


async def test_changes_of_all_lists_are_counted_together(program: Program) -> None:
    tasks = f"/users/{await id_of(program)}/tasks"
    begun = await program("POST", "/conversations", {})
    said = await program(
        "POST", f"/conversations/{begun.json()['id']}/messages", {"content": "Ciao"}
    )
    made = await program("POST", tasks, {"title": "Latte"})
    refused = await program("DELETE", f"{tasks}/{made.json()['id']}")

    assert [answer.status_code for answer in (begun, said, made)] == [201, 201, 201]
    assert (refused.status_code, refused.json()["code"]) == (429, "TOO_FAST")
    assert int(refused.headers["retry-after"]) == refused.json()["retry_after"] > 1
    assert len((await program("GET", tasks)).json()["items"]) == 1
