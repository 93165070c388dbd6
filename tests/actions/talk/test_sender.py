"""The sender: what is said at the same moment is stored together, and each hears for themselves."""

import pytest

from tests.actions.statements import explain, statements
from tests.actions.talk.speaking import codes_of, say_at_once
from tests.actions.worlds import draft, make_staff
from tests.conftest import Heard
from treno_chat.actions.door.sessions import log_out
from treno_chat.actions.talk import sender as bags
from treno_chat.actions.talk.rooms import newest_page
from treno_chat.actions.talk.sender import Sender
from treno_chat.actions.talk.sending import Draft
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.refusals import Invalid, NotFound, NotSignedIn
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Message


async def test_what_is_said_at_once_is_stored_together_and_heard_in_order(
    sender: Sender,
    transactions: Transactions,
    heard: Heard,
    *,
    ada: Principal,
    bruno: Principal,
    train: Room,
) -> None:
    with statements(transactions.database) as seen:
        answers = await say_at_once(
            sender, *((who, train, draft(who.user.alias)) for who in (ada, bruno, ada, bruno))
        )

    stored = [answer for answer in answers if isinstance(answer, Message)]
    assert [one.body for one in stored] == ["Ada", "Bruno", "Ada", "Bruno"]
    assert [one.seq for one in stored] == [1, 2, 3, 4]
    sent = [event.message for event in heard.events if isinstance(event, MessageSent)]
    assert sent == stored
    # What came together goes together: each step is one statement for all of them.
    assert sum(one.verb == "INSERT" for one in seen) == 1
    with transactions.reading() as tx:
        assert newest_page(tx, ada, train.id).page.messages == tuple(stored)


async def test_what_is_said_in_several_rooms_at_once_is_heard_by_each_in_order(
    sender: Sender,
    transactions: Transactions,
    heard: Heard,
    *,
    ada: Principal,
    chiara: Principal,
    train: Room,
    annunci: Room,
) -> None:
    with transactions.writing() as tx:
        make_staff(tx, chiara)
    said = [(ada, train, draft(f"{n}")) for n in range(3)]
    told = [(chiara, annunci, draft(f"{n}")) for n in range(3)]

    answers = await say_at_once(sender, *said, *told)

    stored = [answer for answer in answers if isinstance(answer, Message)]
    sent = [event.message for event in heard.events if isinstance(event, MessageSent)]
    for room in (train, annunci):
        heard_there = [one for one in sent if one.room_id == room.id]
        assert [(one.seq, one.body) for one in heard_there] == [(1, "0"), (2, "1"), (3, "2")]
        assert heard_there == [one for one in stored if one.room_id == room.id]


async def test_what_is_refused_to_one_is_nothing_to_the_others(
    sender: Sender,
    transactions: Transactions,
    *,
    ada: Principal,
    bruno: Principal,
    chiara: Principal,
    train: Room,
    annunci: Room,
) -> None:
    with transactions.writing() as tx:
        log_out(tx, chiara)

    answers = await say_at_once(
        sender,
        (ada, train, draft("   ")),
        (bruno, annunci, draft()),
        (chiara, train, draft()),
        (ada, train, Draft(text="Ciao!", client_id="\x00")),
        (bruno, train, draft()),
    )

    assert codes_of(answers[:4]) == ["message_empty", "staff_only", "not_signed_in", "bad_request"]
    assert isinstance(answers[-1], Message)
    assert answers[-1].seq == 1


async def test_the_same_said_twice_at_once_is_said_once(
    sender: Sender, heard: Heard, ada: Principal, bruno: Principal, train: Room
) -> None:
    said = draft()

    first, again, other = await say_at_once(
        sender, (ada, train, said), (ada, train, said), (bruno, train, draft())
    )

    assert isinstance(other, Message)
    assert (first, other.seq) == (again, 2)
    assert len(heard.events) == 2


async def test_a_room_that_is_not_there_is_refused_to_who_named_it(
    sender: Sender, ada: Principal, train: Room
) -> None:
    with pytest.raises(NotFound, match="not_here"):
        await sender.send(ada, "\x00", draft())

    assert (await sender.send(ada, train.id, draft())).seq == 1


async def test_a_session_that_is_over_says_nothing(
    sender: Sender, transactions: Transactions, heard: Heard, ada: Principal, train: Room
) -> None:
    assert (await sender.send(ada, train.id, draft())).seq == 1
    with transactions.writing() as tx:
        log_out(tx, ada)
    heard.events.clear()

    with pytest.raises(NotSignedIn):
        await sender.send(ada, train.id, draft())

    assert heard.events == []


async def test_what_a_bag_cannot_hold_goes_with_the_next(
    sender: Sender, ada: Principal, train: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bags, "LARGEST", 2)

    answers = await say_at_once(sender, *((ada, train, draft()) for _ in range(5)))

    assert [one.seq for one in answers if isinstance(one, Message)] == [1, 2, 3, 4, 5]


async def test_a_client_id_of_another_room_is_refused_alone(
    sender: Sender, transactions: Transactions, ada: Principal, train: Room, annunci: Room
) -> None:
    with transactions.writing() as tx:
        make_staff(tx, ada)
    said = draft()
    await sender.send(ada, train.id, said)

    with pytest.raises(Invalid):
        await sender.send(ada, annunci.id, said)


async def test_what_a_bag_asks_is_found_by_indexes_alone(
    sender: Sender, transactions: Transactions, ada: Principal, bruno: Principal, train: Room
) -> None:
    with statements(transactions.database) as seen:
        await say_at_once(sender, (ada, train, draft()), (bruno, train, draft()))

    asked = [one for one in seen if one.verb == "SELECT"]
    assert len(asked) == 3
    if transactions.database.is_sqlite:
        with transactions.reading() as tx:
            plans = [explain(tx, one) for one in asked]
        steps = [step for plan in plans for step in plan.splitlines()]
        assert not any("SCAN" in step and "CONSTANT ROWS" not in step for step in steps)
