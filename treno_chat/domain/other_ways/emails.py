"""Addresses of mail: as they are written to, and as they are looked up."""

import re
import unicodedata
from dataclasses import dataclass, field

import idna

from treno_chat.domain.refusals import Invalid

MAX_LENGTH = 254  # what fits into an SMTP path (RFC 5321 §4.5.3.1.3)
MAX_LOCAL = 64
_SHOWN = 1
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Email:
    """An address; `key` is the same for all spellings that reach the same mailbox."""

    address: str = field(repr=False)
    key: str = field(repr=False)


def parse_email(text: str) -> Email:
    """Return the address that was typed; whether it exists only a mail can tell.

    Full-width and composed spellings become one before anything is asked of them. A name before
    the @ in other scripts than ours would reach few servers, so it is refused here.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    local, at, domain = plain.rpartition("@")
    if not at or not local:
        raise _refused("email_invalid")
    if len(plain) > MAX_LENGTH or len(local) > MAX_LOCAL:
        raise _refused("email_too_long")
    if not _LOCAL.fullmatch(local):
        raise _refused("email_invalid")
    domain = _domain_of(domain)
    if len(local) + 1 + len(domain) > MAX_LENGTH:
        raise _refused("email_too_long")
    return Email(address=f"{local}@{domain}", key=f"{local.lower()}@{domain}")


def mask_email(address: str) -> str:
    """Return what may be shown of an address: how it begins, and where it is."""
    local, _, domain = address.rpartition("@")
    return f"{local[:_SHOWN]}•••@{domain}"


def _domain_of(text: str) -> str:
    """Return a domain as it stands in the DNS: with a dot, not a number, without a full stop."""
    try:
        domain = idna.encode(text, uts46=True, std3_rules=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as malformed:
        raise _refused("email_invalid") from malformed
    _, dot, top = domain.rpartition(".")
    if not dot or not top or top.isdecimal():
        raise _refused("email_invalid")
    return domain


def _refused(code: str) -> Invalid:
    return Invalid(code, field="email")
