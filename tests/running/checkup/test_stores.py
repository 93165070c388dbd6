"""The stores, as the check-up sees them."""

import re
from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import make_url
from sqlmodel import text

from tests.running.checkup.conftest import Deploy
from tests.support.postgres import free_port
from tests.support.redis import RedisServer, redis_program, running_redis
from treno_chat.actions.jobs import JOBS
from treno_chat.running.checkup.finding import Finding, Level
from treno_chat.running.checkup.stores import look_at_stores
from treno_chat.stores.database import Database
from treno_chat.stores.tables import JobLease


def lines(findings: list[Finding], level: Level) -> list[str]:
    """Return what is said of one gravity."""
    return [each.text for each in findings if each.level is level]


def run_jobs(url: str, *, ago: timedelta, failed: str = "") -> None:
    """Let every job be due again since some time; one may have been tried in vain."""
    database = Database(url)
    until = datetime.now(UTC) - ago
    with database.writing() as db:
        for job in JOBS:
            done_at = None if job.name == failed else until - job.every
            db.add(JobLease(name=job.name, holder="a server", until=until, done_at=done_at))
    database.close()


@pytest.fixture
def redis() -> Generator[RedisServer]:
    """A throwaway Redis."""
    program = redis_program()
    if program is None:
        pytest.skip("Redis is not installed (package: redis-server)")
    with running_redis(program) as server:
        yield server


def test_a_database_in_order(deploy: Deploy, database_url: str) -> None:
    run_jobs(database_url, ago=timedelta(0))

    findings = list(look_at_stores(deploy(database_url=database_url)))

    assert lines(findings, Level.FAULT) == []
    assert "jobs run" in lines(findings, Level.OK)
    assert any("which is no place" in line for line in lines(findings, Level.WARNING))


def test_a_database_that_is_not_there_is_not_made(deploy: Deploy) -> None:
    settings = deploy()

    (finding,) = look_at_stores(settings)

    assert finding.level is Level.FAULT
    assert "make migrate" in finding.text
    assert not settings.data_dir.exists()


def test_a_database_that_does_not_answer_is_said_without_its_password(deploy: Deploy) -> None:
    url = f"postgresql://treno:hush@localhost:{free_port()}/treno"

    faults = lines(list(look_at_stores(deploy(database_url=url))), Level.FAULT)

    assert len(faults) == 1
    assert "cannot be reached" in faults[0]
    assert "hush" not in faults[0]


def test_another_revision_is_a_fault(deploy: Deploy, database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as db:
        db.connection().execute(text("UPDATE alembic_version SET version_num = 'yesterday'"))
    database.close()

    faults = lines(list(look_at_stores(deploy(database_url=database_url))), Level.FAULT)

    assert [fault for fault in faults if "yesterday" in fault]


@pytest.mark.parametrize("ago", [None, timedelta(minutes=11)])
def test_jobs_that_do_not_run_are_said(
    deploy: Deploy, database_url: str, ago: timedelta | None
) -> None:
    if ago is not None:
        run_jobs(database_url, ago=ago)

    warnings = lines(list(look_at_stores(deploy(database_url=database_url))), Level.WARNING)

    assert [warning for warning in warnings if "treno_chat jobs run" in warning]


def test_a_job_that_always_fails_is_said_by_its_name(deploy: Deploy, database_url: str) -> None:
    run_jobs(database_url, ago=timedelta(0), failed="erasures")

    findings = list(look_at_stores(deploy(database_url=database_url)))

    [warning] = [line for line in lines(findings, Level.WARNING) if "job_failed" in line]
    assert "erasures" in warning
    assert "retention" not in warning
    assert "jobs run" not in lines(findings, Level.OK)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_s59_a_role_that_may_change_tables_is_said(deploy: Deploy, database_url: str) -> None:
    owner = Database(database_url)
    name = re.sub(r"\W", "_", f"runner_{make_url(database_url).database}")
    with owner.writing() as db:
        run = db.connection().execute
        run(text(f"CREATE ROLE {name} LOGIN"))
        run(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
        run(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"))
    runner_url = make_url(database_url).set(username=name).render_as_string(hide_password=False)

    as_owner = list(look_at_stores(deploy(database_url=database_url)))
    as_runner = list(
        look_at_stores(deploy(database_url=runner_url, migration_database_url=database_url))
    )
    with owner.writing() as db:
        db.connection().execute(text(f"DROP OWNED BY {name}"))
        db.connection().execute(text(f"DROP ROLE {name}"))
    owner.close()

    assert [line for line in lines(as_owner, Level.WARNING) if "S59" in line]
    assert [line for line in lines(as_runner, Level.WARNING) if "S59" in line] == []
    assert "the role of DATABASE_URL may not change tables" in lines(as_runner, Level.OK)
    assert "the role of MIGRATION_DATABASE_URL is let in" in lines(as_runner, Level.OK)


def test_a_redis_that_is_not_there_is_a_fault(deploy: Deploy) -> None:
    url = f"redis://:hush@localhost:{free_port()}/0"

    faults = lines(list(look_at_stores(deploy(redis_url=url))), Level.FAULT)

    assert [fault for fault in faults if "Redis cannot be reached" in fault]
    assert "hush" not in str(faults)


def test_s46_a_redis_that_lets_anybody_in_is_said(deploy: Deploy, redis: RedisServer) -> None:
    open_to_all = list(look_at_stores(deploy(redis_url=redis.url)))
    with redis.client() as client:
        client.config_set("requirepass", "hush")  # pyright: ignore[reportUnknownMemberType]
    guarded = list(look_at_stores(deploy(redis_url=redis.url.replace("//", "//:hush@"))))
    wrong = list(look_at_stores(deploy(redis_url=redis.url.replace("//", "//:other@"))))

    assert [each for each in lines(open_to_all, Level.WARNING) if "without a password" in each]
    assert "Redis is there, and asks for its password" in lines(guarded, Level.OK)
    assert "Redis does not take the password of REDIS_URL." in lines(wrong, Level.FAULT)
