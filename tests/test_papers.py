"""The papers say what is true: settings, commands, the map, and nothing of anybody's machine."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.support.command_line import command_in, commands
from treno_chat.__main__ import _parser
from treno_chat.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = "docs/room.png"
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp", ".pdf"}
MACHINES = re.compile(r"(?<![\w.])/(home|root|work|Users)/")
REGISTRIES = re.compile(r"npmjs\.org|yarnpkg\.com|npmmirror\.com|pypi\.org|pythonhosted\.org")


def shown(default: object) -> str:
    """Return a default as an operator would write it."""
    if isinstance(default, SecretStr):
        return default.get_secret_value()
    return json.dumps(list(default)) if isinstance(default, tuple) else str(default)  # pyright: ignore[reportUnknownArgumentType]


SETTINGS = sorted(
    (name.upper(), shown(field.default), field.description or "")
    for name, field in Settings.model_fields.items()
)


def section(title: str) -> str:
    """Return the part of the README under a heading."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def house() -> list[str]:
    """Return the paths that the README's map names."""
    return [line.split()[0] for line in section("The house").split("```")[1].strip().splitlines()]


@pytest.fixture(scope="session")
def tracked() -> list[str]:
    """Every file that is kept in the repository."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no clone, or git is not installed")
    command = (git, "-c", "safe.directory=*", "ls-files", "-z")
    listed = subprocess.run(  # noqa: S603 -- our own fixed arguments
        command, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]


def test_the_readme_describes_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:`(.*)`)? ?\| (.+) \|$", section("Settings"), re.MULTILINE)

    assert sorted(rows) == SETTINGS


def test_the_example_describes_every_setting_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    rows = re.findall(r"^# (.+)\n(\w+)=(.*)$", example, re.MULTILINE)

    assert sorted((name, default, meaning) for meaning, name, default in rows) == SETTINGS
    assert len(re.findall(r"^\w+=", example, re.MULTILINE)) == len(SETTINGS)


def test_the_example_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _, _ in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    without = Settings()

    shutil.copy(ROOT / ".env.example", tmp_path / ".env")

    assert Settings() == without


def test_what_the_readme_makes_can_be_made() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9]+):", makefile, re.MULTILINE))

    named = set(re.findall(r"(?:^|`)make ([a-z0-9]+)", README, re.MULTILINE))

    assert named
    assert named <= targets


def test_every_path_on_the_map_is_there() -> None:
    paths = house()

    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert [path for path in paths if path.endswith("/") != (ROOT / path).is_dir()] == []


def test_every_folder_is_on_the_map(tracked: list[str]) -> None:
    folders = {f"{name.split('/')[0]}/" for name in tracked if "/" in name}
    folders |= {"/".join(name.split("/")[:2]) + "/" for name in tracked if is_in_a_layer(name)}

    unknown = {folder for folder in folders if not any(path.startswith(folder) for path in house())}

    assert unknown == set()


def is_in_a_layer(name: str) -> bool:
    """Say whether a file lies in a folder of the package."""
    return name.startswith("treno_chat/") and name.count("/") > 1


@pytest.mark.parametrize("command", re.findall(r"python -m treno_chat ([a-z][^`\n]*)", README))
def test_every_command_in_the_readme_is_one(command: str) -> None:
    assert _parser().parse_args(shlex.split(command)).run


def test_the_readme_describes_every_command_and_no_other() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| .+ \|$", section("Operating it"), re.MULTILINE)

    assert sorted(map(str, map(command_in, rows))) == sorted(commands())


def test_the_only_picture_is_the_one_in_the_readme(tracked: list[str]) -> None:
    pictures = {name for name in tracked if Path(name).suffix.lower() in PICTURES}

    assert pictures <= {PICTURE}
    assert f"]({PICTURE})" in README


def test_no_file_knows_a_machine_or_a_registry(tracked: list[str]) -> None:
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in tracked if name != PICTURE}

    assert "README.md" in texts
    assert [name for name, text in texts.items() if MACHINES.search(text)] == []
    assert [name for name, text in texts.items() if REGISTRIES.search(text)] == []


def test_no_lock_says_where_it_was_resolved(tracked: list[str]) -> None:
    locks = [name for name in tracked if "lock" in Path(name).name]

    assert locks
    assert [name for name in locks if '"resolved"' in (ROOT / name).read_text()] == []
