"""A tour of the product by somebody who remembers everything that must stay unknown."""

import json
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any, cast

from httpx import Request, Response

from tests.support.browser import Browser
from tests.support.post import Post
from tests.support.texts import Texts

HERS, NEW = "347 123 4567", "348 765 4321"
SAID = "Scendo a Piazza al Serchio, nessuno lo sappia"
EMAIL, WORDS, OTHER = "elsa@example.org", "giraffa lampone tavolo", "sette barche in mezzo al prato"
_TOLD = ("challenge", "codes", "user", "access_token")


class Tour:
    """A traveller with several browsers, who remembers everything that must stay unknown."""

    def __init__(self, program: Any, *, texts: Texts, post: Post) -> None:  # noqa: ANN401 -- any ASGI application
        self.program = program
        self.texts = texts
        self.post = post
        self.browsers = 0
        self.secrets = {SAID}
        for number in (HERS, NEW):
            self.secrets |= {number, number.replace(" ", ""), f"+39{number.replace(' ', '')}"}

    def browser(self) -> Browser:
        """Return a fresh browser, overheard."""
        browser = Browser(self.program)
        # Without the entry page's cookie a browser is told from others by what it says of itself.
        self.browsers += 1
        browser.client.headers["User-Agent"] = f"browser {self.browsers}"
        browser.client.event_hooks = {"request": [self._sent], "response": [self._answered]}
        return browser

    def code(self) -> str:
        """Return the newest code that came by SMS."""
        code = self.texts.newest_code()
        self.secrets.add(code)
        return code

    def link(self) -> str:
        """Return what stands behind the # of the newest link that came by mail."""
        token = self.post.newest_token()
        self.secrets.add(token)
        return token

    async def _sent(self, request: Request) -> None:
        if request.headers.get("content-type") == "application/json":
            self._remember(json.loads(request.content))

    async def _answered(self, response: Response) -> None:
        await response.aread()
        for header in response.headers.get_list("set-cookie"):
            cookies = SimpleCookie(header).values()
            self.secrets |= {one.value for one in cookies if one.key.startswith("__Host-")}
        if response.headers.get("content-type", "").startswith("application/json"):
            told = response.json()
            self._remember({key: told.get(key) for key in _TOLD})

    def _remember(self, value: object) -> None:
        self.secrets |= {leaf for leaf in _leaves(value) if len(leaf) > len("secret")}


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in cast("dict[str, object]", value).values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _leaves(each)
