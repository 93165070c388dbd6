"""A page that is watched: whatever breaks on it, and every line that it opens."""

from playwright.sync_api import Dialog, Page, WebSocket


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
