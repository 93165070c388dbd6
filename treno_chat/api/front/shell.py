"""The shell around everything: strangers are led to the entry, every answer is dressed.

Pure ASGI, put on last; websockets pass untouched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from anyio import to_thread
from fastapi import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from treno_chat.actions.account.profile import view_taste
from treno_chat.actions.door.doors import find_door
from treno_chat.actions.transaction import Transactions
from treno_chat.api.answers import NO_STORE, Page
from treno_chat.api.caller import find_principal
from treno_chat.api.door.session_cookie import read_session
from treno_chat.api.drawn.notices import notice_of
from treno_chat.api.front.dressing import INSIDE, NO_TASTE, OWN, Dressing, first_part, plain_path
from treno_chat.api.house import Catalogues, choose_for, language_named
from treno_chat.api.paths import path_to_entry, safe_next
from treno_chat.domain.account.accounts import Taste
from treno_chat.domain.refusals import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class Shell:
    """Wraps the whole program; `policies` are the content security policies of some pages."""

    app: ASGIApp
    transactions: Transactions
    words: Catalogues
    policy: str
    is_production: bool = False
    policies: Mapping[str, str] = field(default_factory=dict[str, str])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a stranger at a page of the inside; dress whatever is answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _as_folder(scope)
        request = Request(scope)
        path = plain_path(scope["path"])
        dressing = Dressing(
            policy=self.policy, is_production=self.is_production, policies=self.policies
        )

        answer, taste = self.app, NO_TASTE
        if first_part(path) in INSIDE:
            answer, taste = await to_thread.run_sync(self._receive, request, path)

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                dressing.put_on(message, request, path, taste)
            await send(message)

        await answer(scope, receive, send_dressed)

    def _receive(self, request: Request, path: str) -> tuple[ASGIApp, Taste]:
        """Return who answers at a page of the inside, and what the person wants everywhere."""
        principal = find_principal(self.transactions, request.cookies)
        if principal is None:
            return self._lead_away(request, path), NO_TASTE
        if principal.user.is_anonymous:
            return self.app, NO_TASTE
        with self.transactions.reading() as tx:
            return self.app, view_taste(tx, principal)

    def _lead_away(self, request: Request, path: str) -> Response:
        """Return where a stranger is led instead."""
        language = choose_for(request)
        is_own = first_part(path) in OWN
        slug = "" if is_own else f"{path}//".split("/")[2]
        try:
            if not is_own:
                with self.transactions.reading() as tx:
                    find_door(tx, slug)
        except NotFound as refusal:
            page = notice_of(self.words[language], refusal.code, "")
            return Page(page, HTTPStatus.NOT_FOUND)
        # Whoever still carries a token was somebody here: the door says that this has ended.
        ended = "1" if read_session(request.cookies) else ""
        wish = safe_next(path, otherwise="")
        to = path_to_entry(language, next=wish, place=slug, ended=ended)
        return RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER, headers=NO_STORE)


def _as_folder(scope: Scope) -> Scope:
    """Name a pre-rendered page as the file server does: it would send everybody around first."""
    path: str = scope["path"]
    is_named = language_named(first_part(path)) is not None or path.removeprefix("/") in OWN
    is_page = is_named and not path.endswith("/")
    return {**scope, "path": f"{path}/"} if is_page else scope
