"""A trusted stranger's token speaks only for whom is connected and here."""

import json
from dataclasses import dataclass, replace

import pytest

from tests.actions.tokens.bearing import token_of, why_not
from tests.actions.worlds import register
from tests.conftest import StoppedClock
from tests.support.forger import Forger
from treno_chat.actions.door.sessions import log_out, look_up
from treno_chat.actions.tokens.access_tokens import read_token
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import Unavailable
from treno_chat.domain.tokens.access_tokens import TrustedIssuer
from treno_chat.domain.tokens.signing_keys import (
    Algorithm,
    KeyPair,
    ProvingKey,
    make_pair,
    proving_key,
)
from treno_chat.stores.other_ways import external_logins

ISSUER = "https://id.example.org"


AUDIENCE = "https://treno.example/api/v1"


@dataclass
class Keys:
    """The keys of somebody else, and how often they were asked for."""

    pair: KeyPair
    asked: int = 0
    are_away: bool = False

    def key(self, kid: str) -> ProvingKey | None:
        """Return the key, if it is this one."""
        self.asked += 1
        if self.are_away:
            raise Unavailable("unavailable")
        known = kid == self.pair.kid
        return proving_key(kid, json.loads(self.pair.public_jwk)) if known else None


@pytest.fixture
def keys() -> Keys:
    """The keys of the trusted issuer."""
    return Keys(make_pair(Algorithm.ES256))


@pytest.fixture
def trusted(keys: Keys) -> TrustedIssuer:
    """Somebody else whose tokens are taken."""
    return TrustedIssuer(issuer=ISSUER, audience=AUDIENCE, keys=keys)


def their_token(keys: Keys, clock: StoppedClock, **claims: object) -> str:
    """Return a token of the trusted issuer, with other claims in places."""
    now = int(clock.now.timestamp())
    true = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ada-there", "iat": now, "exp": now + 3600}
    return Forger(keys.pair).write(**{**true, **claims})


@pytest.fixture
def connected(transactions: Transactions, ada: Principal) -> Principal:
    """Ada, who is registered, and known to the trusted issuer under another name."""
    with transactions.writing() as tx:
        register(tx, ada)
        external_logins.add(tx.db, ada.user.id, issuer=ISSUER, subject="ada-there", at=tx.now)
    return ada


def test_a_trusted_issuer_speaks_for_whom_it_knows(
    transactions: Transactions,
    connected: Principal,
    trusted: TrustedIssuer,
    keys: Keys,
    clock: StoppedClock,
) -> None:
    found = read_token(transactions, their_token(keys, clock), trusted=trusted)

    assert (found.user.id, found.session.id) == (connected.user.id, connected.session.id)


def test_nobody_is_trusted_who_is_not_configured(
    transactions: Transactions,
    connected: Principal,
    keys: Keys,
    trusted: TrustedIssuer,
    clock: StoppedClock,
) -> None:
    token = their_token(keys, clock)

    assert why_not(transactions, token) == "a key that we do not know"
    other = replace(trusted, issuer="https://other.example.org")
    assert why_not(transactions, token, other) == "a key that we do not know"
    assert keys.asked == 0


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"sub": "bruno-there"}, "nobody who is signed in"),
        ({"sub": ""}, "sub is no text"),
        ({"aud": "https://other.example.org"}, "another audience"),
        ({"aud": [AUDIENCE, "https://other.example.org"]}, "another audience"),
        ({"exp": 0}, "over"),
        ({"exp": 2**39}, "lives too long, or never did"),
        ({"jti": ""}, "jti is no text"),
    ],
)
def test_what_a_trusted_issuer_says_must_hold_as_well(
    transactions: Transactions,
    connected: Principal,
    trusted: TrustedIssuer,
    keys: Keys,
    clock: StoppedClock,
    *,
    claims: dict[str, object],
    reason: str,
) -> None:
    assert why_not(transactions, their_token(keys, clock, **claims), trusted) == reason


def test_its_keys_prove_nothing_of_ours_nor_ours_anything_of_its(
    transactions: Transactions,
    connected: Principal,
    trusted: TrustedIssuer,
    keys: Keys,
    clock: StoppedClock,
) -> None:
    with transactions.reading() as tx:
        policy = tx.policy.tokens
    as_ours = their_token(keys, clock, iss=policy.issuer, aud=policy.audience)
    ours = token_of(transactions, connected)

    assert why_not(transactions, as_ours, trusted) == "a key that we do not know"
    assert read_token(transactions, ours, trusted=trusted).user.id == connected.user.id
    assert keys.asked == 0


def test_who_logged_out_everywhere_or_was_shut_out_is_not_spoken_for(
    transactions: Transactions,
    connected: Principal,
    trusted: TrustedIssuer,
    keys: Keys,
    clock: StoppedClock,
) -> None:
    token = their_token(keys, clock)
    assert read_token(transactions, token, trusted=trusted)
    with transactions.writing() as tx:
        log_out(tx, look_up(tx, connected.session.id))

    assert why_not(transactions, token, trusted) == "nobody who is signed in"


def test_without_its_keys_nothing_is_said_of_the_token(
    transactions: Transactions,
    connected: Principal,
    trusted: TrustedIssuer,
    keys: Keys,
    clock: StoppedClock,
) -> None:
    token, keys.are_away = their_token(keys, clock), True

    with pytest.raises(Unavailable):
        read_token(transactions, token, trusted=trusted)
