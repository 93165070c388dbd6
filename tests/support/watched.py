"""A page that is watched: whatever breaks on it, and every line that it opens."""

from collections.abc import Generator
from contextlib import contextmanager

from playwright.sync_api import Dialog, Page, WebSocket, WebSocketRoute

# What the server says when a page has all that it needs.
COMPLETE = '"is_hydrated_rx_state_":true'


def watch(page: Page, *, faults: list[str], lines: list[WebSocket]) -> Page:
    """Take note of what goes wrong on a page, and of its lines to the server; return the page."""

    def refuse(dialog: Dialog) -> None:
        # Our pages open no dialog, so a script of somebody else's did.
        faults.append(dialog.message)
        dialog.dismiss()

    def note(line: str) -> None:
        if "Content Security Policy" in line or "hydrat" in line.lower():
            faults.append(line)

    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", refuse)
    page.on("websocket", lambda line: lines.append(line))  # noqa: PLW0108 -- no builtin is taken
    page.on("console", lambda line: note(line.text))
    return page


@contextmanager
def half_told(page: Page) -> Generator[None]:
    """Let a page that is loaded now hear no more than the beginning, until the block is over."""
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    is_over = False

    def pass_on(line: WebSocketRoute) -> None:
        def hear(said: str | bytes) -> None:
            if not is_over and (held or COMPLETE in str(said)):
                held.append((line, said))
            else:
                line.send(said)

        line.connect_to_server().on_message(hear)

    page.route_web_socket("**/_event/**", pass_on)
    yield
    is_over = True
    for line, said in held:
        line.send(said)
