"""Twilio: its API as it is documented, and what its answers mean for us."""

import base64
from urllib.parse import parse_qs

import pytest

from tests.support.provider import Provider
from treno_chat.domain.delivery import DeliveryFailed
from treno_chat.domain.recovery.sms import Sms, SmsRefused
from treno_chat.outbound.twilio import TwilioSender

TOKEN = "twilio's key"  # noqa: S105 -- opens nothing
MESSAGES = "/2010-04-01/Accounts/AC1/Messages.json"


def way(provider: Provider, sender: str = "+15005550006") -> TwilioSender:
    return TwilioSender(account_sid="AC1", auth_token=TOKEN, sender=sender, api=provider.url)


def test_a_message_is_created_for_the_account(provider: Provider, sms: Sms) -> None:
    provider.answers = [(201, b'{"sid": "SM1"}')]

    way(provider).send(sms)

    (asked,) = provider.asked
    assert (asked.method, asked.path) == ("POST", MESSAGES)
    key = base64.b64encode(f"AC1:{TOKEN}".encode()).decode()
    assert asked.headers["Authorization"] == f"Basic {key}"
    assert parse_qs(asked.body.decode()) == {
        "To": [sms.phone],
        "From": ["+15005550006"],
        "Body": [sms.text],
    }


def test_a_messaging_service_sends_in_place_of_a_number(provider: Provider, sms: Sms) -> None:
    way(provider, "MG1").send(sms)

    (asked,) = provider.asked
    assert parse_qs(asked.body.decode())["MessagingServiceSid"] == ["MG1"]


@pytest.mark.parametrize("code", [21211, 21610, 21614])
def test_a_number_that_is_not_reached_is_no_failure_of_the_sender(
    provider: Provider, sms: Sms, code: int
) -> None:
    provider.answers = [(400, f'{{"code": {code}, "message": "to {sms.phone}"}}'.encode())]

    with pytest.raises(SmsRefused) as refused:
        way(provider).send(sms)

    assert sms.phone not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "body", "is_passing"),
    [
        (500, b"", True),
        (429, b'{"code": 20429}', True),
        (401, b'{"code": 20003}', False),
        (400, b'{"code": 21606}', False),
        (400, b"not json", False),
        (400, b"[]", False),
    ],
)
def test_everything_else_has_failed(
    provider: Provider, sms: Sms, status: int, body: bytes, *, is_passing: bool
) -> None:
    provider.answers = [(status, body)]

    with pytest.raises(DeliveryFailed) as failed:
        way(provider).send(sms)

    assert failed.value.is_passing is is_passing


def test_a_check_asks_for_the_account_and_sends_nothing(provider: Provider) -> None:
    way(provider).check()

    (asked,) = provider.asked
    assert (asked.method, asked.path) == ("GET", "/2010-04-01/Accounts/AC1.json")


@pytest.mark.parametrize("status", [401, 503])
def test_a_check_fails_as_a_message_does(provider: Provider, status: int) -> None:
    provider.answers = [(status, b"")]

    with pytest.raises(DeliveryFailed):
        way(provider).check()


def test_the_key_is_not_printed(provider: Provider) -> None:
    assert TOKEN not in repr(way(provider))
