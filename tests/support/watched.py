"""A page that is watched: whatever breaks on it, and every line that it opens."""

from playwright.sync_api import Dialog, Page, WebSocket

# Faster than any hand: there is a field, and nobody has seen it yet.
AT_FIRST_SIGHT = """
const watch = new MutationObserver(() => {
  const field = document.getElementById("composer-text");
  if (!field) return;
  watch.disconnect();
  DEED
});
watch.observe(document, { childList: true, subtree: true });
"""


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


def hurry(page: Page, deed: str) -> None:
    """Do something on a page to come, at the moment when it has a `field` to write in."""
    page.add_init_script(AT_FIRST_SIGHT.replace("DEED", deed))
