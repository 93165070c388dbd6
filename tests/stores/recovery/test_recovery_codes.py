"""Recovery codes in the database: each is used by one."""

from datetime import UTC, datetime

import pytest

from tests.support.races import at_once
from treno_chat.domain.people import Gender, User
from treno_chat.domain.refusals import Conflict
from treno_chat.stores.database import Database
from treno_chat.stores.door import users
from treno_chat.stores.recovery import recovery_codes

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def people(database: Database) -> None:
    """Ada and Bruno, each with codes."""
    with database.writing() as db:
        for name in ("ada", "bruno"):
            user = User(id=name, alias=name, gender=Gender.OTHER, is_anonymous=False)
            users.add(db, user, skeleton=name, created_at=NOW)
            codes = [f"{name}-{number}" for number in range(3)]
            recovery_codes.replace_all(db, name, codes, at=NOW)


def test_a_code_says_whose_it_is_and_is_used_up(database: Database) -> None:
    with database.writing() as db:
        assert recovery_codes.use(db, ["ada", "bruno"], "bruno-1", at=NOW) == "bruno"
        assert recovery_codes.use(db, ["ada", "bruno"], "bruno-1", at=NOW) is None
        assert recovery_codes.count_left(db, ["ada", "bruno"]) == 5


def test_a_code_of_nobody_who_is_meant_is_left_alone(database: Database) -> None:
    with database.writing() as db:
        assert recovery_codes.use(db, ["ada"], "bruno-1", at=NOW) is None
        assert recovery_codes.use(db, [], "bruno-1", at=NOW) is None
        assert recovery_codes.count_left(db, ["bruno"]) == 3


def test_s49_a_code_is_used_by_one(database: Database) -> None:
    def use() -> None:
        with database.writing() as db:
            if recovery_codes.use(db, ["ada"], "ada-0", at=NOW) is None:
                raise Conflict("too_late")

    assert sorted(at_once(use, use, use)) == ["in", "too_late", "too_late"]


def test_new_codes_take_the_place_of_ones_own_alone(database: Database) -> None:
    with database.writing() as db:
        recovery_codes.replace_all(db, "ada", ["new"], at=NOW)

        assert recovery_codes.count_left(db, ["ada"]) == 1
        assert recovery_codes.count_left(db, ["bruno"]) == 3
