"""The vectors of WebAuthn Level 3: each is taken or refused as the policy of this house says."""

import hashlib
from datetime import UTC, datetime

import pytest

from tests.support.authenticator import ELIGIBLE, Algorithm, encode
from tests.support.vectors import ORIGIN, RP_ID, Ceremony, Recipe, Vector
from treno_chat.domain.door.ceremonies import verify_authentication, verify_registration
from treno_chat.domain.door.passkeys import Passkey
from treno_chat.domain.policy import RelyingParty
from treno_chat.domain.refusals import Forbidden

PARTY = RelyingParty(id=RP_ID, origins=(ORIGIN,))
HANDLE = bytes(64)
EMBEDDED = {"crossOrigin": True, "topOrigin": "https://example.com"}
VECTORS = {
    recipe.name: Vector(recipe)
    for recipe in (
        Recipe(name="none.ES256"),
        Recipe(name="packed-self.ES256", is_self_attested=True),
        Recipe(name="none.ES256.crossOrigin", more={"crossOrigin": True}),
        Recipe(name="none.ES256.topOrigin", more=EMBEDDED),
        Recipe(name="none.ES256.long-credential-id", id_bytes=1023),
        Recipe(name="packed.ES256", is_attested=True),
        Recipe(name="packed.RS256", algorithm=Algorithm.RS256, is_attested=True),
        Recipe(name="packed.EdDSA", algorithm=Algorithm.EDDSA, is_attested=True),
    )
}
# What was published, where no client adds a member of its own: SHA-256 of the signature.
PUBLISHED = {
    "none.ES256": "e6b84e03104e",
    "none.ES256.long-credential-id": "8a535737a422",
    "packed.RS256": "5968d9d3a20c",
    "packed.EdDSA": "63cdbd608d9e",
}
EMBEDDED_ONES = {"none.ES256.crossOrigin", "none.ES256.topOrigin"}
REGISTERED = [name for name, vector in VECTORS.items() if not vector.recipe.is_attested]


def is_taken(name: str, ceremony: Ceremony) -> bool:
    """Say what our policy says: verified, and in a page of our own."""
    return ceremony.is_verified and name not in EMBEDDED_ONES


def stored(vector: Vector) -> Passkey:
    """Return the vector's credential as somebody's passkey."""
    return Passkey(
        id="passkey",
        user_id="ada",
        name="",
        created_at=datetime(2026, 11, 21, tzinfo=UTC),
        credential_id=vector.credential_id,
        public_key=vector.public_key,
        sign_count=0,
        transports=(),
        aaguid="",
        is_backup_eligible=bool(vector.eligible & ELIGIBLE),
        is_backed_up=False,
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_recipe_gives_what_was_published(name: str) -> None:
    ceremony = VECTORS[name].authentication

    assert not ceremony.is_extended
    assert hashlib.sha256(ceremony.signature).hexdigest().startswith(PUBLISHED[name])


def test_the_vectors_show_both_answers() -> None:
    registrations = {is_taken(name, VECTORS[name].registration) for name in REGISTERED}
    authentications = {is_taken(name, vector.authentication) for name, vector in VECTORS.items()}

    assert registrations == authentications == {True, False}


@pytest.mark.parametrize("name", REGISTERED)
def test_r1_to_r14_a_registration_is_taken_as_our_policy_says(name: str) -> None:
    vector = VECTORS[name]
    ceremony = vector.registration

    def register() -> bytes:
        return verify_registration(
            ceremony.answer, expected_challenge=ceremony.challenge, expected_party=PARTY
        ).credential_id

    if is_taken(name, ceremony):
        assert register() == vector.credential_id
    else:
        with pytest.raises(Forbidden, match="passkey_refused"):
            register()


@pytest.mark.parametrize("name", VECTORS)
def test_a1_to_a14_an_authentication_is_taken_as_our_policy_says(name: str) -> None:
    vector = VECTORS[name]
    ceremony = vector.authentication
    # The section leaves the user handle out: it is not signed.
    ceremony.answer["response"]["userHandle"] = encode(HANDLE)

    def authenticate() -> int:
        return verify_authentication(
            ceremony.answer,
            expected_challenge=ceremony.challenge,
            expected_party=PARTY,
            expected_handle=HANDLE,
            passkey=stored(vector),
        ).sign_count

    if is_taken(name, ceremony):
        assert authenticate() == 0
    else:
        with pytest.raises(Forbidden, match="passkey_refused"):
            authenticate()
