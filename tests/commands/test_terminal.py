"""Whatever becomes of the terminal, a command ends with a code that says so and no stack trace."""

import os
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.commands.conftest import Order
from treno_chat.__main__ import main


@pytest.fixture(autouse=True)
def seeded(order: Order, database_file: Path) -> None:
    """A house with a place, whose name has letters that not every terminal knows."""
    assert order("places", "seed").code == 0


def list_places_to(stream: TextIOWrapper, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", stream)
        return main(("places", "list"))


def test_whoever_reads_no_further_ends_it_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "w", encoding="utf-8") as unread:
        assert list_places_to(unread, monkeypatch) == 141

    assert capsys.readouterr().err == ""


def test_what_cannot_be_written_is_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError, match="No space"), Path("/dev/full").open("w") as full:
        assert list_places_to(full, monkeypatch) == 1

    assert capsys.readouterr().err == "It cannot be done: No space left on device.\n"


def test_a_letter_that_it_does_not_know_is_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    written = BytesIO()
    old_terminal = TextIOWrapper(written, encoding="ascii")

    assert list_places_to(old_terminal, monkeypatch) == 0

    assert b"Treno Lucca\\u2013Aulla" in written.getvalue()


def test_without_a_terminal_nobody_is_asked(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    assert order("places", "add", "bagno-62", "Bagno 62", "--kind", "beach").code == 0
    monkeypatch.setattr(sys, "stdin", None)

    told = order("places", "remove", "bagno-62")

    assert (told.code, told.err.count("\n")) == (1, 1)


def test_whoever_interrupts_it_gets_no_trace(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_tx: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("treno_chat.commands.places.list_places", interrupted)

    told = order("places", "list")

    assert (told.code, told.out, told.err) == (130, "", "Interrupted.\n")


def test_a_file_that_cannot_be_used_is_one_line(
    order: Order, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(database_file / "data"))

    told = order("migrate")

    assert (told.code, told.out, told.err.count("\n")) == (1, "", 1)
    assert str(database_file) in told.err
