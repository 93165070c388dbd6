"""How Reflex's page comes back when its line is gone: by itself, and soon enough."""

import re
from pathlib import Path

import reflex_base

CLIENT = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"
MOVING_OVER_MS = 10_000
# What opening a line, looking up who it is and filling the page may take besides.
FILLING_MS = 5_000


def test_f10_a_page_tries_again_for_ever_and_soon_enough_to_move_over() -> None:
    client = CLIENT.read_text(encoding="utf-8")

    [most] = re.findall(r"failed_attempts = Math\.min\(failed_attempts \+ 1, (\d+)\)", client)
    [step] = re.findall(r"\}, (\d+) \* failed_attempts\)", client)

    assert int(most) * int(step) + FILLING_MS <= MOVING_OVER_MS
    # What the server closes by a word is over; a line that breaks is not.
    assert re.findall(r'reason !== "(io \w+ disconnect)"', client) == [
        "io server disconnect",
        "io client disconnect",
    ]
