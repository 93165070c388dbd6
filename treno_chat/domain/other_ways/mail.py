"""Mail: one message to an address, the port to whoever carries it, and the port to hand it over."""

from dataclasses import dataclass, field
from typing import Protocol

from treno_chat.domain.delivery import DeliveryFailed, Undeliverable


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """A text for an address; none of it is for any log."""

    id: str
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


class MailRefused(Undeliverable):
    """The address gets no mail this way, however often one tries."""


class MailFailed(DeliveryFailed):
    """The sender did not take the mail; `is_passing` says whether trying again makes sense."""


class MailSender(Protocol):
    """Carries mail; called in a worker thread, never on the event loop."""

    def send(self, mail: Mail, /) -> None:
        """Send a mail; raises MailRefused or MailFailed."""
        ...

    def check(self) -> None:
        """Ask whether mail would be taken, sending none; raises MailFailed."""
        ...


class MailCounter(Protocol):
    """Where mail is handed over."""

    def require_open(self) -> None:
        """Refuse with Unavailable while the sender is known to fail."""
        ...

    def hand_over(self, mail: Mail | None, /) -> None:
        """Take a mail after the commit; None is a decoy, for which nothing is sent."""
        ...


class ClosedMailCounter:
    """For programs that send no mail."""

    def require_open(self) -> None:
        """Let everything through."""

    def hand_over(self, mail: Mail | None, /) -> None:
        """Drop it."""
