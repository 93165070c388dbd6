"""Whose state this is: the session that filled it; nobody inherits it with the tab's token."""

import reflex as rx


class SessionState(rx.State):
    """Remembers the session of the socket that filled this state tree."""

    _session_id: str | None = None
    _is_taken: bool = False

    def _is_empty(self) -> bool:
        """Say whether nobody filled it yet, or what they filled it with is lost."""
        return not self._is_taken

    def _is_of(self, session_id: str | None) -> bool:
        return self._is_taken and self._session_id == session_id

    def _belong_to(self, session_id: str | None) -> None:
        self._session_id, self._is_taken = session_id, True
