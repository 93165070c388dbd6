"""Verifying ceremonies: the one place that knows py_webauthn, with the steps it leaves to us.

R and A numbers are the steps of security.md §5. Every refusal is the same to the outside, but for
what came too late, whoever it is from; a note on it names the step for our own log, and never
carries what was sent.
"""

from collections.abc import Collection
from typing import Any, cast

import webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from webauthn.helpers import (
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import CredentialDeviceType

from treno_chat.domain.door.client_data import OTHER_CHALLENGE, fault_in
from treno_chat.domain.door.passkeys import ALGORITHMS, Assertion, Credential, Passkey
from treno_chat.domain.policy import RelyingParty
from treno_chat.domain.refusals import Forbidden, Lapsed

MAX_CREDENTIAL_ID = 1023
# What the library lets through of the malformed: it indexes, calls and decodes what came.
_MALFORMED = (
    WebAuthnException,
    InvalidSignature,
    UnsupportedAlgorithm,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class CounterWentBack(Forbidden):
    """Refused as any other, but the passkey may have been copied: its owner is warned (A14)."""

    def __init__(self) -> None:
        super().__init__("passkey_refused")
        self.add_note("A14: the counter went back")


def refused(step: str) -> Forbidden:
    """Return the one refusal of every ceremony (A18); `step` is for the log alone."""
    refusal = Forbidden("passkey_refused")
    refusal.add_note(step)
    return refusal


def lapsed(step: str) -> Lapsed:
    """Return the refusal of what answers no challenge of now, whosever it is."""
    refusal = Lapsed("passkey_expired")
    refusal.add_note(step)
    return refusal


def require_own_words(credential: object, expected_challenge: bytes) -> dict[str, Any]:
    """Return an answer to our challenge; refuse one of another, or in a page of others."""
    answer = _object(credential)
    try:
        encoded = str(answer["response"]["clientDataJSON"])
        fault = fault_in(encoded, expected_challenge=expected_challenge)
    except _MALFORMED as malformed:
        raise refused(f"R1: {type(malformed).__name__}") from malformed
    if fault is not None:
        raise lapsed(fault) if fault == OTHER_CHALLENGE else refused(fault)
    return answer


def verify_registration(
    credential: object, *, expected_challenge: bytes, expected_party: RelyingParty
) -> Credential:
    """Return what the browser's answer to `registration_options` proves (R1 to R14)."""
    answer = require_own_words(credential, expected_challenge)
    try:
        verified = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=expected_challenge,
            expected_rp_id=expected_party.id,
            expected_origin=list(expected_party.origins),
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
        # A key that can never verify anything would be a passkey that locks its owner out.
        decoded_public_key_to_cryptography(
            decode_credential_public_key(verified.credential_public_key)
        )
        parsed = parse_registration_credential_json(answer)
    except _MALFORMED as unproven:
        raise refused(f"registration: {type(unproven).__name__}") from unproven
    if verified.credential_id != parsed.raw_id:
        raise refused("R16: the authenticator attests another id than the browser names")
    if len(verified.credential_id) > MAX_CREDENTIAL_ID:
        raise refused("R14: the credential id is too long")
    return Credential(
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        transports=tuple(dict.fromkeys(each.value for each in parsed.response.transports or ())),
        aaguid=verified.aaguid,
        is_backup_eligible=verified.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
        is_backed_up=verified.credential_backed_up,
    )


def credential_id_of(credential: object) -> bytes:
    """Return which passkey an answer claims to be from, to look up its key."""
    try:
        return parse_authentication_credential_json(_object(credential)).raw_id
    except _MALFORMED as malformed:
        raise refused(f"authentication: {type(malformed).__name__}") from malformed


def verify_authentication(
    credential: object,
    *,
    expected_challenge: bytes,
    expected_party: RelyingParty,
    expected_handle: bytes | None,
    passkey: Passkey,
    allowed: Collection[bytes] = (),
) -> Assertion:
    """Return what the browser's answer to `authentication_options` proves (A1 to A14).

    `expected_handle` is the user handle of the passkey's owner. An answer with another is refused,
    and so is one without where nobody said beforehand, by what is `allowed`, who it is (A2, A3).
    """
    answer = require_own_words(credential, expected_challenge)
    try:
        parsed = parse_authentication_credential_json(answer)
        verified = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=expected_challenge,
            expected_rp_id=expected_party.id,
            expected_origin=list(expected_party.origins),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # compared below, once the signature is proven
            require_user_verification=True,
        )
    except _MALFORMED as unproven:
        raise refused(f"authentication: {type(unproven).__name__}") from unproven
    if parsed.raw_id != passkey.credential_id or (allowed and parsed.raw_id not in allowed):
        raise refused("A1: not the credential that was asked for")
    handle = parsed.response.user_handle
    is_missing = handle is None and not allowed
    if expected_handle is None or is_missing or handle not in (None, expected_handle):
        raise refused("A2, A3: the user handle is not the owner's")
    is_eligible = verified.credential_device_type is CredentialDeviceType.MULTI_DEVICE
    if is_eligible is not passkey.is_backup_eligible:
        raise refused("A12: backup eligibility has changed")
    counts = (verified.new_sign_count, passkey.sign_count)
    if any(counts) and verified.new_sign_count <= passkey.sign_count:
        raise CounterWentBack
    return Assertion(sign_count=verified.new_sign_count, is_backed_up=verified.credential_backed_up)


def _object(credential: object) -> dict[str, Any]:
    # The library asks `[]` and `null` for attributes they do not have (R1).
    if not isinstance(credential, dict):
        raise refused("R1: not an object")
    return cast("dict[str, Any]", credential)
