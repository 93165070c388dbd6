"""Every setting of the program, read once from the environment (and `.env`)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from treno_chat.assistant_settings import AssistantSettings
from treno_chat.domain.addresses import is_here
from treno_chat.domain.places import MOST_HOURS
from treno_chat.domain.policy import CodePolicy, Policy, RelyingParty, TokenPolicy
from treno_chat.domain.tokens.signing_keys import Algorithm
from treno_chat.generated_secret import generated_secret
from treno_chat.ways import (
    Environment,
    LogLevel,
    MailWay,
    OidcProvider,
    SmsWay,
    SmtpEncryption,
)


class Settings(AssistantSettings):
    """Read from variables of the same name in capitals; each is described in the README."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    treno_env: Environment = Field(
        default=Environment.DEVELOPMENT, description="`development` or `production`"
    )
    public_origin: str = Field(
        default="http://localhost:3000",
        description="The one address people open, scheme and port included, without a path",
    )
    extra_origins: tuple[str, ...] = Field(
        default=(),
        description="Further origins that may open the websocket and read answers, as a JSON list",
    )
    port: int = Field(default=3000, ge=1, le=65535, description="The port everything is served on")
    host: str = Field(default="127.0.0.1", description="The address to listen on")
    data_dir: Path = Field(
        default=Path("data"), description="Where SQLite and the generated secrets live"
    )
    database_url: str = Field(
        default="",
        description="`postgresql://…` or `sqlite:///…`; empty: `treno.db` in the data folder",
    )
    migration_database_url: str = Field(
        default="", description="The same database as a role that may change tables; optional"
    )
    redis_url: str = Field(
        default="", description="`redis://…` when several processes serve; empty: one process"
    )
    treno_secret: SecretStr = Field(
        default=SecretStr(""),
        description="At least 32 random characters; generated in development, a must in production",
    )
    log_level: LogLevel = Field(
        default=LogLevel.INFO,
        description="`DEBUG` (every handler let through as well), `INFO`, `WARNING` or `ERROR`",
    )
    default_place: str = Field(
        default="treno-lucca-aulla", description="The place that `/` leads to"
    )
    default_phone_region: str = Field(
        default="IT", description="The country of phone numbers typed without a prefix"
    )
    sms_sender: SmsWay = Field(
        default=SmsWay.OUTBOX,
        description="`outbox` (development: nothing is sent, see `/outbox`), `webhook` or `twilio`",
    )
    sms_webhook_url: str = Field(default="", description="Where `webhook` posts each message")
    sms_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="What those posts are signed with: at least 32 random characters",
    )
    twilio_account_sid: str = Field(default="", description="Twilio's account")
    twilio_auth_token: SecretStr = Field(default=SecretStr(""), description="Its key")
    twilio_from: str = Field(
        default="", description="A number or name to send from, or a messaging service (`MG…`)"
    )
    sms_countries: tuple[str, ...] = Field(
        default=(),
        description="Countries whose numbers get codes, as a JSON list of two letters each;"
        " empty: all (premium numbers never)",
    )
    sms_per_hour: int = Field(default=100, ge=1, description="Codes sent an hour, in all")
    sms_per_prefix_hour: int = Field(
        default=30, ge=1, description="Codes an hour to numbers that begin alike"
    )
    sms_per_network_hour: int = Field(
        default=10,
        ge=1,
        description="Codes an hour asked for from one address (a carriage shares one)",
    )
    sms_per_network_day: int = Field(default=30, ge=1, description="And so many a day")
    mail_sender: MailWay = Field(
        default=MailWay.OUTBOX,
        description="`outbox` (development: nothing is sent, see `/outbox`), `smtp`, or `none`:"
        " then there are no passwords either",
    )
    mail_from: str = Field(default="", description="The address that mail comes from")
    smtp_host: str = Field(default="", description="The mail server")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port")
    smtp_encryption: SmtpEncryption = Field(
        default=SmtpEncryption.STARTTLS,
        description="`starttls`, `tls` (mostly port 465), or `none` for a server on this machine",
    )
    smtp_user: str = Field(default="", description="Who we are to it; empty: it does not ask")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="And the password")
    oidc_providers: tuple[OidcProvider, ...] = Field(
        default=(),
        description="Who else vouches for people, as a JSON list of `name`, `label`, `issuer`,"
        " `client_id`, `client_secret`",
    )
    recovery_delay_hours: int = Field(
        default=24,
        ge=0,
        description="How long a recovery without a recovery code waits; at least 1 in production",
    )
    api_docs: bool = Field(
        default=False, description="Show `/api/v1/docs` in production too; in development it is on"
    )
    api_audience: str = Field(
        default="", description="Whom access tokens are for; empty: `/api/v1` of the public origin"
    )
    signing_algorithm: Algorithm = Field(
        default=Algorithm.ES256, description="How access tokens are signed: `ES256` or `EdDSA`"
    )
    signing_key_days: int = Field(
        default=90, ge=1, le=90, description="After how many days another key signs"
    )
    trusted_issuer: str = Field(
        default="", description="An issuer whose access tokens are taken as well; empty: none"
    )
    trusted_issuer_jwks_url: str = Field(default="", description="Where its public keys are")
    trusted_issuer_audience: str = Field(
        default="", description="The audience of its tokens; empty: `API_AUDIENCE`"
    )
    trusted_proxy_hops: int = Field(
        default=0, ge=0, description="How many reverse proxies of yours stand in front"
    )
    retention_hours: int = Field(
        default=48, ge=1, le=MOST_HOURS, description="How long words are kept in a new place"
    )
    guest_grace_hours: int = Field(
        default=2,
        ge=0,
        le=MOST_HOURS,
        description="How long a guest's words outlive the visit in a new place",
    )
    send_per_minute: int = Field(
        default=30, ge=1, description="Messages a person may send a minute"
    )
    send_burst: int = Field(default=5, ge=1, description="Messages a session may send at once")
    send_per_second: int = Field(
        default=1, ge=1, description="Messages a second for a session that used up the burst"
    )
    entries_per_minute: int = Field(
        default=60, ge=1, description="Entries a minute from one address (a carriage shares one)"
    )
    connections_per_address: int = Field(
        default=500, ge=1, description="Open websockets from one address"
    )
    connections_per_minute: int = Field(
        default=600,
        ge=1,
        description="New websockets a minute from one address; "
        "all that may be open may also come at once",
    )
    connections_total: int = Field(default=5000, ge=1, description="Open websockets in all")

    @property
    def is_production(self) -> bool:
        """Say whether strangers are served."""
        return self.treno_env is Environment.PRODUCTION

    @property
    def has_outbox(self) -> bool:
        """Say whether messages stay here, on a page for whoever develops on this very machine.

        Anybody may open the page: whom codes and links let in must not be the world.
        """
        is_kept_here = self.sms_sender is SmsWay.OUTBOX or self.mail_sender is MailWay.OUTBOX
        is_ours_alone = is_here(self.host) and is_here(urlsplit(self.public_origin).hostname)
        return is_kept_here and is_ours_alone and not self.is_production

    @property
    def has_passwords(self) -> bool:
        """Say whether one can come in with an address and a password: it takes mail."""
        return self.mail_sender is not MailWay.NONE

    @property
    def has_docs(self) -> bool:
        """Say whether the API is described to whoever asks."""
        return self.api_docs or not self.is_production

    @property
    def audience(self) -> str:
        """Whom access tokens are for."""
        return self.api_audience or f"{self.public_origin}/api/v1"

    @property
    def database(self) -> str:
        """The database's URL, SQLite in the data folder by default."""
        return self.database_url or f"sqlite:///{self.data_dir / 'treno.db'}"

    @property
    def migration_url(self) -> str:
        """The URL that migrations use."""
        return self.migration_database_url or self.database

    @property
    def origins(self) -> tuple[str, ...]:
        """Every origin that may talk to us."""
        return (self.public_origin, *self.extra_origins)

    def policy(self) -> Policy:
        """Return the numbers that the rules work with."""
        host = self.public_origin.split("://", 1)[-1].split(":", 1)[0]
        return Policy(
            relying_party=RelyingParty(id=host, origins=(self.public_origin,)),
            retention=timedelta(hours=self.retention_hours),
            guest_grace=timedelta(hours=self.guest_grace_hours),
            default_phone_region=self.default_phone_region,
            codes=CodePolicy(
                countries=tuple(country.upper() for country in self.sms_countries),
                all_per_hour=self.sms_per_hour,
                prefix_per_hour=self.sms_per_prefix_hour,
                network_per_hour=self.sms_per_network_hour,
                network_per_day=self.sms_per_network_day,
            ),
            recovery_delay=timedelta(hours=self.recovery_delay_hours),
            tokens=TokenPolicy(
                issuer=self.public_origin,
                audience=self.audience,
                algorithm=self.signing_algorithm,
                key_lifetime=timedelta(days=self.signing_key_days),
            ),
        )

    def secret(self) -> str:
        """Return the secret, or in development the one generated into the data folder."""
        given = self.treno_secret.get_secret_value()
        return given or generated_secret(self.data_dir / "secrets.json")
