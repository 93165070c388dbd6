"""What the account page shows: flat, nothing secret, moments in milliseconds for the browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from treno_chat.domain.account.accounts import AccountView, NoticesView, PasskeyView, SessionView
from treno_chat.domain.door.notices import Notice, NoticeKind
from treno_chat.domain.other_ways.providers import Provider
from treno_chat.web.faces import Face

LAPSED = "recovery_lapsed"


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountCard(Face):
    """Who one is, and what is held; 0 stands for a moment that there is not."""

    number: str = ""
    status_line: str = ""
    language: str = ""
    theme: str = ""
    is_anonymous: bool = True
    is_known: bool = False
    home: str = "/"
    phone: str = ""
    phone_uses: int = 0
    codes_left: int = 0
    messages: int = 0
    held_until: int = 0
    since: int = 0
    erased_in: int = -1
    email: str = ""
    is_email_confirmed: bool = False
    may_have_password: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PasskeyCard:
    """A passkey; the last one cannot go."""

    id: str = ""
    name: str = ""
    made: int = 0
    used: int = 0
    is_synced: bool = False
    is_last: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderCard:
    """Somebody else who vouches for people; whoever is the last way in cannot go."""

    name: str = ""
    label: str = ""
    is_linked: bool = False
    is_last: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCard:
    """A signed-in browser."""

    id: str = ""
    kind: str = "computer"
    device: str = ""
    place: str = ""
    seen: int = 0
    is_this: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeCard:
    """One thing to be told; `at` is when it happened, or when what is pending takes effect.

    What can be called off cannot be put away.
    """

    id: str = ""
    kind: str = ""
    subject: str = ""
    at: int = 0
    can_be_called_off: bool = False


def account_card(view: AccountView, *, now: datetime, has_passwords: bool = False) -> AccountCard:
    """Return what the page says of the person."""
    profile, due_at = view.profile, view.profile.erasure_due_at
    return AccountCard(
        alias=view.user.alias,
        gender=view.user.gender.value,
        shape=view.seal.shape,
        ink=view.seal.ink,
        number=f"{view.seal.number:02}",
        status_line=profile.status_line,
        language=profile.language or "",
        theme=profile.theme or "",
        is_anonymous=view.user.is_anonymous,
        is_known=True,
        home="/" if view.place is None else f"/p/{view.place.slug}",
        phone=view.phone or "",
        phone_uses=profile.phone_uses,
        codes_left=view.codes_left,
        messages=view.held.messages,
        held_until=_milliseconds(view.held.until),
        since=_milliseconds(profile.registered_at or profile.created_at),
        erased_in=-1 if due_at is None else max(0, round((due_at - now).total_seconds())),
        email=view.email or "",
        is_email_confirmed=view.is_email_confirmed,
        may_have_password=has_passwords,
    )


def passkey_cards(views: tuple[PasskeyView, ...]) -> list[PasskeyCard]:
    """Return the list of passkeys."""
    return [
        PasskeyCard(
            id=view.id,
            name=view.name,
            made=_milliseconds(view.created_at),
            used=_milliseconds(view.used_at),
            is_synced=view.is_synced,
            is_last=len(views) == 1,
        )
        for view in views
    ]


def provider_cards(view: AccountView, providers: Iterable[Provider]) -> list[ProviderCard]:
    """Return who vouches for people here, and for this person already."""
    known = tuple(providers)
    vouched = {each.issuer for each in known} & set(view.issuers)
    ways = len(view.passkeys) + view.is_email_confirmed + len(vouched)
    return [
        ProviderCard(
            name=each.name,
            label=each.label,
            is_linked=each.issuer in view.issuers,
            is_last=each.issuer in view.issuers and ways == 1,
        )
        for each in known
    ]


def session_cards(views: tuple[SessionView, ...]) -> list[SessionCard]:
    """Return the list of sessions, the one that asks first."""
    return [
        SessionCard(
            id=view.id,
            kind=view.device.kind.value,
            device=", ".join(filter(None, (view.device.browser, view.device.system))),
            place=view.place,
            seen=_milliseconds(view.last_seen_at),
            is_this=view.is_this,
        )
        for view in sorted(views, key=lambda view: not view.is_this)
    ]


def notice_cards(view: NoticesView) -> list[NoticeCard]:
    """Return what is to be told: first what can still be called off, then the newest.

    The warning of a recovery stands for as long as the recovery does, whatever was put away.
    """
    told = [_notice(each) for each in view.notices]
    if view.recovery is None:
        return told
    pending = NoticeCard(
        id=view.recovery.id,
        kind=NoticeKind.RECOVERY_PENDING.value,
        at=_milliseconds(view.recovery.effective_at),
        can_be_called_off=True,
    )
    # Calling off ends all that are under way: one warning for them is enough.
    return [pending, *(each for each in told if each.kind != LAPSED)]


def _notice(notice: Notice) -> NoticeCard:
    # Used and called off, it would not be here: its time ran out.
    is_lapsed = notice.kind is NoticeKind.RECOVERY_PENDING
    return NoticeCard(
        id=notice.id,
        kind=LAPSED if is_lapsed else notice.kind.value,
        subject=notice.subject,
        at=_milliseconds(notice.made_at),
    )


def _milliseconds(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp() * 1000)
