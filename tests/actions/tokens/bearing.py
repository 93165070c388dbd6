"""Tokens as whoever bears them has them, and what they are refused for."""

import pytest

from treno_chat.actions.tokens.access_tokens import mint, read_token
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.tokens.access_tokens import TrustedIssuer


def token_of(transactions: Transactions, person: Principal) -> str:
    """Return a token of a person's session."""
    with transactions.writing() as tx:
        return mint(tx, person).token


def why_not(transactions: Transactions, token: str, trusted: TrustedIssuer | None = None) -> str:
    """Return why a token is refused."""
    with pytest.raises(NotSignedIn) as refusal:
        read_token(transactions, token, trusted=trusted)
    assert refusal.value.code == "invalid_token"
    return refusal.value.__notes__[0]
