"""What happens around accounts, sessions and permissions, and is written down (row 26)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from treno_chat.domain.ids import SessionId, UserId


class AuthEventKind(StrEnum):
    """Each is the name of a line in the log and of a row in the audit."""

    ENTERED = "entered"
    SIGNED_UP = "signed_up"
    LOGIN_STARTED = "login_started"
    LOGGED_IN = "logged_in"
    LOGIN_REFUSED = "login_refused"
    LOGGED_OUT = "logged_out"
    SESSION_RENEWED = "session_renewed"
    SESSION_EXPIRED = "session_expired"
    SESSION_REVOKED = "session_revoked"
    SIGN_UP_REFUSED = "sign_up_refused"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_RENAMED = "passkey_renamed"
    PASSKEY_REFUSED = "passkey_refused"
    COUNTER_REGRESSED = "counter_regressed"
    STEP_UP_DONE = "step_up_done"
    STEP_UP_REFUSED = "step_up_refused"
    CODE_SENT = "code_sent"
    CODE_UNSENT = "code_unsent"
    CODE_PROVEN = "code_proven"
    CODE_REFUSED = "code_refused"
    CODES_LOCKED = "codes_locked"
    PHONE_CHANGED = "phone_changed"
    PROFILE_CHANGED = "profile_changed"
    PASSWORD_ADDED = "password_added"  # noqa: S105 -- the name of an event, as those below
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_REMOVED = "password_removed"  # noqa: S105
    PASSWORD_RESET = "password_reset"  # noqa: S105
    RESET_ASKED = "reset_asked"
    RESET_REFUSED = "reset_refused"
    EMAIL_CONFIRMED = "email_confirmed"
    MAIL_UNSENT = "mail_unsent"
    EXTERNAL_ADDED = "external_added"
    EXTERNAL_REMOVED = "external_removed"
    EXTERNAL_REFUSED = "external_refused"
    RECOVERY_ASKED = "recovery_asked"
    RECOVERY_REFUSED = "recovery_refused"
    RECOVERY_CANCELLED = "recovery_cancelled"
    RECOVERED = "recovered"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    RECOVERY_CODE_USED = "recovery_code_used"
    EXPORTED = "exported"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_UNDONE = "erasure_undone"
    ERASED = "erased"
    DISABLED = "disabled"
    ENABLED = "enabled"
    TOKEN_MINTED = "token_minted"  # noqa: S105 -- the name of an event
    KEY_MADE = "key_made"
    KEY_RETIRED = "key_retired"
    ROLE_GRANTED = "role_granted"
    ROLE_REVOKED = "role_revoked"
    PLACE_REMOVED = "place_removed"
    ROOM_REMOVED = "room_removed"
    EVENT_DENIED = "event_denied"
    LIMITED = "limited"


class Outcome(StrEnum):
    """Whether it came to pass."""

    OK = "ok"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthEvent:
    """What happened, when, to whom, from where; `detail` never holds what opens anything."""

    id: str
    at: datetime
    kind: AuthEventKind
    outcome: Outcome
    user_id: UserId | None = None
    session_id: SessionId | None = None
    address: str = ""
    detail: str = ""
