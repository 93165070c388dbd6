"""Whose access tokens are taken besides our own, as the settings say."""

from treno_chat.domain.other_ways.providers import Provider
from treno_chat.domain.tokens.access_tokens import TrustedIssuer
from treno_chat.outbound.jwks import RemoteKeys
from treno_chat.settings import Settings


def issuer_of(settings: Settings) -> TrustedIssuer | None:
    """Return the trusted issuer; None when nobody but ourselves is trusted."""
    if not settings.trusted_issuer:
        return None
    return TrustedIssuer(
        issuer=settings.trusted_issuer,
        audience=settings.trusted_issuer_audience or settings.audience,
        keys=RemoteKeys(settings.trusted_issuer_jwks_url),
    )


def providers_of(settings: Settings) -> tuple[Provider, ...]:
    """Return who else vouches for people."""
    return tuple(
        Provider(
            name=one.name,
            label=one.label or one.name,
            issuer=one.issuer,
            client_id=one.client_id,
            client_secret=one.client_secret.get_secret_value(),
        )
        for one in settings.oidc_providers
    )
