"""How long a session lives: an idle end that slides, and an absolute one that does not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.policy import Policy

# How old "last seen" may be of somebody who is here: who looks for a thief reads it.
SIGHTING = timedelta(minutes=10)


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
    """Say whether the session was last seen so long ago that saying so is worth a write."""
    lifetime = lifetime_of(policy, is_anonymous=principal.user.is_anonymous)
    return now - principal.session.last_seen_at >= min(SIGHTING, lifetime.slide)


def slid_end(principal: Principal, now: datetime, policy: Policy) -> datetime:
    """Return the idle end of a session in use: where it was, or a slide farther; never too far."""
    session = principal.session
    lifetime = lifetime_of(policy, is_anonymous=principal.user.is_anonymous)
    farther = now + lifetime.idle
    if farther - session.idle_ends_at < lifetime.slide:
        return session.idle_ends_at
    return min(farther, session.ends_at)
