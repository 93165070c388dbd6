"""Connections: how many may come from one network, and how fast."""

import pytest

from treno_chat.realtime.connections import Connections
from treno_chat.realtime.handshake import Handshake, HandshakeRefused, TooManyHandshakes

TRAIN = "203.0.113.9"


class Gate:
    """Where handshakes arrive; the time stands still until the test moves it."""

    def __init__(self) -> None:
        """Four may be here, two from one network, which may send twelve a minute."""
        self.now = 1000.0
        self.connections = Connections(
            per_network=2, total=4, per_minute=12, clock=lambda: self.now
        )
        self._number = 0

    def knock(self, address: str) -> str:
        """Let a transport in, and return its name."""
        self._number += 1
        handshake = Handshake(address=address, user_agent="", token="", cookie=None)
        self.connections.admit(f"transport {self._number}", handshake)
        return f"transport {self._number}"

    def come_and_go(self, address: str) -> None:
        """Let a transport in and out again."""
        self.connections.release(self.knock(address))


@pytest.fixture
def gate() -> Gate:
    return Gate()


def test_who_comes_too_often_waits_for_as_long_as_was_told(gate: Gate) -> None:
    gate.come_and_go(TRAIN)
    gate.come_and_go(TRAIN)
    with pytest.raises(TooManyHandshakes) as refused:
        gate.knock(TRAIN)
    assert refused.value.seconds == 5

    gate.now += 4
    with pytest.raises(TooManyHandshakes):
        gate.knock(TRAIN)
    gate.now += 1
    gate.knock(TRAIN)


def test_the_others_come_in_meanwhile(gate: Gate) -> None:
    for _ in range(2):
        gate.come_and_go(TRAIN)
    with pytest.raises(TooManyHandshakes):
        gate.knock(TRAIN)

    gate.knock("192.0.2.1")


def test_one_customers_network_counts_as_one(gate: Gate) -> None:
    gate.come_and_go("2001:db8:1:2::1")
    gate.come_and_go("2001:db8:1:2:ffff::9")

    with pytest.raises(TooManyHandshakes):
        gate.knock("2001:db8:1:2::3")
    gate.knock("2001:db8:1:3::1")


def test_whoever_finds_the_house_full_is_not_told_when_to_come_back(gate: Gate) -> None:
    for number in range(4):
        gate.knock(f"192.0.2.{number}")

    with pytest.raises(HandshakeRefused, match="total") as refused:
        gate.knock(TRAIN)

    assert not isinstance(refused.value, TooManyHandshakes)
