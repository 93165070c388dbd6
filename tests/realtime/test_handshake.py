"""The handshake: what is read of an opening request, whatever it says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treno_chat.realtime.handshake import (
    Handshake,
    HandshakeRefused,
    read_handshake,
    without_cookie,
)

ORIGIN = b"https://chat.example"
UUID = "0b5b9a52-6a14-4a5e-9f0c-3f7a1e6f6d11"


def scope(*headers: tuple[bytes, bytes], peer: str | None = "192.0.2.1") -> dict[str, Any]:
    return {
        "type": "websocket",
        "client": None if peer is None else (peer, 40_000),
        "query_string": f"EIO=4&token={UUID}".encode(),
        "headers": [(b"origin", ORIGIN), *headers],
    }


def read(opening: dict[str, Any], *, hops: int = 0) -> Handshake:
    return read_handshake(
        opening, origins=[ORIGIN.decode()], cookie_name="__Host-session", proxy_hops=hops
    )


def test_the_session_cookie_is_found_among_others() -> None:
    opening = scope((b"cookie", b'odd; a="b=c"; __Host-session=secret=='), (b"cookie", b"x=y"))

    assert read(opening).cookie == "secret=="


def test_a_cookie_that_only_looks_like_it_is_none() -> None:
    opening = scope((b"cookie", b"__Host-session2=no; x__Host-session=no; __Host-session=;"))

    assert read(opening).cookie is None


def test_the_secret_is_in_no_printout() -> None:
    assert "secret" not in repr(read(scope((b"cookie", b"__Host-session=secret"))))


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "1.1.1.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "not an address", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_is_what_the_trusted_proxies_saw(
    hops: int, forwarded: str, expected: str
) -> None:
    opening = scope((b"x-forwarded-for", forwarded.encode()))

    assert read(opening, hops=hops).address == expected


def test_repeated_headers_count_as_one_list() -> None:
    opening = scope((b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-for", b"198.51.100.7"))

    assert read(opening, hops=1).address == "198.51.100.7"


def test_a_peer_without_address_is_taken() -> None:
    assert read(scope(peer=None)).address == ""


def test_two_origins_are_none_of_ours() -> None:
    with pytest.raises(HandshakeRefused, match="origin"):
        read(scope((b"origin", b"https://evil.example")))


def test_the_cookie_goes_and_the_rest_stays() -> None:
    opening = scope(
        (b"cookie", b"a=1; __Host-session=secret; b=2"), (b"cookie", b"__Host-session=x")
    )

    kept = without_cookie(opening, "__Host-session")

    assert [pair for pair in kept["headers"] if pair[0] == b"cookie"] == [(b"cookie", b"a=1; b=2")]
    assert len(opening["headers"]) == 3


@given(headers=st.lists(st.tuples(st.sampled_from([b"cookie", b"x-forwarded-for"]), st.binary())))
def test_nonsense_is_read_without_a_fault(headers: list[tuple[bytes, bytes]]) -> None:
    opening = scope(*headers)

    assert read(opening, hops=1).token == UUID
    without_cookie(opening, "__Host-session")
