"""S43, S45, S47 over the sockets: whatever a page says, nothing breaks and nothing is changed.

The words are read from the policy table: a handler that is new is tried without being named here.
"""

import unicodedata
from collections.abc import AsyncGenerator
from typing import Any, get_args, get_origin
from uuid import uuid4

import pytest

from tests.support.log import lines_of, written_log
from tests.support.naughty import NAUGHTY
from tests.support.tab import Tab
from tests.web.conftest import Program
from treno_chat.actions.limits.limits import Limits
from treno_chat.domain.buckets import Bucket, Rate
from treno_chat.realtime import socket
from treno_chat.web.handlers import name_of
from treno_chat.web.rules import RULES
from treno_chat.web.states.room import RoomState

SEND, EDIT = name_of(RoomState.send), name_of(RoomState.edit)
# A frame of 64 KiB is cut off before anybody reads it (row 3.19), and a map says a text twice.
LONGEST = 4_000
# Longer than anything may be, though a reader would not count as many letters.
TOO_LONG = {
    "longer than any": "a" * 20_001,
    "marks upon marks": ("a" + "\u0316" * 30) * 700,
    "blank": "a" + " " * 60_000,
}


def _has_words(annotation: Any) -> bool:  # noqa: ANN401 -- whatever stands behind a colon
    if get_origin(annotation) is None:
        return annotation is str
    return any(_has_words(each) for each in get_args(annotation))


SAID = [
    (handler, field)
    for handler, rule in sorted(RULES.items())
    for field, about in rule.asks.model_fields.items()
    if _has_words(about.annotation)
]
TEXTS = {(SEND, "text"), (EDIT, "text")}


@pytest.fixture(autouse=True)
def nobody_counts(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be said as fast as it can be."""

    async def let_through(*_: object) -> None: ...

    def let_be(*_: object) -> None: ...

    def unbound(_rate: Rate) -> Bucket:
        return Bucket(Rate(burst=10_000, per_second=10_000))

    for name in ("check_send", "check_open", "check_change"):
        monkeypatch.setattr(Limits, name, let_be)
    monkeypatch.setattr(Limits, "count_send", let_through)
    monkeypatch.setattr(socket, "Bucket", unbound)


@pytest.fixture
async def usual(nobody_counts: None, ada_tab: Tab) -> dict[str, Any]:
    """What a page says of a message that is ada's own."""
    client_id, room_id = str(uuid4()), ada_tab.var("room_id")
    await ada_tab.call(RoomState.send, room_id=room_id, client_id=client_id, text="Ciao")
    sent = await ada_tab.outcome(client_id)
    return {
        "room_id": room_id,
        "client_id": client_id,
        "seq": sent["seq"],
        "before_seq": sent["seq"],
        "after_seq": 0,
        "last_rev": sent["rev"],
        "first_seq": 0,
        "text": "Ciao",
        "notice_id": "none",
        "hashes": None,
        "vars": None,
    }


def _payload(handler: str, usual: dict[str, Any]) -> dict[str, Any]:
    return {field: usual.get(field) for field in RULES[handler].asks.model_fields}


def _filled(handler: str, field: str, text: str) -> object:
    """Return the words in the form that a field has."""
    annotation = str(RULES[handler].asks.model_fields[field].annotation)
    if "dict" in annotation:
        return {text: text}
    return [text] if "list" in annotation else text


@pytest.fixture
async def heard(ada_tab: Tab) -> AsyncGenerator[None]:
    """Fail on any fault that the log tells, and on a server that answers no more."""
    with written_log("DEBUG") as stream:
        yield
        before = sum(one["kind"] == "page" for one in ada_tab.arrivals)
        room_id = ada_tab.var("room_id")
        await ada_tab.call(RoomState.catch_up, room_id=room_id, last_rev=0, first_seq=0)
        await ada_tab.until(lambda tab: sum(one["kind"] == "page" for one in tab.arrivals) > before)
    faults = [line for line in lines_of(stream) if line["level"] in {"error", "critical"}]
    assert faults == []


def test_every_handler_that_takes_words_is_tried() -> None:
    assert {*SAID} > TEXTS
    assert {field for _, field in SAID} >= {"room_id", "client_id", "notice_id"}


@pytest.mark.parametrize(("handler", "field"), sorted({*SAID} - TEXTS))
async def test_s47_whatever_is_said_over_a_socket_nothing_breaks(
    ada_tab: Tab, usual: dict[str, Any], heard: None, handler: str, field: str
) -> None:
    for text in NAUGHTY.values():
        filled = {field: _filled(handler, field, text[:LONGEST])}
        await ada_tab.call(handler, **_payload(handler, usual) | filled)

    assert all(one["ok"] is False or one["client_id"] for one in ada_tab.outcomes)


async def test_s43_s45_what_is_said_in_a_room_is_kept_as_it_is_or_refused(
    ada_tab: Tab, bruno_tab: Tab, usual: dict[str, Any], heard: None
) -> None:
    for name, text in (NAUGHTY | TOO_LONG).items():
        said = _payload(SEND, usual) | {"client_id": str(uuid4()), "text": text}
        await ada_tab.call(SEND, **said)

        outcome = await ada_tab.outcome(said["client_id"])
        if outcome["ok"]:
            arrived = await bruno_tab.arrival(kind="new", seq=outcome["seq"])
            assert arrived["body"] == _straight(text), name
        else:
            assert outcome["code"].startswith("message_"), name


async def test_s43_s45_what_is_said_differently_is_kept_as_it_is_or_refused(
    ada_tab: Tab, bruno_tab: Tab, usual: dict[str, Any], heard: None
) -> None:
    for name, text in (NAUGHTY | TOO_LONG).items():
        ada_tab.outcomes.clear()
        bruno_tab.arrivals.clear()
        await ada_tab.call(EDIT, **_payload(EDIT, usual) | {"text": text})

        outcome = await ada_tab.until(lambda tab: tab.outcomes and tab.outcomes[0])
        if outcome["ok"]:
            arrived = await bruno_tab.arrival(kind="edit", seq=usual["seq"])
            assert arrived["body"] == _straight(text), name
        else:
            assert outcome["code"].startswith("message_"), name


def _straight(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
