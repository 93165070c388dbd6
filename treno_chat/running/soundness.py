"""Whether the settings can be run with: each fault is one line, with its reason."""

import ipaddress
from collections.abc import Generator
from urllib.parse import urlsplit

from sqlalchemy.engine import URL

from treno_chat.running.checks import CannotStart, url_of
from treno_chat.running.sound_assistant import assistant_faults
from treno_chat.running.sound_mail import mail_faults, oidc_faults
from treno_chat.running.sound_sms import sms_faults
from treno_chat.running.sound_tokens import token_faults
from treno_chat.settings import Settings

SCHEMES = ("http", "https")
MIN_SECRET = 32
MIN_VARIETY = 10
POSTGRES_PORT = 5432
# What stands in examples, in whatever case: a secret that is in public is none.
SAMPLES = ("changeme", "change-me", "change_me", "replace", "example", "your-secret", "your_secret")


def require_sound(settings: Settings) -> None:
    """Refuse to start with settings that would open the house."""
    for fault in faults_of(settings):
        raise CannotStart(fault)


def require_one_database(settings: Settings) -> None:
    """Refuse to change another database than the one that DATABASE_URL names."""
    for fault in _of_migration(settings):
        raise CannotStart(fault)


def faults_of(settings: Settings) -> Generator[str]:
    """Yield everything that must not stay as it is, the gravest first."""
    yield from _of_secret(settings)
    yield from _of_origin("PUBLIC_ORIGIN", settings.public_origin)
    for origin in settings.extra_origins:
        yield from _of_origin("EXTRA_ORIGINS", origin)
    yield from _of_database(settings)
    yield from _of_migration(settings)
    if settings.is_production:
        yield from _of_production(settings)
    yield from sms_faults(settings)
    yield from mail_faults(settings)
    yield from oidc_faults(settings)
    yield from token_faults(settings)
    yield from assistant_faults(settings)


def _of_secret(settings: Settings) -> Generator[str]:
    given = settings.treno_secret.get_secret_value()
    if given and len(given) < MIN_SECRET:
        yield f"TRENO_SECRET is too short: {MIN_SECRET} random characters at least."
    if not settings.is_production:
        return
    if not given:
        yield f"TRENO_ENV=production needs TRENO_SECRET: {MIN_SECRET} random characters at least."
    elif len(given) >= MIN_SECRET and _is_guessable(given):
        yield (
            "TRENO_SECRET is a sample or a pattern, not a secret: make one with"
            ' `python3 -c "import secrets; print(secrets.token_urlsafe(48))"`.'
        )


def _is_guessable(secret: str) -> bool:
    is_sample = any(sample in secret.lower() for sample in SAMPLES)
    return is_sample or len(set(secret)) < MIN_VARIETY


def _of_origin(name: str, origin: str) -> Generator[str]:
    if "*" in origin or origin == "null":
        yield f"{name} names nobody ({origin}): every origin must be written out."
        return
    host = _host_of(origin)
    if not host:
        yield (
            f"{name}={origin} is no origin: scheme, name and port in small letters, nothing"
            " behind them (https://chat.example.org)."
        )
    elif _is_address(host):
        yield f"{name}={origin} is an IP address: a passkey belongs to a name, give it one."


def _host_of(origin: str) -> str:
    """Return the name in an origin; nothing when it is no origin."""
    try:
        parts = urlsplit(origin)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return ""
    host = parts.hostname or ""
    written = f"[{host}]" if ":" in host else host
    is_origin = origin == f"{parts.scheme}://{written}{port}" and parts.scheme in SCHEMES
    return host if is_origin else ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _of_database(settings: Settings) -> Generator[str]:
    try:
        url = url_of(settings.database)
    except CannotStart:
        return  # Said when the database is asked for.
    if _is_sqlite(url) and settings.redis_url:
        yield (
            "REDIS_URL is for several processes, and SQLite is for one: set DATABASE_URL to a"
            " postgresql:// database, or leave REDIS_URL out."
        )


def _of_migration(settings: Settings) -> Generator[str]:
    try:
        url, migration = url_of(settings.database), url_of(settings.migration_url)
    except CannotStart:
        return
    if _where(migration) != _where(url):
        yield (
            "MIGRATION_DATABASE_URL is another database than DATABASE_URL:"
            " only the role may differ."
        )


def _where(url: URL) -> tuple[object, ...]:
    return url.get_backend_name(), url.host, url.port or POSTGRES_PORT, url.database


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _of_production(settings: Settings) -> Generator[str]:
    for origin in settings.origins:
        if not origin.startswith("https://"):
            yield (
                "TRENO_ENV=production needs a PUBLIC_ORIGIN (and EXTRA_ORIGINS) that begins with"
                f" https://, and {origin} does not: cookies and passkeys work nowhere else."
            )
    if settings.trusted_proxy_hops == 0:
        yield (
            "TRENO_ENV=production needs TRUSTED_PROXY_HOPS: https ends at a proxy in front, and"
            " only a trusted one can say that it did (X-Forwarded-Proto)."
        )
    if not _is_guarded(settings.redis_url):
        yield (
            "REDIS_URL has no password and is not on this machine: whoever writes there runs code"
            " here. Use rediss://:password@host."
        )


def _is_guarded(redis_url: str) -> bool:
    if not redis_url:
        return True
    parts = urlsplit(redis_url)
    is_near = parts.scheme == "unix" or parts.hostname in ("localhost", "127.0.0.1", "::1")
    return is_near or bool(parts.password)
