"""Signals: what one process did is heard by the others once, in order, and never later."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import StoppedClock
from treno_chat.actions.operations.signals import announce_by_signal, read_signals, sweep_signals
from treno_chat.actions.talk.messages import delete_message, edit_message
from treno_chat.actions.talk.sending import Draft, send_message
from treno_chat.actions.transaction import Announce, Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import new_id
from treno_chat.domain.places import Room
from treno_chat.domain.talk.events import (
    Event,
    MessageEdited,
    MessageSent,
    MessagesGone,
    NoticeGiven,
    RoomsChanged,
    SessionEnded,
    SessionUpgraded,
    StaffChanged,
)
from treno_chat.domain.talk.messages import Message
from treno_chat.stores.database import Database
from treno_chat.stores.operations import signals
from treno_chat.stores.operations.signals import Word

ALL_IDS: tuple[Event, ...] = (
    StaffChanged(place_id="place", user_id="ada"),
    SessionEnded(session_id="first"),
    NoticeGiven(user_id="ada", session_ids=("first", "second")),
    SessionUpgraded(session_id="second"),
    RoomsChanged(place_id="place"),
    MessagesGone(room_id="room", seqs=(3, 4), rev=9),
)


class Server:
    """A process that listens: it asks again and again what is new."""

    def __init__(self, transactions: Transactions) -> None:
        """Begin to listen."""
        self._transactions = transactions
        self._last = ""
        self.hear()

    def hear(self) -> tuple[Event, ...]:
        """Return what is new."""
        with self._transactions.reading() as tx:
            events, self._last = read_signals(tx, self._last)
        return events


@pytest.fixture
def announce(database: Database, clock: StoppedClock) -> Announce:
    """The port of a command line, in another process."""
    return announce_by_signal(database, clock)


@pytest.fixture
def command_line(
    database: Database, transactions: Transactions, announce: Announce
) -> Transactions:
    """The units of work of the command line."""
    return Transactions(
        database,
        policy=transactions.policy,
        vault=transactions.vault,
        clock=transactions.clock,
        announce=announce,
    )


@pytest.fixture
def said(transactions: Transactions, train: Room, ada: Principal) -> Message:
    """What ada said on the train."""
    with transactions.writing() as tx:
        return send_message(tx, ada, train.id, Draft(text="Ciao", client_id=new_id()))


def test_what_was_done_is_heard_once_and_in_order(
    transactions: Transactions, announce: Announce
) -> None:
    server = Server(transactions)

    announce(ALL_IDS[:1])
    announce(ALL_IDS[1:])

    assert server.hear() == ALL_IDS
    assert server.hear() == ()


def test_every_server_hears_it(transactions: Transactions, announce: Announce) -> None:
    servers = Server(transactions), Server(transactions)

    announce(ALL_IDS)

    assert [server.hear() for server in servers] == [ALL_IDS, ALL_IDS]


def test_who_starts_later_hears_nothing_of_it(
    transactions: Transactions, announce: Announce
) -> None:
    announce(ALL_IDS)
    server = Server(transactions)

    announce(ALL_IDS[:1])

    assert server.hear() == ALL_IDS[:1]


def test_what_many_do_at_once_is_all_heard(transactions: Transactions, announce: Announce) -> None:
    server = Server(transactions)
    events: list[Event] = [SessionEnded(session_id=str(number)) for number in range(12)]

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(announce, [event]) for event in events]
        heard = list(server.hear())
        for each in done:
            each.result()
    heard += server.hear()

    assert sorted(heard, key=events.index) == events


def test_more_than_one_page_is_heard_page_by_page(
    transactions: Transactions, announce: Announce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signals, "PAGE_SIZE", 3)
    server = Server(transactions)

    announce(ALL_IDS)

    assert (server.hear(), server.hear()) == (ALL_IDS[:3], ALL_IDS[3:])


def test_a_message_is_loaded_anew_where_it_is_heard(
    transactions: Transactions, announce: Announce, ada: Principal, said: Message
) -> None:
    server = Server(transactions)
    announce([MessageSent(message=replace(said, body="not what is stored"))])
    with transactions.writing() as tx:
        edited = edit_message(tx, ada, said.room_id, said.seq, "Ciao a tutti")
    announce([MessageEdited(message=edited)])

    assert server.hear() == (MessageSent(message=edited), MessageEdited(message=edited))


def test_what_is_told_of_a_message_is_only_where_it_is(
    transactions: Transactions, announce: Announce, said: Message
) -> None:
    announce([MessageSent(message=said)])

    with transactions.reading() as tx:
        (signal,) = signals.page_after(tx.db, signals.BEFORE_ALL)
    payload = {"room_id": said.room_id, "seq": said.seq}
    assert signal.word == Word(kind="MessageSent", payload=payload)


def removed(transactions: Transactions, ada: Principal, said: Message) -> None:
    with transactions.writing() as tx:
        delete_message(tx, ada, said.room_id, said.seq)


def outlived(transactions: Transactions, _ada: Principal, _said: Message) -> None:
    clock = transactions.clock
    assert isinstance(clock, StoppedClock)
    clock.pass_(transactions.policy.retention)


@pytest.mark.parametrize("lose", [removed, outlived])
def test_a_message_that_is_gone_meanwhile_is_not_told(
    transactions: Transactions,
    announce: Announce,
    ada: Principal,
    said: Message,
    lose: Callable[[Transactions, Principal, Message], None],
) -> None:
    server = Server(transactions)
    announce([MessageSent(message=said), SessionEnded(session_id="first")])

    lose(transactions, ada, said)

    assert server.hear() == (SessionEnded(session_id="first"),)


def test_a_message_of_a_room_that_is_no_more_is_not_told(
    transactions: Transactions, announce: Announce, said: Message
) -> None:
    server = Server(transactions)

    announce([MessageSent(message=replace(said, room_id=new_id()))])

    assert server.hear() == ()


def test_a_word_of_a_newer_program_passes_unheard(
    transactions: Transactions, announce: Announce
) -> None:
    server = Server(transactions)
    with transactions.writing() as tx:
        signals.add(tx.db, [Word(kind="TrainDerailed", payload={"at": "Bagni"})], sent_at=tx.now)
    announce(ALL_IDS[:1])

    assert server.hear() == ALL_IDS[:1]


def test_only_a_committed_unit_is_heard_of(
    transactions: Transactions, command_line: Transactions
) -> None:
    server = Server(transactions)
    with suppress(LookupError), command_line.writing() as tx:
        tx.outbox.append(ALL_IDS[0])
        raise LookupError
    with command_line.writing() as tx:
        tx.outbox.append(ALL_IDS[1])

    assert server.hear() == ALL_IDS[1:2]


def test_after_an_hour_signals_are_swept_and_the_line_goes_on(
    transactions: Transactions, announce: Announce, clock: StoppedClock
) -> None:
    server = Server(transactions)
    announce(ALL_IDS[:-1])
    assert server.hear() == ALL_IDS[:-1]
    clock.pass_(timedelta(hours=1))
    announce(ALL_IDS[-1:])

    clock.pass_(timedelta(seconds=1))
    with transactions.writing() as tx:
        swept = sweep_signals(tx)

    assert swept == len(ALL_IDS) - 1
    assert server.hear() == ALL_IDS[-1:]
    clock.pass_(timedelta(days=1))
    with transactions.writing() as tx:
        assert sweep_signals(tx) == 0
    announce(ALL_IDS[:1])
    assert server.hear() == ALL_IDS[:1]
