"""Limits: who types normally is never hit, who hammers is told how long to wait."""

import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.support.redis import RedisServer
from treno_chat.actions.limits.limits import Limits
from treno_chat.domain.door.sessions import LoginSession, Principal
from treno_chat.domain.people import Gender, User
from treno_chat.domain.refusals import TooFast

START = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Generator[Clock]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits()


def principal(name: str, *, session: str = "first") -> Principal:
    user = User(id=name, alias=name, gender=Gender.OTHER, is_anonymous=True)
    end = START + timedelta(days=1)
    return Principal(
        user=user,
        session=LoginSession(
            id=f"{name}-{session}",
            user_id=name,
            created_at=START,
            authenticated_at=START,
            last_seen_at=START,
            idle_ends_at=end,
            ends_at=end,
        ),
        visit_id=None,
        place_id=None,
    )


def test_five_at_once_are_welcome_and_then_one_a_second(limits: Limits, clock: Clock) -> None:
    for _ in range(5):
        limits.check_send(principal("ada"))

    for _ in range(5):
        with pytest.raises(TooFast) as refused:
            limits.check_send(principal("ada"))
        assert refused.value.seconds == 1
        clock.shift(timedelta(seconds=1))
        limits.check_send(principal("ada"))


def test_changes_of_lists_are_counted_in_all_sessions_of_a_person(limits: Limits) -> None:
    for number in range(200):
        limits.check_keep(principal("ada", session=str(number)))

    with pytest.raises(TooFast):
        limits.check_keep(principal("ada", session="one more"))
    limits.check_keep(principal("bruno"))


def test_thirty_a_minute_and_the_wait_that_is_told_is_the_true_one(
    limits: Limits, clock: Clock
) -> None:
    for _ in range(30):
        limits.check_send(principal("ada"))
        clock.shift(timedelta(seconds=1))
    with pytest.raises(TooFast) as refused:
        limits.check_send(principal("ada"))
    assert refused.value.seconds == 30

    clock.shift(timedelta(seconds=29))
    with pytest.raises(TooFast):
        limits.check_send(principal("ada"))
    clock.shift(timedelta(seconds=1))
    limits.check_send(principal("ada"))


def test_who_is_refused_by_the_pace_has_used_up_nothing_of_the_minute(
    limits: Limits, clock: Clock
) -> None:
    for _ in range(5):
        limits.check_send(principal("ada"))
    for _ in range(100):
        with pytest.raises(TooFast):
            limits.check_send(principal("ada"))

    for _ in range(25):
        clock.shift(timedelta(seconds=1))
        limits.check_send(principal("ada"))


def test_a_clock_that_is_set_back_locks_nobody_out(limits: Limits, clock: Clock) -> None:
    for _ in range(30):
        limits.check_send(principal("ada"))
        clock.shift(timedelta(seconds=1))

    clock.shift(-timedelta(hours=1))

    limits.check_send(principal("ada"))


def test_many_at_once_are_counted_one_by_one(limits: Limits) -> None:
    def enter(_number: int) -> bool:
        try:
            limits.check_entry("ada", address="203.0.113.7")
        except TooFast:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(enter, range(40))) == 5


def test_counting_leaves_nothing_running(limits: Limits) -> None:
    before = threading.enumerate()

    limits.check_send(principal("ada"))
    limits.check_entry("ada", address="203.0.113.7")

    assert threading.enumerate() == before


def test_several_processes_count_together(redis: RedisServer, clock: Clock) -> None:
    one, other = Limits(redis.url), Limits(redis.url)
    for limits in (one, other, one, other, one):
        limits.check_send(principal("ada"))

    for limits in (one, other):
        with pytest.raises(TooFast) as refused:
            limits.check_send(principal("ada"))
        assert refused.value.seconds == 1
    other.check_send(principal("bruno"))
    clock.shift(timedelta(seconds=1))
    other.check_send(principal("ada"))
    with pytest.raises(TooFast):
        one.check_send(principal("ada"))


def test_who_writes_every_three_seconds_is_never_stopped(limits: Limits, clock: Clock) -> None:
    for _ in range(60):
        limits.check_send(principal("ada"))
        clock.shift(timedelta(seconds=3))


def test_two_sessions_of_one_person_share_the_minute(limits: Limits, clock: Clock) -> None:
    for _ in range(15):
        for session in ("phone", "laptop"):
            limits.check_send(principal("ada", session=session))
        clock.shift(timedelta(seconds=1.5))

    with pytest.raises(TooFast):
        limits.check_send(principal("ada", session="phone"))


def test_one_person_too_fast_leaves_the_others_alone(limits: Limits) -> None:
    for _ in range(5):
        limits.check_send(principal("ada"))
    with pytest.raises(TooFast):
        limits.check_send(principal("ada"))

    limits.check_send(principal("bruno"))


def test_a_carriage_behind_one_address_gets_in(limits: Limits) -> None:
    for person in range(60):
        limits.check_entry(f"visitor {person}", address="203.0.113.7")

    with pytest.raises(TooFast):
        limits.check_entry("the next", address="203.0.113.7")


def test_a_refused_entry_uses_nothing_up(limits: Limits) -> None:
    for _ in range(5):
        limits.check_entry("ada", address="203.0.113.7")
    for _ in range(100):
        with pytest.raises(TooFast):
            limits.check_entry("ada", address="203.0.113.7")

    limits.check_entry("bruno", address="203.0.113.7")
