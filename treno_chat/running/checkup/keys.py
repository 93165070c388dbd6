"""What the check-up sees of the keys that sign: whether there is one, its age, and who opens it."""

from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from sqlmodel import Session

from treno_chat.domain.tokens.signing_keys import StoredKey
from treno_chat.domain.vault import Vault
from treno_chat.running.checkup.finding import Findings, fault, ok, warning
from treno_chat.settings import Settings
from treno_chat.stores.operations import signing_keys

# The job that makes a new one comes by every hour.
LATE = timedelta(days=1)


def look_at_keys(db: Session, settings: Settings, *, now: datetime) -> Findings:
    """Look at the key that signs access tokens."""
    key = next((each for each in signing_keys.all_keys(db) if each.retired_at is None), None)
    if key is None:
        yield warning("there is no signing key yet: start a server, or run `keys rotate`.")
    elif not _has_secret(settings):
        yield warning("there is no TRENO_SECRET yet to open the signing key with: give it back.")
    elif not _opens(Vault(settings.secret()), key):
        yield fault(
            f"the signing key {key.kid} was sealed with another TRENO_SECRET, and so were phone"
            " numbers and addresses of mail: give that one back, or see docs/operations.md."
        )
    else:
        yield from _age(now - key.created_at, settings.policy().tokens.key_lifetime)


def _has_secret(settings: Settings) -> bool:
    """Look without asking for it: whoever asks in development is given a new one."""
    kept = settings.data_dir / "secrets.json"
    return bool(settings.treno_secret.get_secret_value()) or kept.exists()


def _opens(vault: Vault, key: StoredKey) -> bool:
    try:
        vault.open(key.private_sealed)
    except InvalidToken:
        return False
    return True


def _age(age: timedelta, lifetime: timedelta) -> Findings:
    if age > lifetime + LATE:
        yield warning(
            f"the signing key is {age.days} days old, {lifetime.days} are enough: start a server,"
            " or run `keys rotate`."
        )
    else:
        yield ok(f"TRENO_SECRET opens the signing key, which is {age.days} days old")
