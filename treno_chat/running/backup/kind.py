"""What each kind of database knows how to do."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from treno_chat.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """Its ways out of the database, back into it, and to look into a backup before."""

    copy_out: Callable[[Settings, Path], None]
    revision_in: Callable[[Path], str]
    copy_in: Callable[[Settings, Path], None]
