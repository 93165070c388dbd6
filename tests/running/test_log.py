"""The log: JSON for machines, words for people, and never a secret or a forged line."""

import io
import logging
from collections.abc import Generator

import pytest
import socketio  # pyright: ignore[reportMissingTypeStubs]
import structlog

from tests.support.log import lines_of, written_log
from treno_chat.running.log import configure_log


@pytest.fixture
def stream() -> Generator[io.StringIO]:
    """What production would have written."""
    with written_log() as stream:
        yield stream


def _say(event: str, **more: object) -> None:
    structlog.get_logger("treno_chat.test").info(event, **more)


def test_a_line_says_when_how_grave_and_what(stream: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(reference="r1", address="192.0.2.7"):
        _say("logged_in", user="ada")

    [line] = lines_of(stream)
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "logged_in",
        "level": "info",
        "user": "ada",
        "reference": "r1",
        "address": "192.0.2.7",
    }


def test_a_library_speaks_through_the_same_steps(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").error("broken by %s", "Ada\x1b[31m\nand more")
    logging.getLogger("uvicorn.error").info("not news")

    [line] = lines_of(stream)
    assert (line["level"], line["event"]) == ("error", "broken by Ada\\x1b[31m …")


def test_no_library_writes_past_the_log(stream: io.StringIO) -> None:
    socketio.AsyncServer(async_mode="asgi")

    for name in ("uvicorn.error", "socketio.server", "engineio.server", "reflex"):
        logger = logging.getLogger(name)
        assert (logger.handlers, logger.propagate) == ([], True)


def test_s58_what_repeats_whole_events_is_told_by_its_place_alone(stream: io.StringIO) -> None:
    logging.getLogger("reflex_base.event.processor").error("Error in Event(payload=hush)")

    [line] = lines_of(stream)
    assert line["event"].startswith("reflex_base.event.processor:")
    assert "hush" not in stream.getvalue()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ada\r\nlogged_in user=chiara", "Ada\\r\\nlogged_in user=chiara"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\u202eadA\u2028", "\\u202eadA\\u2028"),
        ("Adà 🚆", "Adà 🚆"),
    ],
)
def test_s57_what_people_typed_neither_forges_nor_colours_a_line(
    stream: io.StringIO, typed: str, shown: str
) -> None:
    _say("entered", alias=typed, more=[{typed: typed}])

    [line] = lines_of(stream)
    assert line["alias"] == shown
    assert line["more"] == [{shown: shown}]


@pytest.mark.parametrize(
    "name", ["session_token", "Cookie", "Set-Cookie", "code", "sms_code", "phone", "body", "text"]
)
def test_s58_what_is_named_like_a_secret_is_masked(stream: io.StringIO, name: str) -> None:
    _say("oops", **{name: "hush", "inside": {name: ["hush"]}})

    assert "hush" not in stream.getvalue()


@pytest.mark.parametrize("secret", ["A-_4" * 10 + "abc", "+393451234567"])
def test_s58_what_looks_like_a_secret_is_masked(stream: io.StringIO, secret: str) -> None:
    _say("oops", seen=f"in {secret}.", where=[secret])
    logging.getLogger("library").warning("got %s", secret)

    assert secret not in stream.getvalue()
    assert len(lines_of(stream)) == 2


def test_s58_a_fault_is_told_by_its_kind_and_place_and_not_by_its_words(
    stream: io.StringIO,
) -> None:
    try:
        try:
            int("the code is 123456")
        except ValueError as first:
            raise KeyError("my phone") from first
    except KeyError as fault:
        structlog.get_logger("treno_chat.test").error("unexpected", exc_info=fault)
        logging.getLogger("uvicorn.error").exception("Exception in ASGI")

    assert [line["exception"].count("\n") for line in lines_of(stream)] == [3, 3]
    assert "ValueError" in stream.getvalue()
    assert "tests/running/test_log.py" in stream.getvalue()
    assert "123456" not in stream.getvalue()
    assert "my phone" not in stream.getvalue()


def test_what_the_disk_answered_is_told(stream: io.StringIO) -> None:
    structlog.get_logger("treno_chat.test").error("x", exc_info=OSError(28, "No space left"))

    assert lines_of(stream)[0]["exception"] == "OSError No space left"


def test_development_reads_the_same_as_text(stream: io.StringIO) -> None:
    configure_log("INFO", is_production=False, stream=stream)

    _say("logged_in", user="ada", cookie="hush")

    assert "logged_in" in stream.getvalue()
    assert "user=ada" in stream.getvalue()
    assert "hush" not in stream.getvalue()
