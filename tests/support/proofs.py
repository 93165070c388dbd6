"""The tests that docs/security.md names: where they are, and `python -m tests.support.proofs`.

Run as a program, it names the new file of every test that moved.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def files_with(name: str) -> list[str]:
    """Return the files below tests/ that have a test of this name."""
    heading = re.compile(rf"^(?:async )?def {name}\(", re.MULTILINE)
    return [
        file.relative_to(ROOT / "tests").as_posix()
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        if heading.search(file.read_text(encoding="utf-8"))
    ]


def lost(page: str) -> dict[str, list[str]]:
    """Return every test that is not where the page says, with the files that have one so named."""
    named = set(NAMED.findall(page))
    found = {(file, name): files_with(name) for file, name in named}
    return {f"{file}::{name}": at for (file, name), at in found.items() if file not in at}


def main() -> int:
    """Name the new files; exit 1 when a test is gone, or in several files."""
    page = PAGE.read_text(encoding="utf-8")
    for proof, at in lost(page).items():
        if len(at) == 1:
            page = page.replace(f"`{proof}`", f"`{at[0]}::{proof.split('::')[1]}`")
    PAGE.write_text(page, encoding="utf-8")
    return int(bool(lost(page)))


if __name__ == "__main__":
    sys.exit(main())
