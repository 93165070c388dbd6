"""The doorway: what came to our own name by https goes in, and nothing else does."""

from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from treno_chat.api.front.doorway import Doorway
from treno_chat.domain.words import LANGUAGES, Language, Words
from treno_chat.locales import words_in

ORIGIN, OTHER = "https://treno.example", "https://chat.treno.example:8443"
WORDS: dict[Language, Words] = {language: words_in(language) for language in LANGUAGES}


async def _inside(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("inside")(scope, receive, send)


def doorway(*, proxy_hops: int = 1, is_production: bool = True) -> Doorway:
    """Return the doorway of a deployment behind one proxy, unless told otherwise."""
    return Doorway(
        app=_inside,
        origins=(ORIGIN, OTHER),
        words=WORDS,
        proxy_hops=proxy_hops,
        is_production=is_production,
    )


class Client:
    """Whoever knocks, by whatever name."""

    def __init__(self, door: Doorway) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(door))

    async def knock(
        self, path: str = "/en", *, host: str = "treno.example", method: str = "GET", **headers: str
    ) -> httpx.Response:
        """Ask over plain HTTP, as a proxy passes it on."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(
            method, f"http://inside{path}", headers={"Host": host, **given}
        )


@pytest.fixture
async def client() -> AsyncGenerator[Client]:
    """Whoever knocks at a deployment."""
    client = Client(doorway())
    yield client
    await client.client.aclose()


async def test_what_came_to_our_name_by_https_goes_in(client: Client) -> None:
    for host in ("treno.example", "TRENO.example", "treno.example:443", "chat.treno.example:8443"):
        answer = await client.knock(host=host, x_forwarded_proto="https")

        assert (answer.status_code, answer.text) == (200, "inside")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_s1_plain_http_is_led_to_https_for_good(client: Client, method: str) -> None:
    answer = await client.knock("/p/x?a=%2F&b=1", method=method, x_forwarded_proto="http")

    assert answer.status_code == 308
    assert answer.headers["location"] == f"{ORIGIN}/p/x?a=%2F&b=1"
    assert answer.headers["cache-control"] == "no-store"


async def test_s1_each_of_our_names_leads_to_itself(client: Client) -> None:
    answer = await client.knock("/en", host="chat.treno.example:8443", x_forwarded_proto="http")

    assert answer.headers["location"] == f"{OTHER}/en"


@pytest.mark.parametrize("path", ["//evil.example/", "/%5Cevil.example", "/@evil.example"])
async def test_s63_no_path_leads_to_another_house(client: Client, path: str) -> None:
    answer = await client.knock(path, x_forwarded_proto="http")

    assert answer.headers["location"].startswith(f"{ORIGIN}/")


@pytest.mark.parametrize(
    ("told", "hops", "status"),
    [
        ("https", 0, 308),  # nobody of ours stands there to say so
        ("https", 1, 200),
        ("https, http", 1, 308),  # the left one is the client's own word
        ("http, https", 1, 200),
        ("https, http", 2, 200),  # between our two proxies it is plain
        ("https", 2, 200),
        ("HTTPS", 1, 200),
        ("ftp", 1, 308),
    ],
)
async def test_s12_only_our_own_proxies_say_how_it_came(told: str, hops: int, status: int) -> None:
    client = Client(doorway(proxy_hops=hops))

    assert (await client.knock(x_forwarded_proto=told)).status_code == status
    await client.client.aclose()


async def test_a_proxy_that_does_not_say_is_told_what_it_must(client: Client) -> None:
    answer = await client.knock()

    assert answer.status_code == 400
    assert "X-Forwarded-Proto" in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "treno.example.evil.example", "treno.example:8080", "192.0.2.1", ""]
)
async def test_another_name_is_told_where_we_are(client: Client, host: str) -> None:
    answer = await client.knock(host=host, x_forwarded_proto="https", accept_language="it")

    assert answer.status_code == 421
    assert f'href="{ORIGIN}"' in answer.text
    assert '<html lang="it">' in answer.text
    assert host not in answer.text or not host
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_a_forwarded_host_is_nobodys_name(client: Client) -> None:
    answer = await client.knock(
        host="evil.example", x_forwarded_proto="https", x_forwarded_host="treno.example"
    )

    assert answer.status_code == 421


async def test_in_development_plain_http_goes_in() -> None:
    client = Client(doorway(proxy_hops=0, is_production=False))

    assert (await client.knock()).status_code == 200
    assert (await client.knock(host="127.0.0.1:3000")).status_code == 421
    await client.client.aclose()


@pytest.mark.parametrize("path", ["/health", "/ready"])
async def test_whoever_looks_after_the_machine_may_ask_by_its_address(
    client: Client, path: str
) -> None:
    assert (await client.knock(path, host="10.0.0.7:3000")).status_code == 200


@pytest.mark.parametrize(
    ("told", "is_let_in"), [(b"https", True), (b"wss", True), (b"http", False), (b"", False)]
)
async def test_s9_in_production_no_websocket_comes_in_plain(
    told: bytes, *, is_let_in: bool
) -> None:
    passed: list[Scope] = []
    said: list[Message] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        said.append(message)

    door = Doorway(app=inside, origins=(ORIGIN,), words=WORDS, proxy_hops=1, is_production=True)
    scope: Scope = {
        "type": "websocket",
        "scheme": "ws",
        "path": "/_event",
        "headers": [(b"host", b"treno.example"), (b"x-forwarded-proto", told)],
    }
    await door(scope, receive, send)

    assert passed == ([scope] if is_let_in else [])
    assert [message["type"] for message in said] == ([] if is_let_in else ["websocket.close"])
