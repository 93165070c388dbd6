"""What people get in their mailboxes."""

import re
from dataclasses import dataclass, field

from treno_chat.domain.other_ways.mail import Mail
from treno_chat.domain.refusals import Unavailable


@dataclass
class Post:
    """Takes mail over as the counter does, and lets a test read it."""

    sent: list[Mail | None] = field(default_factory=list[Mail | None])
    is_closed: bool = False

    def require_open(self) -> None:
        """Refuse while the sender is known to fail."""
        if self.is_closed:
            raise Unavailable("mail_failed")

    def hand_over(self, mail: Mail | None, /) -> None:
        """Take note."""
        self.sent.append(mail)

    def newest(self) -> Mail:
        """Return the newest mail."""
        return next(mail for mail in reversed(self.sent) if mail is not None)

    def newest_token(self) -> str:
        """Return the token of the link in the newest mail."""
        found = re.search(r"#(\S+)", self.newest().text)
        assert found is not None
        return found[1]
