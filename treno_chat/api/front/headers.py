"""The headers of every answer: what a page may load, run, tell and be put into."""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

# A script with a source is covered by 'self'; what stands in the page is named by its hash.
_INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE
)
_UNUSED_POWERS = ("camera", "geolocation", "microphone", "payment", "usb")

ALWAYS: tuple[tuple[str, str], ...] = (
    ("X-Content-Type-Options", "nosniff"),
    # Under `no-referrer` a browser would send `Origin: null` on our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", ", ".join(f"{power}=()" for power in _UNUSED_POWERS)),
    ("X-Frame-Options", "DENY"),
    ("Server", "treno-chat"),
)
# A script or a style is never a window of its own: what it would wear for nothing weighs three
# kilobytes on a first visit.
_OF_WINDOWS = {"Cross-Origin-Opener-Policy", "Permissions-Policy", "X-Frame-Options"}
OF_PARTS = tuple(header for header in ALWAYS if header[0] not in _OF_WINDOWS)
FROM_NOW_ON_SECURE = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def content_security_policy(html_folder: Path, *, origins: Iterable[str]) -> str:
    """Return the policy for the pages of a folder, by the hashes of their inline scripts."""
    return _policy(html_folder.rglob("*.html"), origins)


def policies_of_pages(html_folder: Path, *, origins: Iterable[str]) -> dict[str, str]:
    """Return the policy of each page that has an address of its own, for its scripts alone.

    Hashes do not compress: with those of all pages an answer would be kilobytes heavier.
    """
    return {
        str(page.parent.relative_to(html_folder)): _policy([page], origins)
        for page in html_folder.glob("**/index.html")
        if page.parent != html_folder
    }


def _policy(pages: Iterable[Path], origins: Iterable[str]) -> str:
    scripts = {
        script
        for page in pages
        for script in _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8"))
    }
    sockets = (re.sub(r"^http", "ws", origin) for origin in origins)
    directives = (
        "default-src 'self'",
        " ".join(("script-src 'self'", *sorted(map(_hash, scripts)))),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        " ".join(("connect-src 'self'", *sockets)),
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(directives)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
