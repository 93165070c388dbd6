"""Addresses: where a request came from, as far as it can be believed, and which are our own."""

import ipaddress


def client_address(peer: str, forwarded: str, *, proxy_hops: int) -> str:
    """Return the client's address behind so many proxies of ours.

    Each of them appends one address to `X-Forwarded-For`; whatever stands left is hearsay (S12).
    """
    told = [part.strip() for part in forwarded.split(",")]
    if not proxy_hops or len(told) < proxy_hops:
        return peer
    try:
        return str(ipaddress.ip_address(told[-proxy_hops]))
    except ValueError:
        return peer


def network_of(address: str) -> str:
    """Return what limits count by: the address, or for IPv6 the /64 that one customer holds."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def is_here(host: str | None) -> bool:
    """Say whether nobody but this machine answers at a host: any address of the loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
