"""What a good token says, and every lie that must not pass (RFC 8725, RFC 9068, S37-S42)."""

import hmac
import json
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from tests.support.forger import (
    EXPECTED,
    GONE,
    NOW,
    PAIR,
    PAIRS,
    Forger,
    as_json,
    believe,
    encode,
    known,
    minted,
    why_not,
)
from treno_chat.domain.refusals import NotSignedIn
from treno_chat.domain.tokens.access_tokens import Proven, prove, sign
from treno_chat.domain.tokens.jws import read_unproven
from treno_chat.domain.tokens.signing_keys import Algorithm, make_pair


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_token_of_ours_is_believed(algorithm: Algorithm) -> None:
    pair = PAIRS[algorithm]

    assert believe(minted(pair), pair=pair) == Proven(
        issuer=EXPECTED.issuer, user_id="ada", session_id="hers"
    )
    assert believe(Forger(pair).write(), pair=pair).user_id == "ada"


def test_a_token_ends_with_its_session() -> None:
    token = sign(
        kid=PAIR.kid,
        algorithm=PAIR.algorithm,
        private_pem=PAIR.private_pem,
        expected=EXPECTED,
        user_id="ada",
        session_id="hers",
        now=NOW,
        ends_at=NOW + timedelta(seconds=90),
    )

    assert token.expires_at == NOW + timedelta(seconds=90)
    assert believe(token.token, at=NOW + timedelta(seconds=150)).session_id == "hers"
    assert why_not(token.token, at=NOW + timedelta(seconds=151)) == "over"


# Keys and algorithms


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", ""])
def test_s37_unsigned_is_refused_however_it_is_called(name: str) -> None:
    header, claims, signature = Forger().write({"alg": name}).split(".")

    assert why_not(f"{header}.{claims}.{signature}") == "not the algorithm of that key"
    assert why_not(f"{header}.{claims}.") == "not three parts"


@pytest.mark.parametrize("name", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("secret", ["pem", "jwk", "raw"])
def test_s37_our_public_key_is_nobodys_secret(name: str, secret: str) -> None:
    public = load_pem_private_key(PAIR.private_pem.encode(), None).public_key()
    secrets = {
        "pem": public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        "jwk": PAIR.public_jwk.encode(),
        "raw": public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    }
    header, claims, _ = Forger().write({"alg": name}).split(".")
    digest = f"sha{name[2:]}"
    forged = hmac.digest(secrets[secret], f"{header}.{claims}".encode(), digest)

    token = f"{header}.{claims}.{encode(forged)}"
    assert why_not(token) == "not the algorithm of that key"


@pytest.mark.parametrize("name", ["ES384", "ES512", "ES256K", "EdDSA", "RS256", "PS256", "es256"])
def test_s37_another_algorithm_is_refused(name: str) -> None:
    assert why_not(Forger().write({"alg": name})) == "not the algorithm of that key"


@pytest.mark.parametrize("name", [GONE, None, 1, ["ES256"], {"ES256": 1}])
def test_s37_an_algorithm_is_a_text(name: object) -> None:
    assert why_not(Forger().write({"alg": name})) == "names no algorithm"


def test_s37_somebody_elses_key_under_our_id_proves_nothing() -> None:
    theirs = replace(make_pair(Algorithm.ES256), kid=PAIR.kid)

    assert why_not(Forger(theirs).write()) == "not signed by that key"


@pytest.mark.parametrize("kid", ["../../dev/null", "' OR 1=1 --", "\0", "x", "http://evil/k", " "])
def test_s37_a_key_is_known_by_its_id_alone(kid: str) -> None:
    assert why_not(Forger().write({"kid": kid})) == "a key that we do not know"


@pytest.mark.parametrize("kid", [GONE, None, 1, "", "k" * 257, ["x"], {"a": "b"}])
def test_s37_a_key_must_be_named(kid: object) -> None:
    assert why_not(Forger().write({"kid": kid})) == "names no key"


def test_a_key_of_another_id_is_not_tried() -> None:
    with pytest.raises(NotSignedIn):
        prove(
            read_unproven(minted()), known(make_pair(Algorithm.ES256)), expected=EXPECTED, now=NOW
        )


@pytest.mark.parametrize("name", ["jku", "x5u", "jwk", "x5c", "x5t"])
def test_s37_a_key_that_the_token_brings_along_is_not_looked_at(name: str) -> None:
    theirs = make_pair(Algorithm.ES256)
    brought = {name: json.loads(theirs.public_jwk) if name == "jwk" else "https://evil.example/k"}

    assert why_not(Forger(replace(theirs, kid=PAIR.kid)).write(brought)) == "not signed by that key"
    assert why_not(Forger(theirs).write(brought)) == "a key that we do not know"
    assert believe(Forger().write(brought)).user_id == "ada"


@pytest.mark.parametrize(
    "more",
    [{"crit": ["b64"], "b64": False}, {"b64": False}, {"b64": True}, {"crit": []}, {"crit": ["x"]}],
)
def test_what_a_token_calls_critical_is_not_known_here(more: dict[str, object]) -> None:
    assert why_not(Forger().write(more)) == "asks for what we do not know"


# What it is


@pytest.mark.parametrize("kind", ["at+jwt", "AT+JWT", "application/at+jwt"])
def test_s38_an_access_token_says_that_it_is_one(kind: str) -> None:
    assert believe(Forger().write({"typ": kind})).user_id == "ada"


@pytest.mark.parametrize("kind", [GONE, None, "", "JWT", "jwt", "id+jwt", "at+jwt ", 1, ["at+jwt"]])
def test_s38_anything_else_is_none(kind: object) -> None:
    assert why_not(Forger().write({"typ": kind})) == "not an access token"


# Claims


@pytest.mark.parametrize(
    "issuer",
    [
        GONE,
        None,
        "",
        "https://evil.example",
        f"{EXPECTED.issuer}/",
        "https://treno",
        1,
        [EXPECTED.issuer],
    ],
)
def test_s38_another_issuer_is_refused(issuer: object) -> None:
    assert why_not(Forger().write(iss=issuer)) == "another issuer"


@pytest.mark.parametrize(
    "audience",
    [
        GONE,
        None,
        "",
        "https://evil.example",
        [],
        [EXPECTED.audience, "https://evil.example"],
        [[EXPECTED.audience]],
        {EXPECTED.audience: 1},
        EXPECTED.audience.upper(),
        f"{EXPECTED.audience}/",
    ],
)
def test_s38_a_token_for_others_as_well_is_refused(audience: object) -> None:
    assert why_not(Forger().write(aud=audience)) == "another audience"


def test_s38_a_list_of_us_alone_is_us() -> None:
    assert believe(Forger().write(aud=[EXPECTED.audience])).user_id == "ada"


@pytest.mark.parametrize("name", ["sub", "sid", "jti"])
@pytest.mark.parametrize("value", [GONE, None, "", 1, True, ["x"], {}, "a\0b", "x" * 257, "\ud800"])
def test_s38_what_must_be_a_text_is_one(name: str, value: object) -> None:
    assert why_not(Forger().write(**{name: value})) == f"{name} is no text"


@pytest.mark.parametrize("name", ["exp", "iat", "nbf"])
@pytest.mark.parametrize("value", [None, "", "1", True, [], {}, -1, 10**300, 1e300])
def test_s38_what_must_be_a_time_is_one(name: str, value: object) -> None:
    assert why_not(Forger().write(**{name: value})) == f"{name} is no time"


@pytest.mark.parametrize("name", ["exp", "iat"])
def test_s38_two_times_are_a_must(name: str) -> None:
    assert why_not(Forger().write(**{name: GONE})) == f"{name} is no time"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_time_that_is_no_number_is_refused(number: str) -> None:
    claims = jwt.decode(minted(), options={"verify_signature": False}) | {"exp": 0}
    written = json.dumps(claims).replace('"exp": 0', f'"exp": {number}')
    token = Forger().sign_bytes(as_json(jwt.get_unverified_header(minted())), written.encode())

    assert why_not(token) in (f"{number} is no JSON", "exp is no time")


def seconds(later: int) -> int:
    """Return a time so many seconds from now."""
    return int(NOW.timestamp()) + later


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"exp": seconds(-60), "iat": seconds(-120)}, None),
        ({"exp": seconds(-61), "iat": seconds(-120)}, "over"),
        ({"iat": seconds(60), "exp": seconds(120)}, None),
        ({"iat": seconds(61), "exp": seconds(120)}, "not yet"),
        ({"nbf": seconds(60)}, None),
        ({"nbf": seconds(61)}, "not yet"),
        ({"exp": seconds(601)}, "lives too long, or never did"),
        ({"iat": seconds(30), "exp": seconds(20)}, "lives too long, or never did"),
        ({"iat": seconds(0) + 0.5, "exp": seconds(90) + 0.5}, None),
    ],
)
def test_s41_the_clock_may_be_a_minute_off(claims: dict[str, object], reason: str | None) -> None:
    token = Forger().write(**claims)

    if reason is None:
        assert believe(token).user_id == "ada"
    else:
        assert why_not(token) == reason
