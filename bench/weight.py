"""What the entry page weighs: every byte that a first visit brings over the network."""

import os
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

from bench.program import running_program
from bench.rows import Row
from tests.support.chromium import system_chromium

# Long enough for what a page asks for after it is there.
SETTLE_MS = 3000


class Transfers:
    """What Chromium says that it received, headers included, compressed as it came."""

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}
        self.bytes = Counter[str]()
        self.pushed = 0

    def begin(self, event: dict[str, Any]) -> None:
        """Note what a request asks for."""
        self.urls[event["requestId"]] = event["request"]["url"]

    def end(self, event: dict[str, Any]) -> None:
        """Note what its answer weighed."""
        path = urlsplit(self.urls.get(event["requestId"], "")).path
        self.bytes[path] += int(event["encodedDataLength"])

    def push(self, event: dict[str, Any]) -> None:
        """Note a frame of the websocket."""
        self.pushed += len(event["response"]["payloadData"].encode())


def run() -> Iterable[Row]:
    """Visit the entry page once, with nothing in the cache."""
    try:
        with running_program() as program:
            seen = _visit(f"{program.origin}/it", port=program.port)
    except Error as error:
        # No browser is no reason to lose what the others measured.
        reason = error.message.splitlines()[0]
        yield Row(what="entry page", measured=reason, budget="≤ 190", unit="KB")
        return
    kinds = Counter[str]()
    for path, size in seen.bytes.items():
        kinds[_kind(path)] += size
    for kind, size in kinds.most_common():
        yield _row(f"entry page, {kind}", size)
    total = sum(seen.bytes.values()) + seen.pushed
    yield _row("entry page, websocket", seen.pushed)
    yield _row(f"entry page, all {len(seen.bytes)} transfers", total, budget="≤ 190")


def _visit(url: str, *, port: int) -> Transfers:
    seen = Transfers()
    # The pages were built for another port: its name leads to ours.
    arguments = [f"--host-resolver-rules=MAP {urlsplit(url).netloc} 127.0.0.1:{port}"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=system_chromium(), args=arguments)
        page = browser.new_page(locale="it-IT")
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", seen.begin)
        network.on("Network.loadingFinished", seen.end)
        network.on("Network.webSocketFrameReceived", seen.push)
        page.goto(url)
        page.wait_for_timeout(SETTLE_MS)
        browser.close()
    return seen


def _kind(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2] if "." in name else "HTML and answers"


def _row(what: str, size: int, *, budget: str = "–") -> Row:
    return Row(what=what, measured=f"{size / 1000:.1f}", budget=budget, unit="KB")
