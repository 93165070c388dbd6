"""Settings that would open the house keep it shut: one line each, with its reason."""

import pytest

from treno_chat.running.checks import CannotStart
from treno_chat.running.soundness import faults_of, require_sound
from treno_chat.settings import Settings

SECRET = "q8Zr2mX0vK5tB7nW1yL4cJ9dF6hS3gPa"  # noqa: S105 -- opens nothing
PRODUCTION = {
    "treno_env": "production",
    "treno_secret": SECRET,
    "public_origin": "https://chat.example.org",
    "trusted_proxy_hops": 1,
    "database_url": "postgresql://treno@localhost/treno",
    "sms_sender": "twilio",
    "twilio_account_sid": "AC1",
    "twilio_auth_token": SECRET,
    "twilio_from": "+15005550006",
    "mail_sender": "none",
}


def settings(**given: object) -> Settings:
    """Return a deployment's settings, with something else in places."""
    return Settings.model_validate({**PRODUCTION, **given})


def development(**given: object) -> Settings:
    """Return the settings of somebody who just cloned it, with something else in places."""
    return Settings.model_validate({"database_url": "", **given})


def test_a_deployment_that_is_in_order_starts() -> None:
    require_sound(settings())
    require_sound(settings(extra_origins=("https://www.example.org:8443",)))
    require_sound(settings(redis_url="redis://localhost:6379"))
    require_sound(settings(redis_url="rediss://:hush@redis.example.org"))
    require_sound(settings(database_url=""))


def test_a_fresh_clone_starts() -> None:
    require_sound(development())


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        ("", "needs TRENO_SECRET"),
        ("tiny", "too short"),
        (SECRET[:31], "too short"),
        ("x" * 40, "a pattern"),
        ("abcabcabc" * 5, "a pattern"),
        ("change-me-change-me-change-me-1234567890", "a sample"),
        (f"ChangeMe{SECRET}", "a sample"),
    ],
)
def test_s16_a_secret_that_is_none_is_refused(secret: str, said: str) -> None:
    with pytest.raises(CannotStart, match=said) as refused:
        require_sound(settings(treno_secret=secret))

    assert not secret or secret not in str(refused.value)


def test_a_short_secret_is_refused_in_development_too() -> None:
    with pytest.raises(CannotStart, match="too short"):
        require_sound(development(treno_secret=SECRET[:31]))


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("*", "names nobody"),
        ("https://*.example.org", "names nobody"),
        ("null", "names nobody"),
        ("chat.example.org", "no origin"),
        ("https://chat.example.org/", "no origin"),
        ("https://chat.example.org/chat", "no origin"),
        ("https://chat.example.org?x", "no origin"),
        ("https://ada@chat.example.org", "no origin"),
        ("https://Chat.example.org", "no origin"),
        ("https://chat.example.org:", "no origin"),
        ("https://chat.example.org:many", "no origin"),
        ("https://[chat", "no origin"),
        ("ftp://chat.example.org", "no origin"),
        ("https://", "no origin"),
        ("https://192.0.2.7", "an IP address"),
        ("https://[2001:db8::1]:8443", "an IP address"),
        ("http://chat.example.org", "begins with https"),
        ("http://localhost:3000", "begins with https"),
    ],
)
@pytest.mark.parametrize("name", ["public_origin", "extra_origins"])
def test_s5_an_origin_is_one_name_by_https(name: str, origin: str, said: str) -> None:
    value = origin if name == "public_origin" else (origin,)

    with pytest.raises(CannotStart, match=said):
        require_sound(settings(**{name: value}))


def test_production_wants_an_origin_of_its_own() -> None:
    assert any("PUBLIC_ORIGIN" in fault for fault in faults_of(settings(public_origin="")))


def test_an_address_is_refused_in_development_too() -> None:
    with pytest.raises(CannotStart, match="an IP address"):
        require_sound(development(public_origin="http://127.0.0.1:3000"))


def test_sqlite_is_for_one_process() -> None:
    with pytest.raises(CannotStart, match="SQLite is for one"):
        require_sound(development(redis_url="redis://localhost:6379"))


@pytest.mark.parametrize(
    ("migration", "is_sound"),
    [
        ("postgresql://owner:hush@localhost/treno", True),
        ("postgresql://owner:hush@localhost/other", False),
        ("postgresql://owner:hush@elsewhere/treno", False),
        ("sqlite:///treno.db", False),
    ],
)
def test_s59_the_migrations_database_is_the_same_one(migration: str, *, is_sound: bool) -> None:
    assert (list(faults_of(settings(migration_database_url=migration))) == []) is is_sound


def test_s46_who_writes_in_redis_runs_code_here() -> None:
    with pytest.raises(CannotStart, match="REDIS_URL has no password"):
        require_sound(settings(redis_url="redis://redis.example.org:6379"))


def test_s1_production_stands_behind_a_proxy() -> None:
    with pytest.raises(CannotStart, match="TRUSTED_PROXY_HOPS"):
        require_sound(settings(trusted_proxy_hops=0))


def test_every_fault_is_said_and_each_is_one_line() -> None:
    faults = list(faults_of(settings(treno_secret="", public_origin="*", trusted_proxy_hops=0)))

    assert len(faults) >= 3
    assert all("\n" not in fault for fault in faults)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"sms_sender": "outbox"}, "needs SMS_SENDER=webhook or twilio"),
        ({"recovery_delay_hours": 0}, "RECOVERY_DELAY_HOURS=1"),
        ({"twilio_auth_token": ""}, "needs TWILIO_AUTH_TOKEN"),
        ({"twilio_from": "", "twilio_account_sid": ""}, "TWILIO_ACCOUNT_SID and TWILIO_FROM"),
        ({"sms_sender": "webhook", "sms_webhook_secret": SECRET}, "SMS_WEBHOOK_URL"),
        (
            {
                "sms_sender": "webhook",
                "sms_webhook_secret": SECRET,
                "sms_webhook_url": "http://sms.example.org",
            },
            "SMS_WEBHOOK_URL that begins with https",
        ),
        (
            {"sms_sender": "webhook", "sms_webhook_url": "https://sms.example.org"},
            "SMS_WEBHOOK_SECRET",
        ),
        ({"sms_countries": ("IT", "XX")}, "SMS_COUNTRIES names no country .XX."),
    ],
)
def test_codes_by_sms_must_be_sent_and_to_somewhere(given: dict[str, object], why: str) -> None:
    require_sound(settings(recovery_delay_hours=1, sms_countries=("it", "FR")))

    with pytest.raises(CannotStart, match=why) as refused:
        require_sound(settings(**given))

    assert SECRET not in str(refused.value)


def test_in_development_a_recovery_need_not_wait() -> None:
    require_sound(development(recovery_delay_hours=0))


SMTP = {"mail_sender": "smtp", "smtp_host": "mail.example.org", "mail_from": "a@example.org"}
LOGIN = {"name": "rail", "issuer": "https://rail.example.org", "client_id": "treno"}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"mail_sender": "outbox"}, "needs MAIL_SENDER=smtp or none"),
        ({**SMTP, "smtp_host": ""}, "needs SMTP_HOST"),
        ({**SMTP, "mail_from": "treno"}, "MAIL_FROM=treno is no address"),
        ({**SMTP, "smtp_encryption": "none"}, "SMTP_ENCRYPTION=none"),
    ],
)
def test_mail_must_be_sent_and_on_a_closed_way(given: dict[str, object], why: str) -> None:
    require_sound(settings(**SMTP))
    require_sound(settings(**{**SMTP, "smtp_encryption": "none", "smtp_host": "localhost"}))

    with pytest.raises(CannotStart, match=why):
        require_sound(settings(**given))


@pytest.mark.parametrize(
    ("providers", "why"),
    [
        ([{**LOGIN, "issuer": "http://rail.example.org"}], "must begin with https"),
        ([{**LOGIN, "issuer": "http://localhost:9000"}], "must begin with https"),
        ([{**LOGIN, "issuer": "https://rail.example.org?x"}], "must begin with https"),
        ([LOGIN, {**LOGIN, "client_id": "other"}], "two alike"),
        ([{**LOGIN, "client_id": ""}], "needs a client_id"),
    ],
)
def test_whoever_vouches_is_reached_safely(providers: list[object], why: str) -> None:
    require_sound(settings(oidc_providers=[LOGIN]))
    require_sound(development(oidc_providers=[{**LOGIN, "issuer": "http://localhost:9000"}]))

    with pytest.raises(CannotStart, match=why):
        require_sound(settings(oidc_providers=providers))
