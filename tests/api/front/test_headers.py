"""The content security policy: what a page of ours may run."""

import base64
import hashlib
from pathlib import Path

from tests.support.browser import ORIGIN
from treno_chat.api.front.headers import content_security_policy, policies_of_pages


def test_s2_the_policy_names_the_inline_scripts_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "it").mkdir()
    (tmp_path / "index.html").write_text(
        '<script>one()</script><script src="/a.js"></script><script type="module">two()\n</script>'
    )
    (tmp_path / "it" / "index.html").write_text('<SCRIPT data-src="x">one()</SCRIPT>')

    policy = content_security_policy(tmp_path, origins=(ORIGIN, "http://localhost:3000"))

    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["script-src"].split() == ["'self'", *sorted((_hash("one()"), _hash("two()\n")))]
    assert parts["default-src"] == "'self'"
    assert parts["connect-src"] == "'self' wss://treno.example ws://localhost:3000"
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert parts[name] == "'none'"
    assert parts["form-action"] == "'self'"
    assert "unsafe-eval" not in policy


def test_s2_without_a_built_folder_only_our_own_files_run(tmp_path: Path) -> None:
    policy = content_security_policy(tmp_path / "nothing", origins=())

    assert "script-src 'self';" in policy


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_s2_a_page_allows_its_own_scripts_and_no_other_pages(tmp_path: Path) -> None:
    for name in ("it", "it/account"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(f"<script>{name}</script>")
    (tmp_path / "index.html").write_text("<script>anything</script>")

    of = policies_of_pages(tmp_path, origins=(ORIGIN,))

    assert set(of) == {"it", "it/account"}
    assert all(policy.count("'sha256-") == 1 for policy in of.values())
    assert of["it"] != of["it/account"]
