"""What all of the API shares: one error body, whose request it is, and what is not there."""

import pytest

from tests.support.browser import Browser

PROBES = "/api/v1/nothing"


@pytest.mark.parametrize("path", [PROBES, "/api/v1/", "/api/v2/auth/me", "/api/x"])
@pytest.mark.parametrize("accept", ["text/html", "application/json", "*/*"])
async def test_what_is_not_there_is_said_in_json(ada: Browser, path: str, accept: str) -> None:
    answer = await ada.ask(path, Accept=accept)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {"detail": "It isn’t here, or not any more.", "code": "NOT_FOUND"}
