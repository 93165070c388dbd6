"""The tests that the tables of docs/ name: where they are, and `python -m tests.support.proofs`.

Run as a program, it names the new file of every test that moved.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SECURITY = ROOT / "docs" / "security.md"
RELIABILITY = ROOT / "docs" / "reliability.md"
HEADING = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def rows_of(page: str) -> list[tuple[str, str]]:
    """Return every row of a page's tables: its name, and what it is held by."""
    rows: list[tuple[str, str]] = re.findall(r"^\| ([\w.]+) \| .+? \| (.*) \|$", page, re.MULTILINE)
    return [row for row in rows if row[0] != "Row"]


def files_by_test() -> dict[str, list[str]]:
    """Return every test by its name, with the files below tests/ that have one so named."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in HEADING.findall(file.read_text(encoding="utf-8")):
            files[name].append(file.relative_to(ROOT / "tests").as_posix())
    return files


def lost(page: str) -> dict[str, list[str]]:
    """Return every test that is not where the page says, with the files that have one so named."""
    files = files_by_test()
    return {
        f"{file}::{name}": files[name]
        for file, name in NAMED.findall(page)
        if file not in files[name]
    }


def main() -> int:
    """Name the new files; exit 1 when a test is gone, or in several files."""
    return max(int(_names_anew(page)) for page in (SECURITY, RELIABILITY))


def _names_anew(file: Path) -> bool:
    """Write where the tests of a page are now; return whether some are lost."""
    page = file.read_text(encoding="utf-8")
    for proof, at in lost(page).items():
        if len(at) == 1:
            page = page.replace(f"`{proof}`", f"`{at[0]}::{proof.split('::')[1]}`")
    file.write_text(page, encoding="utf-8")
    return bool(lost(page))


if __name__ == "__main__":
    sys.exit(main())
