"""What people write becomes a link only where it leads to the web."""

import pytest
from playwright.sync_api import expect

from tests.support.person import Person

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_s44_only_addresses_of_the_web_are_links(ada: Person) -> None:
    ada.enters()

    ada.says("javascript:alert(1) data:text/html,x ftp://x.example https://treno.example/orari?n=1")

    links = ada.page.get_by_role("log").get_by_role("link")
    expect(links).to_have_count(1)
    assert links.get_attribute("href") == "https://treno.example/orari?n=1"
    assert "noopener" in str(links.get_attribute("rel"))
