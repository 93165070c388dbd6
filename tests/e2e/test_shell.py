"""The shell of the program as it is served, built pages and all: what anybody can knock at."""

import re
import socket
from collections.abc import Generator

import httpx
import pytest

from tests.support.server import ROOT, Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

PAGES = ["/it", "/en", "/en/account", "/nowhere"]
HIDDEN = [
    "/.git/config",
    "/.env",
    "/.states/state.pkl",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/_all_routes",
    "/_upload",
    "/_health",
    "/ping",
    "/data/secrets.json",
    "/treno.fingerprint",
    "/%2e%2e/%2e%2e/.env",
    "/..%2f..%2f.env",
    "/assets/..%2f..%2f..%2f.env",
]
# What a page loads or is styled by: a link that somebody follows is none of it.
LOADED = re.compile(r"<(?:script|link|img|iframe|source|use)\b[^>]*(?:src|href)=[\"']([^\"']+)")


@pytest.fixture
def client(server: Server) -> Generator[httpx.Client]:
    """A program that asks the server, with no manners."""
    host = server.origin.removeprefix("http://")
    with httpx.Client(base_url=server.address, headers={"Host": host}) as client:
        yield client


@pytest.mark.parametrize("path", HIDDEN)
def test_s54_what_is_nobodys_business_is_not_there(client: httpx.Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.headers["server"] == "treno-chat"


def test_s54_no_source_map_is_given_away(client: httpx.Client) -> None:
    scripts = re.findall(r"/assets/[\w./-]+\.js", client.get("/en").text)

    assert scripts
    for script in scripts:
        assert client.get(f"{script}.map").status_code == 404
        assert "sourceMappingURL" not in client.get(script).text


def test_s65_no_other_origin_is_related(client: httpx.Client) -> None:
    assert client.get("/.well-known/webauthn").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_s2_every_built_page_wears_its_policy(client: httpx.Client, path: str) -> None:
    page = client.get(path)

    policy = page.headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert f"{name} 'none'" in policy


@pytest.mark.parametrize("path", PAGES)
def test_s64_a_page_loads_nothing_of_others(client: httpx.Client, path: str) -> None:
    loaded = LOADED.findall(client.get(path).text)

    assert loaded
    assert [address for address in loaded if not re.match(r"/(?!/)|data:", address)] == []


def test_s64_no_style_loads_anything_of_others() -> None:
    sheets = {sheet: sheet.read_text() for sheet in (ROOT / "assets").rglob("*.css")}

    assert sheets
    foreign = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])(?:https?:)?//")
    assert [sheet for sheet, text in sheets.items() if foreign.search(text)] == []


@pytest.mark.parametrize(
    "head",
    [
        "POST /auth/logout HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
        f"GET /en HTTP/1.1\r\nX-Long: {'x' * 40_000}\r\n",
    ],
    ids=["two lengths", "long"],
)
def test_s13_a_malformed_head_is_refused_and_the_server_lives(
    server: Server, client: httpx.Client, head: str
) -> None:
    with socket.create_connection((server.host, server.port), timeout=10) as line:
        line.sendall(f"{head}Host: localhost:{server.port}\r\n\r\n".encode())
        status = int(line.recv(64).split()[1])

    assert status in (400, 431)
    assert client.get("/health").status_code == 200


def test_another_name_is_told_where_we_are(server: Server, client: httpx.Client) -> None:
    answer = client.get("/en", headers={"Host": "evil.example"})

    assert answer.status_code == 421
    assert server.origin in answer.text
