"""Where a person is led: only ever inside our own house."""

import pytest

from tests.api.conftest import PLACE, ROOM
from tests.support.browser import Browser
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.places import Place
from treno_chat.stores.talk import places


@pytest.mark.parametrize(
    "wish",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie: a=b",
        "/p/../../evil",
        "/auth/logout",
        "/è",
        " /p/x",
        "evil",
        "/" + "a" * 600,
        "",
    ],
)
async def test_s63_a_wish_for_elsewhere_leads_home(stranger: Browser, wish: str) -> None:
    answer = await stranger.form("/auth/enter", alias="Ada", gender="female", next=wish)

    assert (answer.status_code, answer.headers["location"]) == (303, ROOM)


@pytest.mark.parametrize("wish", [f"/p/{PLACE}/annunci", f"/p/{PLACE}?at=12", "/it/account"])
async def test_a_wish_of_ours_is_granted(stranger: Browser, wish: str) -> None:
    answer = await stranger.form("/auth/enter", alias="Ada", gender="female", next=wish)

    assert answer.headers["location"] == wish


async def test_a_place_without_a_room_to_talk_leads_to_its_list(
    stranger: Browser, transactions: Transactions, place: Place
) -> None:
    with transactions.writing() as tx:
        bare = type(place)(
            id="bare",
            slug="bagno-lido",
            name="Bagno Lido",
            kind=place.kind,
            timezone=place.timezone,
            retention=place.retention,
            guest_grace=place.guest_grace,
        )
        places.add(tx.db, bare, created_at=tx.now)

    answer = await stranger.form("/auth/enter", place="bagno-lido", alias="Ada", gender="male")

    assert answer.headers["location"] == "/p/bagno-lido"


@pytest.mark.parametrize(
    ("cookie", "wish", "led"),
    [
        (None, "it-IT,it;q=0.9,en;q=0.5", "/it"),
        (None, "de, en;q=0.7", "/en"),
        ("it", "en", "/it"),
        ("en", "it", "/en"),
        ("de", "it", "/it"),
    ],
)
async def test_the_start_leads_to_the_entry_in_the_persons_language(
    stranger: Browser, cookie: str | None, wish: str, led: str
) -> None:
    headers = {"Accept-Language": wish}
    if cookie:
        headers["Cookie"] = f"treno_language={cookie}"

    answer = await stranger.get("/", **headers)

    assert (answer.status_code, answer.headers["location"]) == (302, led)
    assert answer.headers["vary"] == "Accept-Language, Cookie"


async def test_the_start_keeps_where_somebody_wants_to_come_in(stranger: Browser) -> None:
    own = await stranger.get(f"/?place={PLACE}&next=/p/x")
    foreign = await stranger.get("/?place=a%26b%0d%0aX:y&next=//evil.example")

    assert own.headers["location"] == f"/en?place={PLACE}&next=%2Fp%2Fx"
    assert foreign.headers["location"] == "/en?place=a%26b%0D%0AX%3Ay"


async def test_the_entry_learns_what_stands_on_its_plate(stranger: Browser) -> None:
    here = await stranger.ask("/auth/place")
    asked = await stranger.ask(f"/auth/place?place={PLACE}&language=it")
    none = await stranger.ask("/auth/place?place=nowhere")

    assert here.json() == {
        "slug": PLACE,
        "name": "Treno Lucca–Aulla",
        "here": "3 people here now",
        "has_other_ways": True,
    }
    assert asked.json()["here"] == "3 persone qui ora"
    assert (none.status_code, none.json()["code"]) == (404, "place_not_found")
