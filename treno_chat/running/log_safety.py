"""Safety of the log: secrets are masked by their names and looks, control characters shown as text.

The first line of defence is not to log a secret at all; this is the second one.
"""

import re
import unicodedata
from collections.abc import Mapping, MutableMapping
from typing import Any, cast

MASK = "***"
SECRET = re.compile(
    r"token|cookie|secret|password|passwd|authorization|credential|challenge|phone|signature"
    r"|(^|_)(code|codes|body|text|otp|pin|key|jwt|payload)$",
    re.IGNORECASE,
)
# Our tokens (32 bytes, in base64 without padding), and phone numbers as the world writes them.
LOOKS_SECRET = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])|(?<![\w+])\+\d{8,15}(?!\d)")
# The lines of a fault keep their breaks: no word of theirs was typed by anybody.
BROKEN_ON_PURPOSE = "exception"
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def mask_secrets(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask what has the name of a secret, and what looks like one."""
    return cast("MutableMapping[str, Any]", _masked(line))


def escape_controls(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Show line breaks, escape sequences, and what turns or hides text as their numbers."""
    return {
        escaped(name): value if name == BROKEN_ON_PURPOSE or _is_inner(name) else _plain(value)
        for name, value in line.items()
    }


def _masked(value: object) -> object:
    if isinstance(value, str):
        return LOOKS_SECRET.sub(MASK, value)
    if isinstance(value, Mapping):
        named = cast("Mapping[str, object]", value)
        return {name: _masked_under(name, each) for name, each in named.items()}
    if isinstance(value, list | tuple):
        return [_masked(each) for each in cast("list[object]", value)]
    return value


def _masked_under(name: str, value: object) -> object:
    if _is_inner(name):
        return value
    return MASK if SECRET.search(name) else _masked(value)


def _is_inner(name: str) -> bool:
    # What the formatter itself carries along in a line, and takes out before it is written.
    return name.startswith("_")


def _plain(value: object) -> object:
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, Mapping):
        named = cast("Mapping[str, object]", value)
        return {escaped(str(name)): _plain(each) for name, each in named.items()}
    if isinstance(value, list):
        return [_plain(each) for each in cast("list[object]", value)]
    if value is None or isinstance(value, bool | int | float):
        return value
    # The words of anything else may be anything.
    return escaped(LOOKS_SECRET.sub(MASK, str(value)))


def escaped(text: str) -> str:
    """Return a text with whatever a terminal would not show as it is written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        ascii(one)[1:-1] if unicodedata.category(one) in INVISIBLE else one for one in text
    )
