"""Ceremonies as the tests hold them: one authenticator, one challenge."""

from collections.abc import Collection
from datetime import UTC, datetime

from tests.support.authenticator import (
    Authenticator,
    Json,
    Lie,
)
from treno_chat.domain.door.ceremonies import (
    verify_authentication,
    verify_registration,
)
from treno_chat.domain.door.passkeys import (
    Credential,
    Passkey,
    authentication_options,
    new_challenge,
    new_handle,
    registration_options,
)
from treno_chat.domain.policy import RelyingParty

PARTY = RelyingParty()


CHALLENGE = new_challenge()


HANDLE = new_handle()


CREATE: Json = registration_options(
    relying_party=PARTY, challenge=CHALLENGE, handle=HANDLE, alias="Ada"
)


GET: Json = authentication_options(relying_party=PARTY, challenge=CHALLENGE)


def register(authenticator: Authenticator, lie: Lie | None = None) -> Credential:
    """Register a passkey of an authenticator."""
    return verify_registration(
        authenticator.create(CREATE, lie or Lie()),
        expected_challenge=CHALLENGE,
        expected_party=PARTY,
    )


def owned(credential: Credential) -> Passkey:
    """Return a credential as the passkey that Ada keeps."""
    return Passkey(
        id="passkey",
        user_id="ada",
        name="",
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
        credential_id=credential.credential_id,
        public_key=credential.public_key,
        sign_count=credential.sign_count,
        transports=credential.transports,
        aaguid=credential.aaguid,
        is_backup_eligible=credential.is_backup_eligible,
        is_backed_up=credential.is_backed_up,
    )


def authenticate(
    passkey: Passkey,
    answer: object,
    *,
    expected_handle: bytes | None = HANDLE,
    allowed: Collection[bytes] = (),
) -> int:
    """Verify an authenticator's answer, and return its new count."""
    return verify_authentication(
        answer,
        expected_challenge=CHALLENGE,
        expected_party=PARTY,
        passkey=passkey,
        expected_handle=expected_handle,
        allowed=allowed,
    ).sign_count
