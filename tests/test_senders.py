"""The settings say which way messages go."""

import pytest

from treno_chat.actions.operations.outbox import OutboxSender
from treno_chat.domain.vault import Vault
from treno_chat.outbound.twilio import TwilioSender
from treno_chat.outbound.webhook import WebhookSender
from treno_chat.senders import sender_of
from treno_chat.settings import Settings
from treno_chat.stores.database import Database

KEY = "what opens the provider, in these tests"


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, OutboxSender),
        ({"sms_sender": "webhook", "sms_webhook_secret": KEY}, WebhookSender),
        ({"sms_sender": "twilio", "twilio_auth_token": KEY}, TwilioSender),
    ],
)
def test_each_way_has_its_sender(
    database: Database, given: dict[str, object], kind: type[object]
) -> None:
    sender = sender_of(
        Settings.model_validate(given), database=database, vault=Vault("a secret of the tests")
    )

    assert isinstance(sender, kind)
    assert KEY not in repr(sender)


def test_only_development_shows_its_outbox() -> None:
    assert Settings.model_validate({}).has_outbox
    assert not Settings.model_validate({"treno_env": "production"}).has_outbox
    assert not Settings.model_validate({"sms_sender": "twilio", "mail_sender": "none"}).has_outbox


@pytest.mark.parametrize(
    ("given", "is_shown"),
    [
        ({"public_origin": "http://127.0.0.1:8000"}, True),
        ({"public_origin": "http://[::1]:3000", "host": "::1"}, True),
        ({"host": "127.0.0.2"}, True),
        ({"public_origin": "https://chat.example.org", "trusted_proxy_hops": 1}, False),
        ({"public_origin": "https://localhost.example.org"}, False),
        # Whoever reaches the machine may call it localhost in the head of a request.
        ({"host": "0.0.0.0"}, False),  # noqa: S104 -- read, not listened on
    ],
)
def test_codes_and_links_are_shown_on_the_machine_itself_alone(
    given: dict[str, object], *, is_shown: bool
) -> None:
    assert Settings.model_validate(given).has_outbox is is_shown


def test_the_limits_of_sending_are_settings() -> None:
    policy = Settings.model_validate(
        {
            "sms_countries": ("it",),
            "sms_per_hour": 7,
            "sms_per_prefix_hour": 3,
            "sms_per_network_hour": 2,
            "sms_per_network_day": 5,
            "recovery_delay_hours": 2,
        }
    ).policy()

    assert policy.codes.countries == ("IT",)
    assert (policy.codes.all_per_hour, policy.codes.prefix_per_hour) == (7, 3)
    assert (policy.codes.network_per_hour, policy.codes.network_per_day) == (2, 5)
    assert policy.recovery_delay.total_seconds() == 2 * 3600
