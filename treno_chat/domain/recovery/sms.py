"""Text messages: one to a phone, the port to whoever carries it, and the port to hand it over."""

from dataclasses import dataclass, field
from typing import Protocol

from treno_chat.domain.delivery import DeliveryFailed, Undeliverable


@dataclass(frozen=True, kw_only=True, slots=True)
class Sms:
    """A text for a phone; neither is for any log."""

    id: str
    phone: str = field(repr=False)
    text: str = field(repr=False)


class SmsRefused(Undeliverable):
    """The number gets no messages this way, however often one tries."""


class SmsFailed(DeliveryFailed):
    """The sender did not take the message; `is_passing` says whether trying again makes sense."""


class SmsSender(Protocol):
    """Carries messages; called in a worker thread, never on the event loop."""

    def send(self, sms: Sms, /) -> None:
        """Send a message; raises SmsRefused or DeliveryFailed."""
        ...

    def check(self) -> None:
        """Ask whether messages would be taken, sending none; raises DeliveryFailed."""
        ...


class SmsCounter(Protocol):
    """Where messages are handed over."""

    def require_open(self) -> None:
        """Refuse with Unavailable while the sender is known to fail."""
        ...

    def hand_over(self, sms: Sms | None, /) -> None:
        """Take a message after the commit; None is a decoy, for which nothing is sent."""
        ...


class ClosedCounter:
    """For programs that send nothing, as the command line."""

    def require_open(self) -> None:
        """Let everything through."""

    def hand_over(self, sms: Sms | None, /) -> None:
        """Drop it."""
