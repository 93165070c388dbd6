"""The secret that development makes for itself, kept in a file of its own."""

import json
import os
import secrets
from pathlib import Path

from pydantic_settings import SettingsError


def generated_secret(file: Path) -> str:
    """Return the secret that a file keeps; one is made where there is no file."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as opened:
            json.dump({"treno_secret": secrets.token_urlsafe(48)}, opened)
    try:
        return str(json.loads(file.read_text("utf-8"))["treno_secret"])
    except (ValueError, LookupError, TypeError) as error:
        # Making another would shut out whatever the first one sealed.
        message = f"{file} has no secret in it any more: put it back as it was made."
        raise SettingsError(message) from error
