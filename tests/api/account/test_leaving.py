"""Taking everything along and leaving no trace over HTTP."""

from datetime import timedelta

from tests.api.account.owning import PROFILE
from tests.conftest import StoppedClock
from tests.support.authenticator import Authenticator
from tests.support.browser import Browser


async def test_the_export_is_a_file_that_nobody_keeps(dora: Browser) -> None:
    await dora.json("/auth/profile", PROFILE | {"alias": "Città 🚀"})
    answer = await dora.ask("/auth/export")

    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == (
        'attachment; filename="treno-chat.json"; '
        "filename*=UTF-8''treno-chat-Citt%C3%A0%20%F0%9F%9A%80.json"
    )
    assert answer.json()["person"]["phone"] == "+393471234567"


async def test_a_stranger_exports_nothing(stranger: Browser) -> None:
    assert (await stranger.ask("/auth/export")).status_code == 401
    assert (await stranger.ask("/auth/passkeys/accepted")).status_code == 401


async def test_no_trace_is_left(
    dora: Browser, doras_other: Browser, key: Authenticator, clock: StoppedClock
) -> None:
    assert (await dora.json("/auth/erasure", {})).json() == {"due_in": 10}
    early = await dora.json("/auth/erasure/finish", {})
    assert (early.status_code, early.headers["retry-after"]) == (429, "10")
    clock.pass_(timedelta(seconds=10))
    done = await dora.json("/auth/erasure/finish", {})

    assert done.json() == {
        "erased": {
            "sessions": 2,
            "passkeys": 1,
            "codes": 0,
            "phone": 1,
            "memberships": 0,
            "messages": 0,
            "tasks": 0,
            "conversations": 0,
        }
    }
    assert dora.session is None
    assert done.headers["clear-site-data"] == '"storage"'
    assert (await doras_other.ask("/auth/me")).status_code == 401


async def test_whoever_thinks_again_stays(dora: Browser, clock: StoppedClock) -> None:
    await dora.json("/auth/erasure", {})
    assert (await dora.json("/auth/erasure/undo", {})).json() == {}
    clock.pass_(timedelta(seconds=10))

    late = await dora.json("/auth/erasure/finish", {})
    assert (late.status_code, late.json()["code"]) == (409, "erasure_not_asked")
    assert (await dora.ask("/auth/me")).status_code == 200


async def test_a_guest_leaves_no_trace_without_a_passkey(ada: Browser, clock: StoppedClock) -> None:
    clock.pass_(timedelta(minutes=11))
    assert (await ada.json("/auth/erasure", {})).json() == {"due_in": 10}
    clock.pass_(timedelta(seconds=10))

    assert (await ada.json("/auth/erasure/finish", {})).json()["erased"]["sessions"] == 1
    assert (await ada.ask("/auth/me")).status_code == 401
