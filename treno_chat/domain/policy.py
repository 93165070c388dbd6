"""The numbers the rules work with; the composing files fill them from the settings."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class RelyingParty:
    """Who we are to an authenticator: the domain, its name, and the exact origins we serve."""

    id: str = "localhost"
    name: str = "Treno Chat"
    origins: tuple[str, ...] = ("http://localhost:3000",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """Every lifetime and limit of product.md §2 that a rule needs."""

    relying_party: RelyingParty = field(default_factory=RelyingParty)
    guest_idle: timedelta = timedelta(hours=12)
    guest_absolute: timedelta = timedelta(hours=24)
    registered_idle: timedelta = timedelta(days=7)
    registered_absolute: timedelta = timedelta(days=30)
    registered_slide: timedelta = timedelta(days=1)
    guest_slide: timedelta = timedelta(minutes=10)
    sessions_per_person: int = 10
    passkeys_per_person: int = 20
    step_up_freshness: timedelta = timedelta(minutes=10)
    erasure_delay: timedelta = timedelta(seconds=10)
    challenge_lifetime: timedelta = timedelta(seconds=300)
    edit_window: timedelta = timedelta(minutes=15)
    alias_quarantine: timedelta = timedelta(hours=24)
    retention: timedelta = timedelta(hours=48)
    guest_grace: timedelta = timedelta(hours=2)
    default_phone_region: str = "IT"

    def promised_hours(self) -> dict[str, int]:
        """Return what an entry ticket promises, by the names that its words use."""
        promised = {
            "hours": self.guest_absolute,
            "grace": self.guest_grace,
            "retention": self.retention,
        }
        return {name: round(span.total_seconds() / 3600) for name, span in promised.items()}
