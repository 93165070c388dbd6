"""What people get on their phones."""

import re
from dataclasses import dataclass, field

from treno_chat.domain.recovery.sms import Sms
from treno_chat.domain.refusals import Unavailable


@dataclass
class Texts:
    """Takes messages over as the counter does, and lets a test read them."""

    sent: list[Sms | None] = field(default_factory=list[Sms | None])
    is_closed: bool = False

    def require_open(self) -> None:
        """Refuse while the sender is known to fail."""
        if self.is_closed:
            raise Unavailable("sms_failed")

    def hand_over(self, sms: Sms | None) -> None:
        """Take note."""
        self.sent.append(sms)

    def newest_code(self) -> str:
        """Return the code that stands in the newest message."""
        texts = [sms.text for sms in reversed(self.sent) if sms is not None]
        return next(found[0] for text in texts if (found := re.match(r"\d{6}", text)))
