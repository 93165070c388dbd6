"""A real server, a real browser, and ada, bruno and chiara with one window each."""

import fcntl
import os
from collections.abc import Callable, Generator
from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe  # pyright: ignore[reportMissingTypeStubs]
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.support.assistant_page import AssistantPage, with_account
from tests.support.chromium import system_chromium
from tests.support.journeys import forget_everybody, is_postgres_wanted, sqlite_url
from tests.support.line import Line
from tests.support.person import Person
from tests.support.postgres import free_port
from tests.support.screen import SHORT
from tests.support.server import ROOT, USUAL_PORT, Server
from treno_chat.domain.people import Gender
from treno_chat.domain.words import Language
from treno_chat.locales import words_in
from treno_chat.running.checks import CannotStart, claim_port

LOCALES: dict[Language, str] = {"it": "it-IT", "en": "en-GB"}
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Journeys walk faster than people: the limits have tests of their own.
UNHURRIED = {
    "ENTRIES_PER_MINUTE": "10000",
    "SEND_BURST": "1000",
    "SEND_PER_MINUTE": "100000",
    "ASSISTANT_DEADLINE_S": "20",
}

# What is still coming into sight is paler than it will be.
STILL = """() => Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .map((one) => one.finished.then(() => true, () => true)))"""

Meet = Callable[..., Person]


@pytest.fixture(scope="session")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Server]:
    """The server, running; a test that stops it starts it again."""
    data = tmp_path_factory.mktemp("server")
    url = sqlite_url(data)
    if is_postgres_wanted():
        url = request.getfixturevalue("postgres").create("journeys")
    host = _host()
    server = Server(port=_port(host), host=host, data=data, database_url=url, settings=UNHURRIED)
    # Of several that start at once, one builds the pages and the others find them.
    with (ROOT / ".web-e2e.lock").open("w") as building:
        fcntl.flock(building, fcntl.LOCK_EX)
        server.start()
    yield server
    assert server.stop() == 0


@pytest.fixture(scope="session")
def playwright() -> Generator[Playwright]:
    """The driver of the browser."""
    expect.set_options(timeout=SHORT)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Generator[Browser]:
    """One browser for all; a window each keeps them apart."""
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    browser = playwright.chromium.launch(
        executable_path=system_chromium(), args=[*ARGUMENTS, *sandbox]
    )
    yield browser
    browser.close()


@pytest.fixture
def meet(server: Server, chromium: Browser) -> Generator[Meet]:
    """Bring somebody along: `meet("Dora", language="en", java_script_enabled=False)`."""
    forget_everybody(server.database_url)
    company: list[Person] = []

    def somebody(
        alias: str,
        gender: Gender = Gender.UNDISCLOSED,
        *,
        language: Language = "it",
        **options: Any,  # noqa: ANN401 -- Playwright's own options of a context
    ) -> Person:
        def open_browser(line: Line, cookies: list[Any]) -> BrowserContext:
            browser = chromium.new_context(
                base_url=server.origin,
                locale=LOCALES[language],
                proxy={"server": line.address, "bypass": "<-loopback>"},
                **options,
            )
            browser.add_cookies(cookies)
            return browser

        person = Person(
            alias=alias,
            gender=gender,
            words=words_in(language),
            open_browser=open_browser,
            line=Line(server.host),
        )
        company.append(person)
        return person

    yield somebody
    for person in company:
        person.goes_home()


@pytest.fixture
def ada(meet: Meet) -> Person:
    """Speaks Italian."""
    return meet("Ada", Gender.FEMALE)


@pytest.fixture
def bruno(meet: Meet) -> Person:
    """Speaks Italian too."""
    return meet("Bruno", Gender.MALE)


@pytest.fixture
def chiara(meet: Meet) -> Person:
    """Speaks English."""
    return meet("Chiara", Gender.OTHER, language="en")


@pytest.fixture
def page_of_ada(ada: Person) -> AssistantPage:
    """Ada's page, at a new conversation."""
    page = with_account(ada)
    page.opens()
    return page


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Look a page over for barriers; what is serious or worse is returned, one line each."""

    def look(page: Page) -> list[str]:
        page.evaluate(STILL)
        response = cast("dict[str, Any]", Axe().run(page).response)
        return [
            f"{found['id']}: {node['target']} {node['failureSummary']}"
            for found in response["violations"]
            if found["impact"] in {"serious", "critical"}
            for node in found["nodes"]
        ]

    return look


def _host() -> str:
    """Return an address of this machine that no other worker listens on."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return f"127.0.0.{int(worker.removeprefix('gw')) + 1}"


def _port(host: str) -> int:
    """Return the port of the last build, unless somebody else has it."""
    try:
        claim_port(host, USUAL_PORT).close()
    except CannotStart:
        return free_port()
    return USUAL_PORT
