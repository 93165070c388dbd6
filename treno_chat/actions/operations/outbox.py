"""The outbox: in development messages are rows, read on a page and from the command line."""

from dataclasses import dataclass

from treno_chat.actions.transaction import Clock, Transaction, utc_now
from treno_chat.domain.operations.texts import Text
from treno_chat.domain.other_ways.mail import Mail
from treno_chat.domain.recovery.sms import Sms
from treno_chat.domain.vault import Vault
from treno_chat.stores.database import Database
from treno_chat.stores.operations import outbox

SHOWN = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxSender:
    """Stands where a provider stands; production refuses to start with it."""

    database: Database
    vault: Vault
    clock: Clock = utc_now

    def send(self, sms: Sms) -> None:
        """Keep a message."""
        with self.database.writing() as db:
            outbox.add(
                db,
                channel=outbox.SMS,
                recipient_sealed=self.vault.seal(sms.phone),
                body_sealed=self.vault.seal(sms.text),
                at=self.clock(),
            )

    def check(self) -> None:
        """Be there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxMailSender:
    """Stands where a mail server stands; production refuses to start with it."""

    database: Database
    vault: Vault
    clock: Clock = utc_now

    def send(self, mail: Mail, /) -> None:
        """Keep a mail."""
        with self.database.writing() as db:
            outbox.add(
                db,
                channel=outbox.MAIL,
                recipient_sealed=self.vault.seal(mail.address),
                body_sealed=self.vault.seal(f"{mail.subject}\n\n{mail.text}"),
                at=self.clock(),
            )

    def check(self) -> None:
        """Be there."""


def newest_texts(tx: Transaction) -> list[Text]:
    """Return what would have been sent of late, the newest first."""
    return [
        Text(recipient=tx.vault.read(recipient), body=tx.vault.read(body), made_at=made_at)
        for recipient, body, made_at in outbox.newest(tx.db, limit=SHOWN)
    ]
