"""Whoever names the assistant in a room and gets no answer is told why, and nobody else."""

import pytest

from tests.actions.assistant.mentioning import WIFI, Answers, said, say
from tests.conftest import Heard
from tests.support.assistant import WORDS
from treno_chat.actions.assistant import mentions as module
from treno_chat.actions.assistant.mentions import Mentions
from treno_chat.actions.limits.limits import Limits
from treno_chat.actions.transaction import Transactions, one_after_the_other
from treno_chat.domain.assistant.events import MentionRefused
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.places import Room


def refusals(heard: Heard) -> list[MentionRefused]:
    return [event for event in heard.events if isinstance(event, MentionRefused)]


def test_ten_a_minute_are_answered_and_who_asks_more_is_told_alone(
    transactions: Transactions,
    train: Room,
    *,
    ada: Principal,
    bruno: Principal,
    answers: Answers,
    heard: Heard,
) -> None:
    for _ in range(11):
        say(transactions, ada, train, WIFI)
    say(transactions, bruno, train, WIFI)

    assert len(answers()) == 11
    [refused] = refusals(heard)
    assert (refused.user_id, refused.room_id) == (ada.user.id, train.id)
    assert refused.code == "mention_too_fast"
    assert 0 < int(refused.params["seconds"]) <= 60


def test_who_gets_no_answer_for_a_fault_is_told_its_reference(
    transactions: Transactions,
    train: Room,
    *,
    ada: Principal,
    answers: Answers,
    heard: Heard,
    mentions: Mentions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(mentions._guide, "answer", breaks)
    say(transactions, ada, train, WIFI)

    assert answers() == []
    [refused] = refusals(heard)
    assert refused.code == "unexpected"
    assert len(str(refused.params["reference"])) == 8


def test_a_flood_is_dropped_rather_than_kept_for_later(
    transactions: Transactions,
    train: Room,
    ada: Principal,
    *,
    heard: Heard,
    limits: Limits,
    monkeypatch: pytest.MonkeyPatch,
    mentions: Mentions,
) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 0)
    full = Mentions(transactions, guide=mentions._guide, limits=limits, words=WORDS)
    transactions.announce = one_after_the_other(heard, full.hear)

    say(transactions, ada, train, WIFI)
    full.close()

    assert len(said(transactions, ada, train)) == 1
    assert [one.code for one in refusals(heard)] == ["assistant_busy"]
