"""Whoever words answers, as the check-up sees them: asked only when it may ask outside."""

import json
import socket
from collections.abc import Generator

import pytest

from tests.running.checkup.conftest import Deploy
from tests.support.provider import Provider, providing
from treno_chat.running.checkup.assistant import look_at_assistant
from treno_chat.running.checkup.finding import Finding, Level
from treno_chat.running.checkup.whole import look_at_everything
from treno_chat.settings import Settings

KEY = "sk-hush"
KNOWN = json.dumps({"data": [{"id": "org/wise"}, {"id": "other"}]}).encode()


@pytest.fixture
def provider() -> Generator[Provider]:
    """Somebody who has models."""
    with providing() as provider:
        yield provider


def settings_for(deploy: Deploy, url: str, model: str = "wise") -> Settings:
    """Return the settings of a house whose answers are worded there."""
    return deploy(assistant_base_url=f"{url}/v1", assistant_model=model, assistant_api_key=KEY)


def look(settings: Settings, *, is_online: bool = True) -> Finding:
    """Return the one thing that is seen."""
    (finding,) = look_at_assistant(settings, is_online=is_online)
    return finding


def test_without_a_model_pages_are_quoted(deploy: Deploy) -> None:
    assert "quote the pages" in look(deploy()).text


def test_a_model_is_named_and_not_asked(deploy: Deploy, provider: Provider) -> None:
    finding = look(settings_for(deploy, provider.url), is_online=False)

    assert (finding.level, provider.asked) == (Level.OK, [])
    assert "wise" in finding.text


def test_a_model_that_is_there_is_in_order(deploy: Deploy, provider: Provider) -> None:
    provider.answers = [(200, KNOWN)]

    assert look(settings_for(deploy, provider.url)).level is Level.OK
    assert provider.asked[0].path == "/v1/models"
    assert provider.asked[0].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_opens_nothing_is_a_fault(
    deploy: Deploy, provider: Provider, status: int
) -> None:
    provider.answers = [(status, b"")]

    finding = look(settings_for(deploy, provider.url))

    assert finding.level is Level.FAULT
    assert KEY not in finding.text


@pytest.mark.parametrize("answer", [(200, b"<html>"), (404, b"{}"), (302, b""), (0, b"")])
def test_an_endpoint_that_says_nothing_of_use_is_warned_of(
    deploy: Deploy, provider: Provider, answer: tuple[int, bytes]
) -> None:
    provider.answers = [answer]

    assert look(settings_for(deploy, provider.url)).level is Level.WARNING


def test_a_model_that_is_not_there_is_warned_of(deploy: Deploy, provider: Provider) -> None:
    provider.answers = [(200, KNOWN)]

    finding = look(settings_for(deploy, provider.url, model="grand"))

    assert (finding.level, "grand" in finding.text) == (Level.WARNING, True)


def test_nobody_there_is_warned_of(deploy: Deploy) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        finding = look(settings_for(deploy, f"http://127.0.0.1:{taken.getsockname()[1]}"))

    assert finding.level is Level.WARNING


def test_the_whole_check_up_looks_at_it(deploy: Deploy) -> None:
    settings = deploy()

    assert look(settings) in list(look_at_everything(settings))
