"""What settings choose between: what it runs for, how messages go, who vouches."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Environment(StrEnum):
    """What the program runs for."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class LogLevel(StrEnum):
    """From how grave on a line is written."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class SmsWay(StrEnum):
    """How text messages are sent."""

    OUTBOX = "outbox"
    WEBHOOK = "webhook"
    TWILIO = "twilio"


class MailWay(StrEnum):
    """How mail is sent; without it there are no passwords."""

    OUTBOX = "outbox"
    SMTP = "smtp"
    NONE = "none"


class SmtpEncryption(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class OidcProvider(BaseModel):
    """Somebody else who vouches for people, by OpenID Connect."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    label: str = Field(default="", max_length=40)
    issuer: str
    client_id: str
    client_secret: SecretStr = SecretStr("")
