"""The keys of a trusted issuer: kept, asked for once more when one is new, never for each token."""

import json
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse, IncompleteRead
from threading import Event
from typing import cast

import pytest

from tests.support.provider import HANG_UP, Provider
from treno_chat.domain.refusals import Unavailable
from treno_chat.domain.tokens.signing_keys import Algorithm, make_pair
from treno_chat.outbound.http import MAX_ANSWER, _read
from treno_chat.outbound.jwks import CACHED_SECONDS, KEPT_SECONDS, RETRY_SECONDS, RemoteKeys

# Nobody waits so long: what goes wrong is to fail, not to hang.
PATIENCE = 30
PUBLIC = json.loads(make_pair(Algorithm.ES256).public_jwk)


@dataclass
class Time:
    """Seconds that only the test counts."""

    now: float = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def time() -> Time:
    """The time."""
    return Time()


@pytest.fixture
def keys(provider: Provider, time: Time) -> RemoteKeys:
    """The keys behind the provider's address."""
    return RemoteKeys(f"{provider.url}/keys", clock=time)


@dataclass
class Silence:
    """A provider that takes a question, and says nothing until it is over."""

    monkeypatch: pytest.MonkeyPatch
    provider: Provider
    begun: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)

    @contextmanager
    def kept(self) -> Generator[None]:
        """Keep it until it is over, at the latest until the block ends."""
        answer = self.provider.next_answer

        def late() -> tuple[int, bytes]:
            self.begun.set()
            self.over.wait(PATIENCE)
            return answer()

        self.monkeypatch.setattr(self.provider, "next_answer", late)
        try:
            yield
        finally:
            self.over.set()


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> Silence:
    """The provider's silence."""
    return Silence(monkeypatch, provider)


def told(*kids: str) -> tuple[int, bytes]:
    """Return the answer with these keys."""
    return 200, json.dumps({"keys": [{**PUBLIC, "kid": kid} for kid in kids]}).encode()


def test_a_key_is_asked_for_once_in_five_minutes(
    provider: Provider, keys: RemoteKeys, time: Time
) -> None:
    provider.answers = [told("a")]

    for second in (0, 1, CACHED_SECONDS - 1):
        time.now = 1000.0 + second
        found = keys.key("a")
        assert found is not None
        assert (found.kid, found.algorithm) == ("a", "ES256")
    assert [each.path for each in provider.asked] == ["/keys"]

    time.now = 1000.0 + CACHED_SECONDS
    assert keys.key("a") is not None
    assert len(provider.asked) == 2


def test_an_unknown_key_is_asked_for_once_more_and_no_oftener(
    provider: Provider, keys: RemoteKeys, time: Time
) -> None:
    provider.answers = [told("a"), told("a", "b"), told("a", "b", "c")]

    assert keys.key("a") is not None
    assert keys.key("b") is not None
    assert [keys.key(kid) for kid in ("c", "d", "e")] == [None, None, None]
    assert len(provider.asked) == 2

    time.now += CACHED_SECONDS
    assert keys.key("c") is not None
    assert len(provider.asked) == 3


def test_a_first_answer_without_the_key_is_not_asked_for_twice(
    provider: Provider, keys: RemoteKeys
) -> None:
    provider.answers = [told("a")]

    assert keys.key("b") is None
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        (HANG_UP, b""),
        (500, b"{}"),
        (302, b"{}"),
        (404, b"{}"),
        (200, b""),
        (200, b"x"),
        (200, b"\xff"),
        (200, b"[]"),
        (200, b'{"keys": {}}'),
        (200, b'{"keys": []}'),
        (200, b'{"keys": [1, null, {}, {"kid": 1}, {"kid": ""}]}'),
        (200, b'{"keys": [{"kid": "a", "kty": "oct", "k": "c2VjcmV0"}]}'),
        (200, b"[" * 50_000),
        (200, b" " * MAX_ANSWER + b"{}"),
    ],
)
def test_without_keys_nobody_is_believed(
    provider: Provider, keys: RemoteKeys, time: Time, answer: tuple[int, bytes]
) -> None:
    provider.answers = [answer]

    for _ in range(3):
        with pytest.raises(Unavailable):
            keys.key("a")
    assert len(provider.asked) == 1

    provider.answers = [told("a")]
    time.now += RETRY_SECONDS
    assert keys.key("a") is not None


def test_what_was_known_outlives_an_hour_of_silence_at_most(
    provider: Provider, keys: RemoteKeys, time: Time
) -> None:
    provider.answers = [told("a")]
    assert keys.key("a") is not None
    provider.answers = [(500, b"")]

    time.now += KEPT_SECONDS - 1
    assert keys.key("a") is not None
    time.now += RETRY_SECONDS
    with pytest.raises(Unavailable):
        keys.key("a")


def test_while_one_asks_nobody_else_waits(
    provider: Provider, keys: RemoteKeys, time: Time, silence: Silence
) -> None:
    provider.answers = [told("a"), told("a", "b")]
    assert keys.key("a") is not None
    time.now += CACHED_SECONDS

    with ThreadPoolExecutor(1) as pool, silence.kept():
        asking = pool.submit(keys.key, "b")
        assert silence.begun.wait(PATIENCE)
        assert keys.key("a") is not None
        with pytest.raises(Unavailable):
            keys.key("b")
        time.now += KEPT_SECONDS
        with pytest.raises(Unavailable):
            keys.key("a")
        silence.over.set()
        assert asking.result() is not None
    assert keys.key("a") is not None
    assert len(provider.asked) == 2


def test_a_silence_is_not_listened_to_again_at_once(
    provider: Provider, keys: RemoteKeys, time: Time, silence: Silence
) -> None:
    provider.answers = [(HANG_UP, b"")]

    with ThreadPoolExecutor(1) as pool, silence.kept():
        asking = pool.submit(keys.key, "a")
        assert silence.begun.wait(PATIENCE)
        time.now += RETRY_SECONDS  # It took that long.
        silence.over.set()
        assert isinstance(asking.exception(), Unavailable)
    for _ in range(3):
        with pytest.raises(Unavailable):
            keys.key("a")
    assert len(provider.asked) == 1

    provider.answers = [told("a")]
    time.now += RETRY_SECONDS
    assert keys.key("a") is not None


def test_where_few_can_ask_they_wait_for_whoever_does(
    provider: Provider, time: Time, silence: Silence
) -> None:
    keys = RemoteKeys(f"{provider.url}/keys", clock=time, is_patient=True)
    provider.answers = [told("a")]

    with ThreadPoolExecutor(2) as pool, silence.kept():
        asking = [pool.submit(keys.key, "a") for _ in range(2)]
        assert silence.begun.wait(PATIENCE)
        silence.over.set()
        assert None not in [each.result() for each in asking]
    assert len(provider.asked) == 1


def test_of_very_many_keys_the_first_are_read(provider: Provider, keys: RemoteKeys) -> None:
    provider.answers = [told(*(f"k{number}" for number in range(40)))]

    assert keys.key("k31") is not None
    assert keys.key("k32") is None


class Dripping:
    """An answer that comes a byte at a time, for ever, or ends too soon."""

    def __init__(self, *pieces: bytes, length: int | None = None) -> None:
        self.pieces = list(pieces)
        self.length = length

    def read1(self, _size: int) -> bytes:
        """Return the next piece."""
        return self.pieces.pop(0) if self.pieces else b""


def test_an_answer_that_drips_is_not_waited_for() -> None:
    dripping = cast("HTTPResponse", Dripping(b"a", b"b"))

    with pytest.raises(TimeoutError):
        _read(dripping, until=float("-inf"))


def test_half_an_answer_is_none() -> None:
    with pytest.raises(IncompleteRead):
        _read(cast("HTTPResponse", Dripping(b"a", length=3)), until=float("inf"))
    assert _read(cast("HTTPResponse", Dripping(b"a", length=0)), until=float("inf")) == b"a"
