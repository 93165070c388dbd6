"""A phone's or laptop's own authenticator, played by Chromium."""

from typing import Any, cast

from playwright.sync_api import CDPSession, Page


class BrowserAuthenticator:
    """Holds passkeys; answers only while a finger is on it.

    The finger is off until the step that tests it: a page that asks for autofill would otherwise
    sign in by itself when it loads.
    """

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        answer = self._send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": False,
                }
            },
        )
        self._id = str(answer["authenticatorId"])

    def touch(self) -> None:
        """Lay the finger on it: every ceremony is answered from now on."""
        self._set("WebAuthn.setAutomaticPresenceSimulation", enabled=True)

    def let_go(self) -> None:
        """Take the finger away."""
        self._set("WebAuthn.setAutomaticPresenceSimulation", enabled=False)

    def mistake(self) -> None:
        """Show it the wrong face: it verifies nobody until `recognise`."""
        self._set("WebAuthn.setUserVerified", isUserVerified=False)

    def recognise(self) -> None:
        """Show it the right face again."""
        self._set("WebAuthn.setUserVerified", isUserVerified=True)

    def passkeys(self) -> int:
        """Return how many passkeys it holds."""
        return len(
            self._send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"]
        )

    def share_with(self, other: "BrowserAuthenticator") -> None:
        """Let another device of the same person have the same passkeys, as a cloud does."""
        held = self._send("WebAuthn.getCredentials", {"authenticatorId": self._id})
        self.forget()
        for credential in held["credentials"]:
            other.keep(credential)
            # Two that count for themselves would look like a copy: ours stays ahead.
            self.keep({**credential, "signCount": credential["signCount"] + 100})

    def keep(self, credential: dict[str, Any]) -> None:
        """Take a passkey in that was made elsewhere."""
        self._send(
            "WebAuthn.addCredential", {"authenticatorId": self._id, "credential": credential}
        )

    def forget(self) -> None:
        """Lose every passkey, as with a phone that fell into the water."""
        self._send("WebAuthn.clearCredentials", {"authenticatorId": self._id})

    def _set(self, command: str, **values: bool) -> None:
        self._send(command, {"authenticatorId": self._id, **values})

    def _send(self, command: str, values: dict[str, Any]) -> dict[str, Any]:
        return cast("dict[str, Any]", self._session.send(command, values))
