"""How long a session lives: an idle end that slides, and an absolute one that does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Lifetime:
    """What product.md §2 grants a kind of person."""

    idle: timedelta
    absolute: timedelta
    slide: timedelta


def lifetime_of(policy: Policy, *, is_anonymous: bool) -> Lifetime:
    """Return the lifetime of a guest's session, or of a registered person's."""
    if is_anonymous:
        return Lifetime(
            idle=policy.guest_idle, absolute=policy.guest_absolute, slide=policy.guest_slide
        )
    return Lifetime(
        idle=policy.registered_idle,
        absolute=policy.registered_absolute,
        slide=policy.registered_slide,
    )


def needs_keep_alive(principal: Principal, now: datetime, policy: Policy) -> bool:
    """Say whether the session was last seen so long ago that moving its end is worth a write."""
    lifetime = lifetime_of(policy, is_anonymous=principal.user.is_anonymous)
    return now - principal.session.last_seen_at >= lifetime.slide
