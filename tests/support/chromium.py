"""The browser of the journeys: the system's Chromium, else Playwright's own."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
MISSING = "No browser was found. Install one (Debian: apt install chromium), then try again."


def system_chromium() -> str | None:
    """Return the path of the system's browser."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def has_chromium() -> bool:
    """Say whether there is a browser, downloading Playwright's when the system has none."""
    return system_chromium() is not None or _has_own() or _download_own()


def _has_own() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _download_own() -> bool:
    command = (sys.executable, "-m", "playwright", "install", "chromium")
    done = subprocess.run(command, check=False)  # noqa: S603 -- our own fixed arguments
    return done.returncode == 0


if __name__ == "__main__" and not has_chromium():
    sys.exit(MISSING)
