"""Whether mail can be sent as the settings say, and who else may vouch for people."""

from collections.abc import Generator
from urllib.parse import urlsplit

from treno_chat.domain.addresses import is_here
from treno_chat.domain.other_ways.emails import parse_email
from treno_chat.domain.refusals import Invalid
from treno_chat.settings import Settings
from treno_chat.ways import MailWay, OidcProvider, SmtpEncryption


def mail_faults(settings: Settings) -> Generator[str]:
    """Yield what must not stay as it is, one line each."""
    match settings.mail_sender:
        case MailWay.SMTP:
            yield from _of_smtp(settings)
        case MailWay.OUTBOX:
            if settings.is_production:
                yield (
                    "TRENO_ENV=production needs MAIL_SENDER=smtp or none: the outbox sends nothing,"
                    " and shows every link to whoever looks."
                )
        case MailWay.NONE:
            pass


def oidc_faults(settings: Settings) -> Generator[str]:
    """Yield what is wrong with those who vouch for people."""
    names = [provider.name for provider in settings.oidc_providers]
    if len(set(names)) < len(names):
        yield "OIDC_PROVIDERS names two alike: each needs a name of its own."
    for provider in settings.oidc_providers:
        yield from _of_provider(provider, is_production=settings.is_production)


def _of_smtp(settings: Settings) -> Generator[str]:
    given = {"SMTP_HOST": settings.smtp_host, "MAIL_FROM": settings.mail_from}
    missing = [name for name, value in given.items() if not value]
    if missing:
        yield f"MAIL_SENDER=smtp needs {' and '.join(missing)}."
    elif not _is_address(settings.mail_from):
        yield f"MAIL_FROM={settings.mail_from} is no address: as in chat@example.org."
    is_open = settings.smtp_encryption is SmtpEncryption.NONE
    if is_open and not is_here(settings.smtp_host):
        yield (
            "SMTP_ENCRYPTION=none is for a mail server on this machine: on the way to another one"
            " everybody reads the links."
        )


def _of_provider(provider: OidcProvider, *, is_production: bool) -> Generator[str]:
    parts = urlsplit(provider.issuer)
    schemes = ("https",) if is_production else ("http", "https")
    if parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment:
        yield f"OIDC_PROVIDERS: the issuer of {provider.name} must begin with https://."
    elif parts.scheme == "http" and not is_here(parts.hostname):
        yield f"OIDC_PROVIDERS: the issuer of {provider.name} is elsewhere: it needs https://."
    if not provider.client_id:
        yield f"OIDC_PROVIDERS: {provider.name} needs a client_id."


def _is_address(text: str) -> bool:
    try:
        parse_email(text)
    except Invalid:
        return False
    return True
