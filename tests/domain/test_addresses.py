"""Where a request came from: what our own proxies say, never what the client says."""

import pytest

from treno_chat.domain.addresses import client_address, network_of

PEER = "192.0.2.7"
REAL = "203.0.113.9"
FORGED = "198.51.100.1"


@pytest.mark.parametrize("forwarded", ["", FORGED, f"{FORGED}, {REAL}", "garbage"])
def test_s12_without_a_proxy_of_ours_the_header_is_hearsay(forwarded: str) -> None:
    assert client_address(PEER, forwarded, proxy_hops=0) == PEER


@pytest.mark.parametrize(
    ("forwarded", "hops", "address"),
    [
        (REAL, 1, REAL),
        (f"{FORGED}, {REAL}", 1, REAL),
        (f"{FORGED},{REAL},10.0.0.1", 2, REAL),
        ("2001:DB8::1", 1, "2001:db8::1"),
    ],
)
def test_s12_each_proxy_of_ours_is_believed_for_one_address(
    forwarded: str, hops: int, address: str
) -> None:
    assert client_address(PEER, forwarded, proxy_hops=hops) == address


@pytest.mark.parametrize("forwarded", ["", REAL, f", {REAL}", f"unknown, {REAL}", "x" * 9000])
def test_s12_what_is_no_address_leaves_the_peer(forwarded: str) -> None:
    assert client_address(PEER, forwarded, proxy_hops=2) == PEER


def test_ipv6_counts_by_what_one_customer_holds() -> None:
    assert network_of("2001:db8:1:2:3::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.1") == network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert network_of("unknown") == "unknown"
