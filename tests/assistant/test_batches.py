"""Batches: many who ask at once are answered together, and nobody in place of another."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.support.patience import PATIENCE
from treno_chat.assistant.batches import LARGEST, Batches
from treno_chat.assistant.encoding import EncoderFault, OneThread


class Clerk:
    """Answers everything in capitals, and takes note of what came together."""

    def __init__(self) -> None:
        self.taken: list[Sequence[str]] = []

    def answer(self, asked: Sequence[str]) -> Iterator[str]:
        """Say it in capitals, but for what cannot be said."""
        self.taken.append(asked)
        for each in asked:
            if each == "?":
                raise EncoderFault("not understood")
            yield each.upper()


@pytest.fixture
def thread() -> Iterator[OneThread]:
    """The thread of the clerk."""
    thread = OneThread()
    yield thread
    thread.close()


def ask_at_once(batches: Batches[str, str], thread: OneThread, asked: Sequence[str]) -> list[str]:
    """Let everybody ask while the thread is busy; return what each was told."""
    over = Event()
    thread.begin(over.wait)

    def ask(one: str) -> str:
        try:
            return batches.ask(one, patience=PATIENCE)
        except EncoderFault as fault:
            return str(fault)

    with ThreadPoolExecutor(len(asked)) as crowd:
        told = [crowd.submit(ask, one) for one in asked]
        while len(batches._waiting) < len(asked):
            assert not any(one.done() for one in told)
        over.set()
        return [one.result() for one in told]


def test_each_is_told_what_they_asked_and_few_turns_are_enough(thread: OneThread) -> None:
    clerk = Clerk()
    asked = [f"question {number}" for number in range(2 * LARGEST + 1)]

    told = ask_at_once(Batches(thread, clerk.answer), thread, asked)

    assert told == [each.upper() for each in asked]
    assert [len(each) for each in clerk.taken] == [LARGEST, LARGEST, 1]


def test_what_fails_is_told_to_those_who_wait_and_to_nobody_later(thread: OneThread) -> None:
    clerk = Clerk()
    batches = Batches(thread, clerk.answer)

    assert ask_at_once(batches, thread, ["?", "?"]) == ["not understood", "not understood"]
    assert batches.ask("ciao", patience=PATIENCE) == "CIAO"


def test_whoever_loses_patience_is_not_answered(thread: OneThread) -> None:
    clerk, over = Clerk(), Event()
    batches = Batches(thread, clerk.answer)
    thread.begin(over.wait)

    with pytest.raises(EncoderFault, match="busy"):
        batches.ask("too late", patience=0)

    over.set()
    assert batches.ask("in time", patience=PATIENCE) == "IN TIME"
    assert clerk.taken == [["in time"]]
