"""The service, as the check-up sees it: on this machine, and from outside only when asked to."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.running.checkup.conftest import Deploy
from treno_chat.api.front.headers import ALWAYS, FROM_NOW_ON_SECURE
from treno_chat.running.checkup import service
from treno_chat.running.checkup.finding import Finding, Level
from treno_chat.running.checkup.service import look_at_service
from treno_chat.settings import Settings

DRESSED = dict([*ALWAYS, ("Content-Security-Policy", "object-src 'none'")])


@contextmanager
def answering(port: int, headers: dict[str, str], status: int = 200) -> Generator[list[str]]:
    """Answer everything on a port; gives the names that were asked for."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer."""
            asked.append(self.headers["Host"])
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name
            """Say nothing."""

    with HTTPServer(("127.0.0.1", port), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield asked
        server.shutdown()
        thread.join()


def look(settings: Settings, *, is_online: bool = False) -> list[Finding]:
    """Look at a service whose front end is built."""
    return list(look_at_service(settings, is_online=is_online))


def _yes(_settings: Settings) -> bool:
    return True


def _no(_settings: Settings) -> bool:
    return False


@pytest.fixture(autouse=True)
def built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the front end be the right one."""
    monkeypatch.setattr(service, "is_built", _yes)


def test_a_service_that_is_dressed_is_in_order(deploy: Deploy) -> None:
    settings = deploy()

    with answering(settings.port, DRESSED):
        findings = look(settings)

    assert {finding.level for finding in findings} == {Level.OK}


def test_without_the_built_pages_nobody_is_served(
    deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "is_built", _no)

    faults = [each.text for each in look(deploy()) if each.level is Level.FAULT]

    assert faults == ["the built front end is not the one of this program: run `make build`."]


def test_who_does_not_run_is_said(deploy: Deploy) -> None:
    (_, finding) = look(deploy())

    assert finding.level is Level.WARNING
    assert "nobody answers" in finding.text


@pytest.mark.parametrize("missing", ["X-Content-Type-Options", "Content-Security-Policy"])
def test_s2_a_header_that_is_missing_is_named(deploy: Deploy, missing: str) -> None:
    settings = deploy()
    worn = {name: value for name, value in DRESSED.items() if name != missing}

    with answering(settings.port, worn):
        (_, finding) = look(settings)

    assert finding.level is Level.FAULT
    assert missing in finding.text


def test_s1_production_wears_its_promise_of_https(deploy: Deploy) -> None:
    settings = deploy(treno_env="production", public_origin="https://chat.example.org")

    with answering(settings.port, DRESSED) as asked:
        (_, without) = look(settings)
    with answering(settings.port, DRESSED | dict([FROM_NOW_ON_SECURE])):
        (_, dressed) = look(settings)

    assert without.level is Level.FAULT
    assert FROM_NOW_ON_SECURE[0] in without.text
    assert dressed.level is Level.OK
    assert asked == ["chat.example.org"]


def test_another_program_on_our_port_is_a_fault(deploy: Deploy) -> None:
    settings = deploy()

    with answering(settings.port, {}, status=404):
        (_, finding) = look(settings)

    assert finding.level is Level.FAULT
    assert "answers 404" in finding.text


def test_the_public_address_is_asked_only_when_told_to(deploy: Deploy) -> None:
    settings = deploy()
    with answering(settings.port, DRESSED) as asked:
        look(settings)
        before = len(asked)
        findings = look(settings, is_online=True)

    assert (before, len(asked)) == (1, 3)
    assert f"{settings.public_origin} answers as it should" in [each.text for each in findings]


def test_a_public_address_that_does_not_answer_is_a_fault(deploy: Deploy) -> None:
    findings = look(deploy(), is_online=True)

    assert [
        each for each in findings if each.level is Level.FAULT and "does not answer" in each.text
    ]


@pytest.mark.parametrize(("date", "level"), [("Sat, 21 Nov 2020 08:30:00 GMT", Level.WARNING)])
def test_a_clock_that_is_far_away_is_said(deploy: Deploy, date: str, level: Level) -> None:
    settings = deploy()

    with answering(settings.port, DRESSED | {"Date": date}):
        findings = look(settings, is_online=True)

    assert [each.level for each in findings if "clock" in each.text] == [level]
