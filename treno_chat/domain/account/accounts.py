"""Accounts: everything a person is shown of what is held about them."""

from dataclasses import dataclass
from datetime import datetime

from treno_chat.domain.door.devices import DeviceName
from treno_chat.domain.door.notices import Notice
from treno_chat.domain.ids import SessionId
from treno_chat.domain.people import User
from treno_chat.domain.places import Place
from treno_chat.domain.seals import Seal


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What a person said of themselves, and how they want to be spoken to."""

    status_line: str
    language: str | None
    theme: str | None
    phone_uses: int
    created_at: datetime
    registered_at: datetime | None
    erasure_due_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Taste:
    """How a person wants to be spoken to, on whichever device; None leaves it to the browser."""

    language: str | None = None
    theme: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Me:
    """A person as they are told who they are."""

    user: User
    profile: Profile


@dataclass(frozen=True, kw_only=True, slots=True)
class PasskeyView:
    """A passkey as its owner sees it; `credential_id` is as browsers write it."""

    id: str
    name: str
    credential_id: str
    created_at: datetime
    used_at: datetime | None
    is_synced: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionView:
    """A signed-in browser as its owner sees it."""

    id: SessionId
    device: DeviceName
    place: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """How many messages are held, and until when the last of them is at the latest."""

    messages: int
    until: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """What a device may be told, so that it offers what opens the account and no more (S67)."""

    relying_party: str
    handle: str
    alias: str
    credential_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PendingRecovery:
    """A way back in that somebody asked for, and that can still be called off."""

    id: str
    asked_at: datetime
    effective_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticesView:
    """What a person has to be told, and the way back in that can still be called off."""

    notices: tuple[Notice, ...]
    recovery: PendingRecovery | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountView:
    """The account page; `phone` and `email` are masked, and everything secret is left out.

    `issuers` are the providers that let the person in.
    """

    user: User
    seal: Seal
    place: Place | None
    profile: Profile
    phone: str | None
    codes_left: int
    passkeys: tuple[PasskeyView, ...]
    sessions: tuple[SessionView, ...]
    held: Held
    email: str | None = None
    is_email_confirmed: bool = False
    issuers: tuple[str, ...] = ()
