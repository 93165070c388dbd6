"""The outermost layer: names every request for the log, and ends every fault.

Whatever breaks, wherever, is one line in the log and one generic answer with the same reference
(S55); the server itself has nothing left to report.
"""

import secrets
from dataclasses import dataclass

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from treno_chat.api.caller import address_of
from treno_chat.api.errors import broken, was_logged
from treno_chat.api.house import Catalogues


@dataclass(frozen=True, kw_only=True, slots=True)
class Faults:
    """Wraps the whole program."""

    app: ASGIApp
    words: Catalogues
    proxy_hops: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer it where what is inside could not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        has_begun = False

        async def send_on(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        address = address_of(request, self.proxy_hops)
        with bound_contextvars(reference=secrets.token_hex(4), address=address):
            try:
                await self.app(scope, receive, send_on)
            except Exception as fault:  # The last place where anything can be told.
                was_answered = was_logged(fault)
                answer = broken(request, fault, words=self.words)
                if not has_begun:
                    await answer(scope, receive, send)
                elif not was_answered:
                    raise  # Half an answer is out: only the server can cut it off.
