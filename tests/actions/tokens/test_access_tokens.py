"""A token speaks in a live session; a trusted stranger's only for whom is connected and here."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.actions.worlds import register
from tests.conftest import StoppedClock
from tests.support.forger import Forger
from treno_chat.actions.door.sessions import log_out, look_up
from treno_chat.actions.operations.disabling import disable_person
from treno_chat.actions.tokens.access_tokens import mint, read_token
from treno_chat.actions.tokens.signing_keys import current_key, private_half
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.refusals import NotSignedIn, Unavailable
from treno_chat.domain.tokens.access_tokens import TrustedIssuer
from treno_chat.domain.tokens.signing_keys import (
    Algorithm,
    KeyPair,
    ProvingKey,
    make_pair,
    proving_key,
)
from treno_chat.stores import tables
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


def token_of(transactions: Transactions, person: Principal) -> str:
    """Return a token of a person's session."""
    with transactions.writing() as tx:
        return mint(tx, person).token


def their_token(keys: Keys, clock: StoppedClock, **claims: object) -> str:
    """Return a token of the trusted issuer, with other claims in places."""
    now = int(clock.now.timestamp())
    true = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ada-there", "iat": now, "exp": now + 3600}
    return Forger(keys.pair).write(**{**true, **claims})


def why_not(transactions: Transactions, token: str, trusted: TrustedIssuer | None = None) -> str:
    """Return why a token is refused."""
    with pytest.raises(NotSignedIn) as refusal:
        read_token(transactions, token, trusted=trusted)
    assert refusal.value.code == "invalid_token"
    return refusal.value.__notes__[0]


@pytest.fixture
def connected(transactions: Transactions, ada: Principal) -> Principal:
    """Ada, who is registered, and known to the trusted issuer under another name."""
    with transactions.writing() as tx:
        register(tx, ada)
        external_logins.add(tx.db, ada.user.id, issuer=ISSUER, subject="ada-there", at=tx.now)
    return ada


def test_a_token_speaks_in_its_session(transactions: Transactions, ada: Principal) -> None:
    assert read_token(transactions, token_of(transactions, ada)) == ada


def test_s30_nobody_speaks_once_the_session_is_over_or_the_person_shut_out(
    transactions: Transactions, ada: Principal, bruno: Principal
) -> None:
    token, brunos = token_of(transactions, ada), token_of(transactions, bruno)
    with transactions.writing() as tx:
        log_out(tx, ada)
        disable_person(tx, bruno.user.id)

    assert why_not(transactions, token) == "the session is over"
    assert why_not(transactions, brunos) == "the session is over"


def test_a_token_keeps_its_session_alive_as_a_cookie_does(
    transactions: Transactions, ada: Principal, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(hours=11, minutes=58))
    token = token_of(transactions, ada)
    read_token(transactions, token)

    clock.pass_(timedelta(minutes=5))
    assert read_token(transactions, token).user == ada.user


def test_s28_nobody_speaks_once_the_session_has_run_out(
    transactions: Transactions, ada: Principal, clock: StoppedClock
) -> None:
    clock.pass_(timedelta(hours=11, minutes=58))
    token = token_of(transactions, ada)

    clock.pass_(timedelta(minutes=2))
    assert why_not(transactions, token) == "the session is over"


def test_a_token_is_not_minted_for_a_session_that_is_over(
    transactions: Transactions, ada: Principal
) -> None:
    with transactions.writing() as tx:
        log_out(tx, ada)

    with pytest.raises(NotSignedIn, match="not_signed_in"):
        token_of(transactions, ada)


def test_a_session_that_is_somebody_elses_is_not_spoken_in(
    transactions: Transactions, ada: Principal, bruno: Principal, clock: StoppedClock
) -> None:
    with transactions.writing() as tx:
        key = current_key(tx)
        pem = private_half(tx, key) or ""
        policy = tx.policy.tokens
    ours = KeyPair(kid=key.kid, algorithm=key.algorithm, public_jwk=key.public_jwk, private_pem=pem)
    mixed = Forger(ours).write(
        iss=policy.issuer, aud=policy.audience, sub=bruno.user.id, sid=ada.session.id
    )

    assert why_not(transactions, mixed) == "the session is somebody else's"


def test_a_minted_token_is_in_the_audit_and_itself_is_not(
    transactions: Transactions, ada: Principal
) -> None:
    token = token_of(transactions, ada)

    with transactions.reading() as tx:
        rows = tx.db.exec(select(tables.AuthEvent)).all()
    minted = [row for row in rows if row.kind == "token_minted"]
    assert [(row.user_id, row.session_id) for row in minted] == [(ada.user.id, ada.session.id)]
    assert token not in repr(rows)


# Somebody else's


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
