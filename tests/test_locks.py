"""What is installed is what was looked at: every version pinned, every file known by its hash."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
LOCKS = ["requirements", "requirements-llm", "requirements-dev"]
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins(name: str) -> dict[str, str]:
    """Return the versions that a file names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {re.sub(r"[-_.]+", "-", found).lower(): version for found, version in PIN.findall(text)}


@pytest.mark.parametrize("name", LOCKS)
def test_s61_every_file_of_every_dependency_is_known_by_its_hash(name: str) -> None:
    lock = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", lock.strip())

    assert len(entries) == len(pins(f"{name}.lock")) > len(pins(f"{name}.txt"))
    assert all(PIN.match(entry) and HASH.search(entry) for entry in entries)


@pytest.mark.parametrize("name", LOCKS)
def test_s61_the_lock_is_of_what_is_required(name: str) -> None:
    assert pins(f"{name}.txt").items() <= pins(f"{name}.lock").items()


@pytest.mark.parametrize("name", ["requirements", "requirements-llm"])
def test_the_tests_run_on_what_the_program_runs_on(name: str) -> None:
    assert pins(f"{name}.lock").items() <= pins("requirements-dev.lock").items()


def test_a_language_model_changes_nothing_of_what_is_installed_already() -> None:
    program, model = pins("requirements.lock"), pins("requirements-llm.lock")

    assert {name: model[name] for name in program.keys() & model} == {
        name: program[name] for name in program.keys() & model
    }
    assert {"openai", "pydantic-ai-slim"}.isdisjoint(program)


def test_s61_what_is_installed_is_checked_against_its_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    installs = re.findall(r"\$\(PIP\) (.*)-r ", makefile)
    assert installs
    assert set(installs) == {"--require-hashes "}
