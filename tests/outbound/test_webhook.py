"""The webhook: signed, honest about what was not taken."""

import hashlib
import hmac
import json
import socket

import pytest

from tests.support.provider import HANG_UP, Provider
from treno_chat.domain.delivery import DeliveryFailed
from treno_chat.domain.recovery.sms import Sms
from treno_chat.outbound.webhook import WebhookSender

SECRET = "what the posts of the tests are signed with"  # noqa: S105 -- opens nothing


@pytest.fixture
def sender(provider: Provider) -> WebhookSender:
    """The way to the provider."""
    return WebhookSender(
        url=f"{provider.url}/sms?for=us", secret=SECRET, clock=lambda: 1764000000.9
    )


def test_a_message_is_posted_as_json(provider: Provider, sender: WebhookSender, sms: Sms) -> None:
    sender.send(sms)

    (asked,) = provider.asked
    assert (asked.method, asked.path) == ("POST", "/sms?for=us")
    assert asked.headers["Content-Type"] == "application/json; charset=utf-8"
    assert asked.headers["Idempotency-Key"] == sms.id
    assert json.loads(asked.body) == {"id": sms.id, "to": sms.phone, "text": sms.text}


def test_the_post_is_signed_with_its_time(
    provider: Provider, sender: WebhookSender, sms: Sms
) -> None:
    sender.send(sms)

    (asked,) = provider.asked
    expected = hmac.new(SECRET.encode(), b"1764000000." + asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["X-Treno-Signature"] == f"t=1764000000,v1={expected}"


@pytest.mark.parametrize(
    ("status", "is_passing"),
    [
        (500, True),
        (503, True),
        (429, True),
        (408, True),
        (HANG_UP, True),
        (400, False),
        (302, False),
    ],
)
def test_what_is_not_taken_has_failed(
    provider: Provider, sender: WebhookSender, sms: Sms, *, status: int, is_passing: bool
) -> None:
    provider.answers = [(status, b"123456")]

    with pytest.raises(DeliveryFailed) as failed:
        sender.send(sms)

    assert failed.value.is_passing is is_passing
    assert len(provider.asked) == 1  # no redirect is followed
    assert "123456" not in str(failed.value)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nobody_there_is_a_failure_that_may_pass(sms: Sms, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    sender = WebhookSender(url=f"{scheme}://127.0.0.1:{port}", secret=SECRET)

    with pytest.raises(DeliveryFailed) as failed:
        sender.send(sms)

    assert failed.value.is_passing


@pytest.mark.parametrize("status", [200, 404, 405])
def test_a_check_asks_whether_anybody_is_there(
    provider: Provider, sender: WebhookSender, status: int
) -> None:
    provider.answers = [(status, b"")]

    sender.check()

    assert [(asked.method, asked.body) for asked in provider.asked] == [("HEAD", b"")]


def test_a_check_fails_as_a_message_does(provider: Provider, sender: WebhookSender) -> None:
    provider.answers = [(503, b"")]

    with pytest.raises(DeliveryFailed):
        sender.check()


def test_neither_secret_nor_address_is_printed(sender: WebhookSender) -> None:
    assert SECRET not in repr(sender)
    assert "for=us" not in repr(sender)
