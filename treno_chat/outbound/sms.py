"""The counter where text messages are handed over."""

from treno_chat.domain.recovery.sms import Sms
from treno_chat.outbound.desk import Desk, Pacing, Work

__all__ = ["Counter", "Pacing", "Work"]


class Counter(Desk[Sms]):
    """Takes text messages after the commit."""

    name = "sms"
