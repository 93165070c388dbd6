"""Twenty people at once: one order without holes, and nobody is turned away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.actions.worlds import draft, room_named
from tests.conftest import Heard
from treno_chat.actions.talk.rooms import newest_page, open_room
from treno_chat.actions.talk.sending import send_message
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room
from treno_chat.domain.talk.events import MessageSent
from treno_chat.domain.talk.messages import Message
from treno_chat.stores.database import Database

PEOPLE = 20


def at_once(act: Callable[[int], Message]) -> list[Message]:
    """Let everybody act at the same time."""
    start = Barrier(PEOPLE)

    def run(number: int) -> Message:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(run, range(PEOPLE)))


def test_twenty_senders_get_one_order_without_holes_and_are_heard_in_it(
    transactions: Transactions, heard: Heard, ada: Principal, train: Room
) -> None:
    def send_ten(_number: int) -> Message:
        for _ in range(9):
            send()
        return send()

    def send() -> Message:
        with transactions.writing(in_turn=train.id) as tx:
            return send_message(tx, ada, train.id, draft())

    at_once(send_ten)

    sent = [event.message for event in heard.events if isinstance(event, MessageSent)]
    assert [message.seq for message in sent] == list(range(1, 201))
    assert [message.rev for message in sent] == list(range(1, 201))
    with transactions.reading() as tx:
        assert newest_page(tx, ada, train.id).page.messages == tuple(sent[-40:])
        assert room_named(tx, "treno").last_seq == 200


def test_one_message_sent_by_twenty_ways_is_one_message(
    transactions: Transactions, heard: Heard, database_url: str, ada: Principal, train: Room
) -> None:
    said = draft()
    processes = [transactions, _another_process(transactions, database_url)]

    def send(number: int) -> Message:
        with processes[number % 2].writing() as tx:
            return send_message(tx, ada, train.id, said)

    answers = at_once(send)

    assert answers == [answers[0]] * PEOPLE
    assert heard.events == [MessageSent(message=answers[0])]
    with transactions.reading() as tx:
        assert newest_page(tx, ada, train.id).page.messages == (answers[0],)
        assert room_named(tx, "treno").last_seq == room_named(tx, "treno").last_rev == 1
    processes[1].database.close()


def test_a_person_with_twenty_tabs_joins_once(
    transactions: Transactions, ada: Principal, train: Room
) -> None:
    def open_tab(_number: int) -> Message:
        with transactions.writing() as tx:
            open_room(tx, ada, "treno-lucca-aulla", None)
            return send_message(tx, ada, train.id, draft())

    assert sorted(message.seq for message in at_once(open_tab)) == list(range(1, PEOPLE + 1))


def _another_process(transactions: Transactions, database_url: str) -> Transactions:
    return Transactions(
        Database(database_url),
        policy=transactions.policy,
        vault=transactions.vault,
        clock=transactions.clock,
        announce=transactions.announce,
    )
