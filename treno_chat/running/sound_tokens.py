"""Whether somebody else's access tokens can be taken as the settings say."""

from collections.abc import Generator
from urllib.parse import urlsplit

from treno_chat.domain.addresses import is_here
from treno_chat.settings import Settings


def token_faults(settings: Settings) -> Generator[str]:
    """Yield what must not stay as it is, one line each."""
    issuer, url = settings.trusted_issuer, settings.trusted_issuer_jwks_url
    if not issuer:
        if url:
            yield "TRUSTED_ISSUER_JWKS_URL is of nobody: name its TRUSTED_ISSUER."
        return
    if issuer == settings.public_origin:
        yield "TRUSTED_ISSUER is ourselves (PUBLIC_ORIGIN): our own tokens need no trust."
    if not _is_safe(url, is_production=settings.is_production):
        yield (
            "TRUSTED_ISSUER needs a TRUSTED_ISSUER_JWKS_URL that begins with https://: whoever"
            " changes those keys on their way is anybody here."
        )


def _is_safe(url: str, *, is_production: bool) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "http" and is_here(parts.hostname):
        return not is_production
    return parts.scheme == "https" and bool(parts.hostname)
