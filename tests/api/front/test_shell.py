"""The shell: who sees a page, and where a stranger is led."""

from datetime import timedelta

from starlette.types import Message, Receive, Scope, Send

from tests.api.conftest import PLACE, ROOM
from tests.api.front.conftest import PAGE, POLICY, come_in, raw
from tests.conftest import StoppedClock
from tests.support.browser import Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.api.front.shell import Shell
from treno_chat.locales import words_in

PAGES = ("account", "tasks", "assistant", "assistant/one")
WAYS = ("/p/{}", "/p/{}/", "//p/{}", "/./p//{}", "/x/../p/{}")


async def test_who_is_in_sees_the_page(shelled: Browser) -> None:
    await come_in(shelled)

    for path in (ROOM, *(f"/{page}{end}" for page in PAGES for end in ("", "/"))):
        page = await shelled.get(path)

        assert (page.status_code, page.text) == (200, PAGE), path
        assert page.headers["cache-control"] == "no-store", path


async def test_a_stranger_is_led_from_their_tasks_to_the_entry_and_back(shelled: Browser) -> None:
    stranger = await raw(shelled, "/tasks")

    assert stranger.status_code == 303
    assert stranger.headers["location"] == "/en?next=%2Ftasks"


async def test_a_stranger_is_led_from_the_account_to_the_entry_and_back(shelled: Browser) -> None:
    paths = ("/account", "/account/", "/Account", "//account")
    led = [await raw(shelled, path) for path in paths]
    await come_in(shelled)
    seen = [await raw(shelled, path) for path in paths]

    assert [answer.status_code for answer in led] == [303] * len(paths)
    for answer in led:
        assert answer.headers["location"].lower().startswith("/en?next=%2faccount")
        assert "place=" not in answer.headers["location"]
    assert [answer.status_code for answer in seen] == [200] * len(paths)


async def test_a_stranger_is_led_to_the_entry_before_any_page(shelled: Browser) -> None:
    paths = (ROOM, *(path.format(PLACE) for path in WAYS))
    led = [await raw(shelled, path) for path in paths]
    await come_in(shelled)
    seen = [await raw(shelled, path) for path in paths]

    assert [answer.status_code for answer in led] == [303] * len(paths)
    for answer in led:
        assert answer.headers["location"].startswith(f"/en?next=%2Fp%2F{PLACE}")
        assert answer.headers["location"].endswith(f"&place={PLACE}")
        assert "the room" not in answer.text
    assert [answer.status_code for answer in seen] == [200] * len(paths)


async def test_large_letters_are_no_way_around(shelled: Browser) -> None:
    answer = await raw(shelled, f"/P/{PLACE}")

    assert answer.status_code == 303


async def test_the_entry_leads_back_to_where_the_stranger_wanted_to_go(shelled: Browser) -> None:
    led = await shelled.get(f"/p/{PLACE}/annunci")
    wishes = dict(pair.split("=") for pair in led.headers["location"].split("?")[1].split("&"))

    answer = await shelled.form(
        "/auth/enter", alias="Ada", gender="female", next=wishes["next"].replace("%2F", "/")
    )

    assert answer.headers["location"] == f"/p/{PLACE}/annunci"


async def test_an_ended_session_is_a_strangers(shelled: Browser, clock: StoppedClock) -> None:
    await come_in(shelled)
    clock.pass_(timedelta(hours=13))

    led = await shelled.get(ROOM)

    assert led.status_code == 303
    assert led.headers["location"].endswith(f"&place={PLACE}&ended=1")


async def test_a_stranger_has_ended_nothing(shelled: Browser) -> None:
    led = await shelled.get(ROOM)

    assert "ended" not in led.headers["location"]


async def test_where_no_chat_is_a_page_says_so(shelled: Browser) -> None:
    for path in ("/p/nowhere", "/p/nowhere/treno", "/p", "/p/", "/p/<script>"):
        answer = await shelled.get(path, **{"Accept-Language": "it"})

        assert answer.status_code == 404, path
        assert '<html lang="it">' in answer.text
        assert words_in("it").say("lost.title") in answer.text.replace("&#x27;", "'")
        assert "the room" not in answer.text
        assert "<script" not in answer.text


async def test_a_websocket_passes_untouched(transactions: Transactions) -> None:
    passed: list[tuple[Scope, Receive, Send]] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append((scope, receive, send))

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        return None

    shell = Shell(app=inner, transactions=transactions, words={}, policy=POLICY)
    scope: Scope = {"type": "websocket", "path": "/p/x"}
    await shell(scope, receive, send)

    assert passed == [(scope, receive, send)]
