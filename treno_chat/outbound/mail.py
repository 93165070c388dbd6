"""Mail by SMTP, and the counter where it is handed over.

Every connection is encrypted unless the operator says otherwise, and none waits for ever.
"""

import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate
from typing import Literal

from treno_chat.domain.other_ways.mail import Mail, MailFailed, MailRefused
from treno_chat.outbound.desk import Desk

TIMEOUT_SECONDS = 10.0
_LASTING = 500  # a reply from here on will be the same the next time

Encryption = Literal["starttls", "tls", "none"]


class MailDesk(Desk[Mail]):
    """Takes mail after the commit."""

    name = "mail"


@dataclass(frozen=True, kw_only=True, slots=True)
class SmtpSender:
    """Hands mail to a server of the operator's."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    encryption: Encryption = "starttls"
    timeout: float = TIMEOUT_SECONDS
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def send(self, mail: Mail, /) -> None:
        """Send a mail; raises MailRefused or MailFailed."""
        with self._connected() as server:
            try:
                server.send_message(self._letter(mail))
            except smtplib.SMTPRecipientsRefused as refused:
                code = max(code for code, _ in refused.recipients.values())
                if code >= _LASTING:
                    raise MailRefused(f"smtp {code}") from refused
                raise MailFailed(f"smtp {code}", is_passing=True) from refused

    def check(self) -> None:
        """Shake hands and sign in, and send nothing."""
        with self._connected() as server:
            server.noop()

    def _letter(self, mail: Mail) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self.sender
        letter["To"] = mail.address
        letter["Subject"] = mail.subject
        letter["Date"] = formatdate()
        letter["Message-ID"] = f"<{mail.id}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        # Nobody's holiday notice is to answer a program.
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(mail.text)
        return letter

    @contextmanager
    def _connected(self) -> Generator[smtplib.SMTP]:
        try:
            with self._connect() as server:
                if self.encryption == "starttls":
                    server.starttls(context=self.context)
                if self.user:
                    server.login(self.user, self.password)
                yield server
        except smtplib.SMTPResponseException as refused:
            is_passing = refused.smtp_code < _LASTING
            raise MailFailed(f"smtp {refused.smtp_code}", is_passing=is_passing) from refused
        except smtplib.SMTPNotSupportedError as unable:
            # No encryption, or no sign-in: what was asked for is not given up for being refused.
            raise MailFailed("not supported", is_passing=False) from unable
        except (smtplib.SMTPException, OSError) as lost:
            # Its class alone: what it says may hold the address.
            raise MailFailed(type(lost).__name__, is_passing=True) from lost

    def _connect(self) -> smtplib.SMTP:
        if self.encryption == "tls":
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=self.context
            )
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)
