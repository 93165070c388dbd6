"""Passkeys: what is kept of one, the challenge of a ceremony, and what the browser is asked."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import webauthn
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from treno_chat.domain.ids import SessionId, UserId
from treno_chat.domain.policy import RelyingParty

CHALLENGE_BYTES = 32
HANDLE_BYTES = 64
# The range of WebAuthn Level 3 is 300 to 600 seconds; the library's own default lies under it.
TIMEOUT_MS = 300_000
ALGORITHMS = [
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]


class Ceremony(StrEnum):
    """The two ceremonies of WebAuthn, and those that belong to an account already."""

    REGISTRATION = "registration"
    AUTHENTICATION = "authentication"
    ADDITION = "addition"  # a registration: one passkey more
    RECOVERY = "recovery"  # a registration: a passkey in place of those that were lost
    STEP_UP = "step_up"  # an authentication: it is still you


@dataclass(frozen=True, kw_only=True, slots=True)
class Challenge:
    """A nonce given out once, bound to one browser by `handle_hash` and, if any, its session.

    `sign_up` holds the sealed answers of the form while the ceremony runs.
    """

    id: str
    handle_hash: str
    ceremony: Ceremony
    challenge: bytes = field(repr=False)
    session_id: SessionId | None = None
    user_id: UserId | None = None
    sign_up: str | None = field(default=None, repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """What a registration proved (R16).

    `uvInitialized` is not among it: without user verification nothing is registered here.
    """

    credential_id: bytes
    public_key: bytes = field(repr=False)
    sign_count: int
    transports: tuple[str, ...]
    aaguid: str
    is_backup_eligible: bool
    is_backed_up: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Passkey(Credential):
    """A credential that somebody owns."""

    id: str
    user_id: UserId
    name: str
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assertion:
    """What an authentication proved, to be kept with the passkey."""

    sign_count: int
    is_backed_up: bool


def new_challenge() -> bytes:
    """Return a fresh nonce of 256 bits."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def new_handle() -> bytes:
    """Return a fresh user handle: random, so that it says nothing of the person (R18)."""
    return secrets.token_bytes(HANDLE_BYTES)


def registration_options(
    *,
    relying_party: RelyingParty,
    challenge: bytes,
    handle: bytes,
    alias: str,
    excluded: Collection[Credential] = (),
) -> dict[str, Any]:
    """Return what `navigator.credentials.create` is asked: discoverable, verified, unattested."""
    options = webauthn.generate_registration_options(
        rp_id=relying_party.id,
        rp_name=relying_party.name,
        user_id=handle,
        user_name=alias,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_descriptor(each) for each in excluded],
        supported_pub_key_algs=ALGORITHMS,
    )
    return options_to_json_dict(options)


def authentication_options(
    *, relying_party: RelyingParty, challenge: bytes, allowed: Collection[Credential] = ()
) -> dict[str, Any]:
    """Return what `navigator.credentials.get` is asked; only to an owner are passkeys `allowed`."""
    options = webauthn.generate_authentication_options(
        rp_id=relying_party.id,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        allow_credentials=[_descriptor(each) for each in allowed],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def _descriptor(credential: Credential) -> PublicKeyCredentialDescriptor:
    transports = [AuthenticatorTransport(each) for each in credential.transports]
    return PublicKeyCredentialDescriptor(id=credential.credential_id, transports=transports or None)
