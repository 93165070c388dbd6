"""Addresses: where a request came from, as far as it can be believed."""

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
