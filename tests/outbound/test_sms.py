"""The counter: retried, then told honestly, and to everybody alike."""

from dataclasses import dataclass, field
from threading import Event

import pytest
from structlog.testing import capture_logs

from tests.support.patience import PATIENCE
from treno_chat.domain.recovery.sms import Sms, SmsFailed, SmsRefused
from treno_chat.domain.refusals import Unavailable
from treno_chat.outbound.sms import Counter, Pacing, Work

PASSING = SmsFailed("status 503", is_passing=True)
LASTING = SmsFailed("status 401", is_passing=False)


@dataclass
class Way:
    """A sender that fails as it is told, in order, and then no more."""

    faults: list[Exception] = field(default_factory=list[Exception])
    did: list[str] = field(default_factory=list[str])
    noted: list[str] = field(default_factory=list[str])

    def send(self, sms: Sms) -> None:  # noqa: ARG002 -- the port's own
        """Send, or fail."""
        self._do("send")

    def check(self) -> None:
        """Check, or fail."""
        self._do("check")

    def _do(self, what: str) -> None:
        self.did.append(what)
        if self.faults:
            raise self.faults.pop(0)


@dataclass
class Watch:
    """Time that passes only in pauses."""

    now: float = 1000.0
    paused: list[float] = field(default_factory=list[float])

    def pause(self, seconds: float) -> None:
        """Let some time pass."""
        self.paused.append(seconds)
        self.now += seconds


@pytest.fixture
def way() -> Way:
    """Who carries the messages."""
    return Way()


@pytest.fixture
def watch() -> Watch:
    """The time."""
    return Watch()


@pytest.fixture
def counter(way: Way, watch: Watch) -> Counter:
    """The counter, which does everything at once."""

    def start(work: Work) -> None:
        work()

    pacing = Pacing(clock=lambda: watch.now, pause=watch.pause)
    return Counter(way, note_failure=way.noted.append, start=start, pacing=pacing)


def is_open(counter: Counter) -> bool:
    try:
        counter.require_open()
    except Unavailable:
        return False
    return True


def test_a_message_is_sent_once(counter: Counter, way: Way, sms: Sms) -> None:
    counter.hand_over(sms)

    assert way.did == ["send"]
    assert is_open(counter)


def test_what_may_pass_is_tried_three_times(
    counter: Counter, way: Way, watch: Watch, sms: Sms
) -> None:
    way.faults = [PASSING, PASSING]

    counter.hand_over(sms)

    assert way.did == ["send"] * 3
    assert watch.paused == [0, 1, 4]
    assert is_open(counter)


@pytest.mark.parametrize(
    ("faults", "tries"), [([PASSING] * 3, 3), ([LASTING], 1), ([PASSING, LASTING], 2)]
)
def test_a_sender_that_fails_closes_the_counter_for_a_minute(
    counter: Counter, way: Way, watch: Watch, sms: Sms, *, faults: list[Exception], tries: int
) -> None:
    way.faults = list(faults)

    counter.hand_over(sms)

    assert len(way.did) == tries
    assert way.noted == [str(faults[-1])]
    with pytest.raises(Unavailable, match="sms_failed"):
        counter.require_open()
    watch.now += 59.9
    assert not is_open(counter)
    watch.now += 0.2
    assert is_open(counter)


def test_a_number_that_is_not_reached_closes_nothing(counter: Counter, way: Way, sms: Sms) -> None:
    way.faults = [SmsRefused("twilio 21211")]

    counter.hand_over(sms)

    assert way.did == ["send"]
    assert way.noted == ["twilio 21211"]
    assert is_open(counter)


def test_a_message_that_goes_through_opens_the_counter_again(
    counter: Counter, way: Way, sms: Sms
) -> None:
    way.faults = [LASTING]
    counter.hand_over(sms)

    counter.hand_over(sms)

    assert is_open(counter)


def test_s23_a_decoy_sends_nothing_and_closes_the_counter_as_a_message_would(
    counter: Counter, way: Way
) -> None:
    way.faults = [PASSING] * 3

    counter.hand_over(None)

    assert way.did == ["check"] * 3
    assert not is_open(counter)


def test_decoys_do_not_ask_again_and_again(
    counter: Counter, way: Way, watch: Watch, sms: Sms
) -> None:
    counter.hand_over(sms)
    counter.hand_over(None)
    watch.now += 10
    counter.hand_over(None)
    counter.hand_over(None)

    assert way.did == ["send", "check"]


def test_s58_what_failed_is_on_record_without_number_and_code(
    counter: Counter, way: Way, sms: Sms
) -> None:
    way.faults = [PASSING, SmsRefused("twilio 21211")]

    with capture_logs() as records:
        counter.hand_over(sms)

    assert [record["event"] for record in records] == ["sms_failed", "sms_refused"]
    assert sms.phone not in str(records)
    assert sms.text not in str(records)


def test_the_one_who_hands_over_does_not_wait(sms: Sms) -> None:
    may_go_on, is_done = Event(), Event()

    class Slow(Way):
        def send(self, sms: Sms) -> None:  # noqa: ARG002 -- the port's own
            assert may_go_on.wait(timeout=PATIENCE)
            is_done.set()

    Counter(Slow()).hand_over(sms)

    assert not is_done.is_set()
    may_go_on.set()
    assert is_done.wait(timeout=PATIENCE)
