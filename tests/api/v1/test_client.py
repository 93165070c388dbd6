"""The client that docs/api.md shows: typed, and lists go on by themselves."""

from uuid import uuid4

import pytest

from tests.api.v1.conftest import OpenProgram, token_of
from tests.support.browser import Browser
from tests.support.client import Client, Refused

TRAIN = "treno-lucca-aulla"


@pytest.fixture
async def client(dora: Browser, open_program: OpenProgram) -> Client:
    """A client that speaks for dora."""
    return Client(open_program(None).client, await token_of(dora))


async def test_tasks_are_listed_over_all_pages(client: Client) -> None:
    me = await client.me()
    made = [await client.add_task(me.id, f"n. {n}", "di nuovo") for n in range(102)]
    done = await client.complete_task(me.id, made[0].id)
    await client.delete_task(me.id, made[1].id)

    listed = [task async for task in client.tasks(me.id)]

    assert listed == [*reversed(made[2:]), done]
    assert [task async for task in client.tasks(me.id, status="done")] == [done]
    assert (me.alias, me.is_anonymous) == ("Dora", False)


async def test_what_is_said_twice_under_one_id_is_said_once(client: Client) -> None:
    [room] = [each for each in await client.rooms(TRAIN) if each.can_write]
    name = str(uuid4())
    said = await client.say(room.id, "Ciao!", client_id=name)

    assert await client.say(room.id, "Ciao!", client_id=name) == said
    assert [message async for message in client.messages(room.id)] == [said]


async def test_a_conversation_takes_its_name_from_what_is_said(client: Client) -> None:
    begun = await client.begin_conversation()
    said = await client.say_in_conversation(begun.id, "Quando arriviamo?")

    [listed] = [each async for each in client.conversations()]

    assert (listed.id, listed.title) == (begun.id, said.content)


async def test_a_refusal_is_raised_with_its_code(client: Client) -> None:
    with pytest.raises(Refused, match="one line") as refused:
        await client.add_task((await client.me()).id, "")

    assert (refused.value.status, refused.value.code) == (422, "INVALID_TITLE")
    assert (refused.value.field, refused.value.retry_after) == ("title", None)
