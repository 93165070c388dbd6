"""Somebody else's tokens are taken only as the operator can have meant it."""

import pytest

from treno_chat.issuers import issuer_of
from treno_chat.running.sound_tokens import token_faults
from treno_chat.settings import Settings

THEIRS = {
    "trusted_issuer": "https://id.example.org",
    "trusted_issuer_jwks_url": "https://id.example.org/keys",
}
PRODUCTION = {"treno_env": "production", "public_origin": "https://chat.example.org"}


def faults(**given: object) -> list[str]:
    """Return what is wrong with these settings."""
    return list(token_faults(Settings.model_validate(given)))


def test_nobody_is_trusted_unless_named() -> None:
    assert faults() == []
    assert issuer_of(Settings()) is None


def test_a_trusted_issuer_has_its_keys_by_https() -> None:
    assert faults(**THEIRS) == []
    assert faults(**PRODUCTION, **THEIRS) == []


@pytest.mark.parametrize(
    "url", ["", "http://id.example.org/keys", "ftp://id.example.org", "https://", "/keys", "x"]
)
def test_any_other_address_is_refused(url: str) -> None:
    (fault,) = faults(**{**THEIRS, "trusted_issuer_jwks_url": url})

    assert fault.startswith("TRUSTED_ISSUER needs a TRUSTED_ISSUER_JWKS_URL")


def test_this_machine_is_for_development_alone() -> None:
    here = {**THEIRS, "trusted_issuer_jwks_url": "http://127.0.0.1:9000/keys"}

    assert faults(**here) == []
    assert len(faults(**PRODUCTION, **here)) == 1


def test_keys_of_nobody_and_trust_in_ourselves_are_mistakes() -> None:
    ours = {**PRODUCTION, **THEIRS, "trusted_issuer": "https://chat.example.org"}

    assert len(faults(trusted_issuer_jwks_url="https://id.example.org/keys")) == 1
    assert len(faults(**ours)) == 1


def test_its_tokens_are_for_us_unless_it_calls_us_otherwise() -> None:
    as_we_do = issuer_of(Settings.model_validate(THEIRS))
    otherwise = issuer_of(Settings.model_validate({**THEIRS, "trusted_issuer_audience": "treno"}))

    assert as_we_do is not None
    assert otherwise is not None
    assert as_we_do.audience == "http://localhost:3000/api/v1"
    assert otherwise.audience == "treno"
    assert as_we_do.expected().issuer == "https://id.example.org"
