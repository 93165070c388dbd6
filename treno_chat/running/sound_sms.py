"""Whether codes by SMS can be sent as the settings say, to whom, and not too soon."""

from collections.abc import Generator
from urllib.parse import urlsplit

from phonenumbers import SUPPORTED_REGIONS

from treno_chat.settings import Settings
from treno_chat.ways import SmsWay

MIN_SECRET = 32


def sms_faults(settings: Settings) -> Generator[str]:
    """Yield what must not stay as it is, one line each."""
    match settings.sms_sender:
        case SmsWay.WEBHOOK:
            yield from _of_webhook(settings)
        case SmsWay.TWILIO:
            yield from _of_twilio(settings)
        case SmsWay.OUTBOX:
            if settings.is_production:
                yield (
                    "TRENO_ENV=production needs SMS_SENDER=webhook or twilio: the outbox sends"
                    " nothing, and shows every code to whoever looks."
                )
    if settings.is_production and settings.recovery_delay_hours < 1:
        yield (
            "TRENO_ENV=production needs RECOVERY_DELAY_HOURS=1 at least: without a wait, whoever"
            " takes over a number takes over the account."
        )
    for country in settings.sms_countries:
        if country.upper() not in SUPPORTED_REGIONS:
            yield f"SMS_COUNTRIES names no country ({country}): two letters each, as in IT."


def _of_webhook(settings: Settings) -> Generator[str]:
    scheme = urlsplit(settings.sms_webhook_url).scheme
    if scheme not in (("https",) if settings.is_production else ("http", "https")):
        yield "SMS_SENDER=webhook needs an SMS_WEBHOOK_URL that begins with https://."
    if len(settings.sms_webhook_secret.get_secret_value()) < MIN_SECRET:
        yield (
            f"SMS_SENDER=webhook needs an SMS_WEBHOOK_SECRET: {MIN_SECRET} random characters"
            " at least."
        )


def _of_twilio(settings: Settings) -> Generator[str]:
    given = {
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "TWILIO_FROM": settings.twilio_from,
    }
    missing = [name for name, value in given.items() if not value]
    if missing:
        yield f"SMS_SENDER=twilio needs {' and '.join(missing)}."
