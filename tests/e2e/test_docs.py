"""The page that shows the API, in a real browser: every route, by keyboard, on a narrow screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

Look = Callable[[Page], list[str]]
DOCS = "/api/v1/docs"
NARROW = {"width": 320, "height": 640}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_whoever_writes_a_program_reads_every_route(chiara: Person, axe: Look) -> None:
    chiara.opens(DOCS)
    told = chiara.page.request.get("/api/v1/openapi.json").json()

    for path, item in told["paths"].items():
        for method, operation in item.items():
            shown = chiara.page.locator(f"#{operation['operationId']}")
            expect(shown).to_contain_text(f"{method.upper()} /api/v1{path}")
            expect(shown).to_contain_text(operation["description"].split(".")[0].split("`")[0])
    chiara.page.locator("#add_task summary").click()
    expect(chiara.page.locator("#add_task pre").first).to_be_visible()
    assert axe(chiara.page) == []


def test_it_fits_a_narrow_screen(chiara: Person) -> None:
    chiara.page.set_viewport_size(NARROW)  # pyright: ignore[reportArgumentType]

    chiara.opens(DOCS)
    chiara.page.locator("#mint_token summary").click()

    assert chiara.page.evaluate(WIDER) == 0
