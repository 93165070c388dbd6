"""Limits where people come in and prove who they are: strict, and closed while Redis is away."""

from collections.abc import Generator
from datetime import timedelta

import pytest
import time_machine

from tests.actions.limits.test_limits import START, Clock, principal
from tests.support.postgres import free_port
from tests.support.redis import RedisServer
from treno_chat.actions.limits.limits import Limits
from treno_chat.domain.refusals import Forbidden, NotFound, TooFast, Unavailable

CARRIAGE = "192.0.2.7"
QUARTER = timedelta(minutes=15)


@pytest.fixture
def clock() -> Generator[Clock]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits()


@pytest.fixture
def away() -> Limits:
    """Limits whose Redis does not answer."""
    return Limits(f"redis://localhost:{free_port()}")


def _fail(limits: Limits, *subjects: str) -> None:
    with pytest.raises(Forbidden), limits.counting_failures(*subjects):
        raise Forbidden("passkey_refused")


def test_ten_sign_ins_a_minute_for_a_browser_and_the_carriage_goes_on(
    limits: Limits, clock: Clock
) -> None:
    for _ in range(10):
        limits.check_sign_in("ada", address=CARRIAGE)
    with pytest.raises(TooFast) as refused:
        limits.check_sign_in("ada", address=CARRIAGE)
    assert refused.value.seconds == 60

    limits.check_sign_in("bruno", address=CARRIAGE)
    clock.shift(timedelta(seconds=60))
    limits.check_sign_in("ada", address=CARRIAGE)


def test_twenty_ceremonies_a_minute_for_a_browser(limits: Limits) -> None:
    for _ in range(20):
        limits.check_ceremony("ada", address=CARRIAGE)

    with pytest.raises(TooFast):
        limits.check_ceremony("ada", address=CARRIAGE)


def test_s15_after_five_failures_a_right_answer_is_refused_too_and_others_are_unaffected(
    limits: Limits, clock: Clock
) -> None:
    for browser in "abcde":
        _fail(limits, browser, "ada")
        clock.shift(timedelta(minutes=1))

    with pytest.raises(TooFast) as refused, limits.counting_failures("f", "ada"):
        pytest.fail("ada's account must not be tried any more")
    assert refused.value.seconds == 600
    with limits.counting_failures("a", "bruno"):
        pass
    clock.shift(timedelta(minutes=10))
    with limits.counting_failures("f", "ada"):
        pass


def test_s15_who_fails_with_one_account_after_the_other_is_slowed_too(limits: Limits) -> None:
    for account in "abcde":
        _fail(limits, "eve", account)

    with pytest.raises(TooFast), limits.counting_failures("eve", "f"):
        pytest.fail("eve must not try any more")


def test_what_succeeds_or_breaks_for_another_reason_is_no_failure(limits: Limits) -> None:
    for _ in range(10):
        with limits.counting_failures("ada"):
            pass
        with pytest.raises(NotFound), limits.counting_failures("ada"):
            raise NotFound("place_not_found")

    with limits.counting_failures("ada"):
        pass


def test_rooms_open_thirty_at_once_and_then_ten_a_minute(limits: Limits, clock: Clock) -> None:
    for _ in range(30):
        limits.check_open(principal("ada"))
    with pytest.raises(TooFast) as refused:
        limits.check_open(principal("ada"))
    assert refused.value.seconds == 6

    clock.shift(timedelta(seconds=6))
    limits.check_open(principal("ada"))
    limits.check_send(principal("ada"))


def test_failures_count_together_in_several_processes_and_a_flushed_redis_begins_anew(
    redis: RedisServer,
) -> None:
    one, other = Limits(redis.url), Limits(redis.url)
    for process in (one, other, one, other, one):
        _fail(process, "ada")

    with pytest.raises(TooFast), other.counting_failures("ada"):
        pytest.fail("ada's account must not be tried any more")
    redis.flush()
    with other.counting_failures("ada"):
        pass
    other.check_send(principal("ada"))


def test_f4_nobody_proves_who_they_are_uncounted_while_redis_is_away(away: Limits) -> None:
    for check in (away.check_entry, away.check_ceremony, away.check_sign_in):
        with pytest.raises(Unavailable, match="unavailable"):
            check("ada", address=CARRIAGE)
    with pytest.raises(Unavailable), away.counting_failures("ada"):
        pytest.fail("ada must not be looked at")


def test_f4_people_talk_on_at_their_pace_while_redis_is_away(away: Limits, clock: Clock) -> None:
    for _ in range(5):
        away.check_send(principal("ada"))

    with pytest.raises(TooFast):
        away.check_send(principal("ada"))
    away.check_send(principal("bruno"))
    away.check_open(principal("ada"))
