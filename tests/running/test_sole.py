"""One server to a SQLite database."""

from pathlib import Path

import pytest

from treno_chat.running.checks import CannotStart
from treno_chat.running.sole import sole_server
from treno_chat.settings import Settings


def on(database_url: str) -> Settings:
    """Return the settings of a server on a database."""
    return Settings.model_validate({"database_url": database_url})


def test_a_second_server_on_the_same_sqlite_is_refused_and_a_later_one_is_not(
    tmp_path: Path,
) -> None:
    settings = on(f"sqlite:///{tmp_path / 'treno.db'}")

    with sole_server(settings):
        with (
            pytest.raises(CannotStart, match="SQLite is for one") as refused,
            sole_server(settings),
        ):
            pytest.fail("two servers")
        with sole_server(on(f"sqlite:///{tmp_path / 'other.db'}")):
            pass
    with sole_server(settings):
        pass

    assert "\n" not in str(refused.value)
    assert str(tmp_path / "treno.db") in str(refused.value)


@pytest.mark.parametrize(
    "another",
    [
        "sqlite+pysqlite:///{}/treno.db",
        "sqlite:///{}/../data/treno.db",
        "sqlite:///{}/treno.db?timeout=5",
        "sqlite:///{}/link.db",
        "sqlite:///{}/../linked/treno.db",
    ],
)
def test_another_name_of_the_same_sqlite_is_refused_as_well(tmp_path: Path, another: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "treno.db").touch()
    (data / "link.db").symlink_to("treno.db")
    (tmp_path / "linked").symlink_to("data")

    with (
        sole_server(on(f"sqlite:///{data}/treno.db")),
        pytest.raises(CannotStart, match="SQLite is for one"),
        sole_server(on(another.format(data))),
    ):
        pytest.fail("two servers")


def test_postgres_serves_many() -> None:
    settings = on("postgresql://treno@localhost/treno")

    with sole_server(settings), sole_server(settings):
        pass
