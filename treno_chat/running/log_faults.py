"""Faults in the log: which exceptions, from which lines of code, and never their words.

The words of an exception repeat what was being worked on, and that may be a secret or a message.
"""

import sys
import traceback
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any, cast

NEAREST = 12


def describe_fault(
    _logger: object, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace the exception of a line by a description of it."""
    fault: object = line.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()[1]
    elif isinstance(fault, tuple):
        fault = cast("tuple[object, object, object]", fault)[1]
    if isinstance(fault, BaseException):
        line["exception"] = "\n".join(_described(fault))
    line.pop("stack_info", None)
    return line


def _described(fault: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield " ".join((type(fault).__qualname__, *_codes(fault)))
        for frame in traceback.extract_tb(fault.__traceback__)[-NEAREST:]:
            yield f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


def _codes(fault: BaseException) -> Iterator[str]:
    """Name what an operator needs to know, where there is a code for it: "disk full", "locked"."""
    if isinstance(fault, OSError) and fault.strerror:
        yield fault.strerror
    for holder in (fault, getattr(fault, "orig", None)):
        for name in ("sqlite_errorname", "pgcode"):
            if code := getattr(holder, name, None):
                yield str(code)
