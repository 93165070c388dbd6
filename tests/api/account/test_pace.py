"""What is a person's own is changed at a person's pace, whichever way it is asked for."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx import Response

from tests.api.conftest import OpenBrowser
from tests.support.browser import Browser
from tests.support.refill import stop_refilling
from treno_chat.actions.limits import limits
from treno_chat.actions.limits.limits import EXPORTING, GLANCES
from treno_chat.actions.limits.paced import Measure
from treno_chat.domain.buckets import Rate

CHANGING = Measure(name="change", rate=Rate(burst=4, per_second=1 / 3))
Ask = Callable[[], Awaitable[Response]]
# Each changes something of a person's own; what they are refused for otherwise is not the point.
CHANGES: dict[str, dict[str, Any]] = {
    "/auth/profile": {"alias": "Dora", "gender": "female"},
    "/auth/passkeys/rename": {"id": "x", "name": "Laptop"},
    "/auth/passkeys/remove": {"id": "x"},
    "/auth/sessions/end": {"id": "x"},
    "/auth/sessions/end-others": {},
    "/auth/phone/resend": {},
    "/auth/phone/confirm": {"code": "123456"},
    "/auth/recovery/cancel": {},
    "/auth/recovery-codes": {},
    "/auth/password": {"email": "dora", "password": "x"},
    "/auth/password/change": {"password": "x"},
    "/auth/password/remove": {},
    "/auth/erasure": {},
}


@pytest.fixture(autouse=True)
def soon_used_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few changes be many, and keep what was used up from coming back."""
    monkeypatch.setattr(limits, "CHANGING", CHANGING)
    stop_refilling(monkeypatch)


async def _tire(ask: Ask, times: int) -> None:
    for _ in range(times):
        assert (await ask()).status_code != 429


def _assert_waits(answer: Response) -> None:
    assert (answer.status_code, answer.json()["code"]) == (429, "too_fast")
    assert int(answer.headers["retry-after"]) == answer.json()["retry_after"] > 0


@pytest.mark.parametrize("path", CHANGES)
async def test_whoever_changes_too_much_waits_and_others_do_not(
    dora: Browser, ada: Browser, path: str
) -> None:
    profile = {"alias": "Dora", "gender": "female"}
    await _tire(lambda: dora.json("/auth/profile", profile), CHANGING.rate.burst)

    _assert_waits(await dora.json(path, CHANGES[path]))

    assert (await ada.json(path, CHANGES[path])).status_code != 429


async def test_whoever_began_to_leave_is_stopped_no_more(dora: Browser) -> None:
    profile = {"alias": "Dora", "gender": "female"}
    await _tire(lambda: dora.json("/auth/profile", profile), CHANGING.rate.burst - 1)
    assert (await dora.json("/auth/erasure", {})).status_code == 200

    assert (await dora.json("/auth/erasure/undo", {})).status_code == 200


async def test_a_copy_of_everything_is_made_a_few_times(dora: Browser, ada: Browser) -> None:
    await _tire(lambda: dora.ask("/auth/export"), EXPORTING.rate.burst)

    _assert_waits(await dora.ask("/auth/export"))
    assert (await ada.ask("/auth/export")).status_code == 200


async def test_whoever_waits_for_a_recovery_looks_now_and_then(
    stranger: Browser, open_browser: OpenBrowser
) -> None:
    for browser in (stranger, open_browser()):
        browser.client.headers["User-Agent"] = f"browser {id(browser)}"
        await _tire(lambda it=browser: it.json("/auth/recover/status", {}), GLANCES.amount)

        _assert_waits(await browser.json("/auth/recover/status", {}))
