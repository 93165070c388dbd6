"""Sending by a webhook of the operator's: JSON, signed, the same id when it is tried again."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from treno_chat.domain.recovery.sms import Sms, SmsFailed
from treno_chat.outbound.http import ask, require_up

SIGNATURE = "X-Treno-Signature"


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookSender:
    """Posts `{id, to, text}`; any answer of 2xx means that the message was taken."""

    url: str = field(repr=False)
    secret: str = field(repr=False)
    clock: Callable[[], float] = time.time

    def send(self, sms: Sms) -> None:
        """Post a message; raises DeliveryFailed when it was not taken."""
        told = {"id": sms.id, "to": sms.phone, "text": sms.text}
        body = json.dumps(told, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": sms.id,
            SIGNATURE: sign(body, secret=self.secret, at=int(self.clock())),
        }
        answer = ask("POST", self.url, headers=headers, body=body)
        require_up(answer)
        if not answer.is_ok:
            raise SmsFailed(f"status {answer.status}", is_passing=False)

    def check(self) -> None:
        """Ask whether anybody is there; what a HEAD is answered does not matter."""
        require_up(ask("HEAD", self.url, headers={}))


def sign(body: bytes, *, secret: str, at: int) -> str:
    """Return the signature of a body at a time: HMAC-SHA-256 of `<time>.<body>`, hexadecimal."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"
