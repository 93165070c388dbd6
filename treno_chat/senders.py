"""Which way messages go, as the settings say."""

from treno_chat.actions.operations.outbox import OutboxMailSender, OutboxSender
from treno_chat.domain.other_ways.mail import MailSender
from treno_chat.domain.recovery.sms import SmsSender
from treno_chat.domain.vault import Vault
from treno_chat.outbound.mail import SmtpSender
from treno_chat.outbound.twilio import TwilioSender
from treno_chat.outbound.webhook import WebhookSender
from treno_chat.settings import Settings
from treno_chat.stores.database import Database
from treno_chat.ways import MailWay, SmsWay


def sender_of(settings: Settings, *, database: Database, vault: Vault) -> SmsSender:
    """Return whoever carries messages."""
    match settings.sms_sender:
        case SmsWay.TWILIO:
            return TwilioSender(
                account_sid=settings.twilio_account_sid,
                auth_token=settings.twilio_auth_token.get_secret_value(),
                sender=settings.twilio_from,
            )
        case SmsWay.WEBHOOK:
            secret = settings.sms_webhook_secret.get_secret_value()
            return WebhookSender(url=settings.sms_webhook_url, secret=secret)
        case SmsWay.OUTBOX:
            return OutboxSender(database=database, vault=vault)


def mail_sender_of(settings: Settings, *, database: Database, vault: Vault) -> MailSender:
    """Return whoever carries mail."""
    match settings.mail_sender:
        case MailWay.SMTP:
            return SmtpSender(
                host=settings.smtp_host,
                port=settings.smtp_port,
                sender=settings.mail_from,
                user=settings.smtp_user,
                password=settings.smtp_password.get_secret_value(),
                encryption=settings.smtp_encryption.value,
            )
        case MailWay.OUTBOX | MailWay.NONE:
            return OutboxMailSender(database=database, vault=vault)
