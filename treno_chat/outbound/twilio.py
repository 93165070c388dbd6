"""Sending by Twilio's REST API."""

import base64
import json
from dataclasses import dataclass, field
from urllib.parse import urlencode

from treno_chat.domain.recovery.sms import Sms, SmsFailed, SmsRefused
from treno_chat.outbound.http import Answer, ask, require_up

API = "https://api.twilio.com"
SERVICE = "MG"  # how the id of a messaging service begins, which may stand in place of a number
# Twilio's codes for numbers that it does not reach, and not for us: those are about the recipient.
UNREACHABLE = frozenset({21211, 21214, 21217, 21408, 21421, 21610, 21612, 21614, 21635})


@dataclass(frozen=True, kw_only=True, slots=True)
class TwilioSender:
    """Creates a message for an account of the operator's."""

    account_sid: str
    auth_token: str = field(repr=False)
    sender: str  # a number, a name, or the id of a messaging service
    api: str = API

    def send(self, sms: Sms) -> None:
        """Create a message; raises SmsRefused or DeliveryFailed."""
        way = "MessagingServiceSid" if self.sender.startswith(SERVICE) else "From"
        body = urlencode({"To": sms.phone, way: self.sender, "Body": sms.text}).encode()
        answer = self._ask("POST", "/Messages.json", body)
        require_up(answer)
        if answer.is_ok:
            return
        code = _code(answer)
        if code in UNREACHABLE:
            raise SmsRefused(f"twilio {code}")
        raise SmsFailed(f"status {answer.status}, twilio {code}", is_passing=False)

    def check(self) -> None:
        """Ask for the account itself: the same way, the same key, and nothing is sent."""
        answer = self._ask("GET", ".json", None)
        require_up(answer)
        if not answer.is_ok:
            raise SmsFailed(f"status {answer.status}", is_passing=False)

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        key = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        headers = {"Authorization": f"Basic {key}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        url = f"{self.api}/2010-04-01/Accounts/{self.account_sid}{path}"
        return ask(method, url, headers=headers, body=body)


def _code(answer: Answer) -> int:
    """Return Twilio's own number of what went wrong, 0 when it says none."""
    try:
        told = json.loads(answer.body)
        return int(told["code"])
    except (ValueError, TypeError, LookupError):
        return 0
