"""The numbers the rules work with; the composing files fill them from the settings."""

from dataclasses import dataclass, field
from datetime import timedelta

from treno_chat.domain.tokens.access_tokens import LEEWAY, Expected
from treno_chat.domain.tokens.signing_keys import Algorithm


@dataclass(frozen=True, kw_only=True, slots=True)
class RelyingParty:
    """Who we are to an authenticator: the domain, its name, and the exact origins we serve."""

    id: str = "localhost"
    name: str = "Treno Chat"
    origins: tuple[str, ...] = ("http://localhost:3000",)


@dataclass(frozen=True, kw_only=True, slots=True)
class CodePolicy:
    """How codes are sent by SMS, and how often they may be wrong."""

    lifetime: timedelta = timedelta(seconds=300)
    proof_lifetime: timedelta = timedelta(minutes=15)
    attempt: timedelta = timedelta(hours=1)  # how long one may go on asking for another code
    tries: int = 3
    recovery_code_tries: int = 10
    failures_per_day: int = 5
    failures_in_a_row: int = 100
    resend_after: timedelta = timedelta(seconds=60)
    number_per_hour: int = 3
    number_per_day: int = 5
    network_per_hour: int = 10
    network_per_day: int = 30
    prefix_per_hour: int = 30
    all_per_hour: int = 100
    countries: tuple[str, ...] = ()  # empty: all


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenPolicy:
    """Access tokens: who gives them, to whom they may be shown, and how long things last."""

    issuer: str = "http://localhost:3000"
    audience: str = "http://localhost:3000/api/v1"
    algorithm: Algorithm = Algorithm.ES256
    lifetime: timedelta = timedelta(minutes=10)
    key_lifetime: timedelta = timedelta(days=90)
    keys_cached: timedelta = timedelta(seconds=300)

    def expected(self) -> Expected:
        """Return what a token of ours must say."""
        return Expected(
            issuer=self.issuer,
            audience=self.audience,
            lifetime=self.lifetime,
            names=("sub", "sid", "jti"),
        )

    @property
    def proves_for(self) -> timedelta:
        """How long a key that signs no more must still be told and known."""
        return self.lifetime + LEEWAY + self.keys_cached


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordPolicy:
    """What a password must be, what a hash costs, and how long a link by mail works."""

    alone: int = 15
    beside_passkey: int = 8
    maximum: int = 128
    memory_kib: int = 19 * 1024
    passes: int = 2
    lanes: int = 1
    reset_lifetime: timedelta = timedelta(hours=1)
    confirm_lifetime: timedelta = timedelta(hours=24)


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
    codes: CodePolicy = field(default_factory=CodePolicy)
    passwords: PasswordPolicy = field(default_factory=PasswordPolicy)
    tokens: TokenPolicy = field(default_factory=TokenPolicy)
    recovery_delay: timedelta = timedelta(hours=24)
    recovery_window: timedelta = timedelta(hours=24)  # once in force, how long it may be used

    def promised_hours(self) -> dict[str, int]:
        """Return what an entry ticket promises, by the names that its words use."""
        promised = {
            "hours": self.guest_absolute,
            "grace": self.guest_grace,
            "retention": self.retention,
        }
        return {name: round(span.total_seconds() / 3600) for name, span in promised.items()}
