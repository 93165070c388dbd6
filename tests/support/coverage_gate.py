"""The coverage that a change must keep: read from coverage's JSON report."""

import json
import sys
from pathlib import Path
from typing import Any

LINES = 90.0
# Where a missed branch is a hole: who may, who is who, in which order.
WHOLE = (
    "treno_chat/web/gate.py",
    "treno_chat/actions/talk/access.py",
    "treno_chat/actions/door/sessions.py",
    "treno_chat/actions/door/passkeys.py",
    "treno_chat/actions/talk/messages.py",
    "treno_chat/actions/recovery/code_binding.py",
    "treno_chat/actions/recovery/code_sending.py",
    "treno_chat/actions/recovery/verification.py",
    "treno_chat/actions/recovery/beginning.py",
    "treno_chat/actions/recovery/recovery_codes.py",
    "treno_chat/domain/door/sessions.py",
    "treno_chat/domain/door/ceremonies.py",
    "treno_chat/stores/door/login_sessions.py",
    "treno_chat/stores/door/passkeys.py",
    "treno_chat/stores/talk/messages.py",
    "treno_chat/stores/recovery/verifications.py",
    "treno_chat/stores/recovery/recoveries.py",
    "treno_chat/stores/recovery/recovery_codes.py",
)


def shortfalls(report: dict[str, Any]) -> list[str]:
    """Return what is not covered and should be, one line each."""
    lines = float(report["totals"]["percent_statements_covered"])
    found = [f"{lines:.1f} % of all lines, {LINES:.0f} % wanted"] if lines < LINES else []
    for name in WHOLE:
        file = report["files"].get(name)
        if file is None:
            found.append(f"{name}: not in the report")
            continue
        missed = [*file["missing_lines"], *(tuple(each) for each in file["missing_branches"])]
        if missed:
            found.append(f"{name}: missed {', '.join(map(str, missed))}")
    return found


if __name__ == "__main__":
    problems = shortfalls(json.loads(Path(sys.argv[1]).read_text()))
    sys.exit("\n".join(problems) or None)
