"""Vectors in the database: found by what their text says, and by what made them."""

from datetime import UTC, datetime, timedelta

from treno_chat.stores.assistant import passages
from treno_chat.stores.database import Database

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
ONE, TWO = bytes(8), bytes(range(8))


def test_a_vector_is_found_by_the_hash_of_its_text(database: Database) -> None:
    with database.writing() as db:
        passages.add(db, "small", {"a": ONE, "b": TWO}, now=NOW)

    with database.reading() as db:
        assert passages.find(db, "small", ["b", "c"]) == {"b": TWO}
        assert passages.find(db, "large", ["b"]) == {}


def test_what_another_process_stored_meanwhile_stays(database: Database) -> None:
    with database.writing() as db:
        passages.add(db, "small", {"a": ONE}, now=NOW)
        passages.add(db, "small", {"a": TWO, "b": TWO}, now=NOW)
        passages.add(db, "small", {}, now=NOW)

    with database.reading() as db:
        assert passages.find(db, "small", ["a", "b"]) == {"a": ONE, "b": TWO}


def test_the_vectors_of_another_model_go(database: Database) -> None:
    with database.writing() as db:
        passages.add(db, "small", {"a": ONE}, now=NOW)
        passages.add(db, "large", {"a": TWO}, now=NOW)

        assert passages.remove_other_models(db, "large") == 1

        assert passages.find(db, "small", ["a"]) == {}
        assert passages.find(db, "large", ["a"]) == {"a": TWO}


def test_the_vectors_of_texts_that_are_gone_go_when_they_are_old(database: Database) -> None:
    with database.writing() as db:
        passages.add(db, "small", {"a": ONE, "b": TWO}, now=NOW - timedelta(days=2))
        passages.add(db, "small", {"c": ONE}, now=NOW)

        old = passages.made_before(db, NOW - timedelta(days=1))

        assert old == {"a", "b"}
        assert passages.remove(db, ["a", "x"]) == 1
        assert passages.find(db, "small", ["a", "b", "c"]) == {"b": TWO, "c": ONE}
