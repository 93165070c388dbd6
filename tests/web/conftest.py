"""The composed program on a real port, without a browser and without a built front end."""

import importlib
import os
import shutil
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import uvicorn

from tests.conftest import TEMPLATE
from tests.support.postgres import free_port
from tests.support.tab import Tab, in_room, open_tab
from treno_chat.actions.door.entry import enter_as_guest
from treno_chat.actions.operations.places import make_demo_place
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.door.sessions import Device, Entered

DEVICE = Device(address="127.0.0.1", user_agent="a test")
PLACE = "treno-lucca-aulla"
ROOM = f"/p/{PLACE}/treno"


@dataclass(frozen=True, kw_only=True)
class Program:
    """The running program, and the way below its screens."""

    origin: str
    transactions: Transactions
    module: Any

    def guest(self, alias: str) -> Entered:
        """Let somebody walk in."""
        with self.transactions.writing() as tx:
            return enter_as_guest(
                tx, place_slug=PLACE, alias=alias, gender="other", device=DEVICE, current=None
            )


@pytest.fixture(scope="session")
def web_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of the program: of the kind that TRENO_TEST_DATABASE names."""
    if os.environ.get("TRENO_TEST_DATABASE") == "postgres":
        url: str = request.getfixturevalue("postgres").create("web", template=TEMPLATE)
        return url
    template: Path = request.getfixturevalue("sqlite_template")
    file = tmp_path_factory.mktemp("web") / "treno.db"
    shutil.copy(template, file)
    return f"sqlite:///{file}"


@pytest.fixture(scope="session")
def program(web_database: str) -> Generator[Program]:
    """Compose the program as a deployment does, and serve it."""
    port = free_port()
    origin = f"http://localhost:{port}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", web_database)
        environment.setenv("PUBLIC_ORIGIN", origin)
        environment.setenv("TRENO_SECRET", "a secret of the tests, long enough for anybody")
        module = importlib.import_module("treno_chat.treno_chat")
        environment.setattr(module.app, "_compile", _nothing)
        with module.transactions.writing() as tx:
            make_demo_place(tx)
        with serving(module.program(), port):
            yield Program(origin=origin, transactions=module.transactions, module=module)


def _nothing(**_options: object) -> None:
    """Stands for the compiler: these tests need no pages."""


class serving:  # noqa: N801 -- reads as a verb
    """A server in a thread of its own, up inside the block."""

    def __init__(self, app: Any, port: int) -> None:  # noqa: ANN401 -- any ASGI application
        config = uvicorn.Config(app, host="localhost", port=port, log_level="warning")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)

    def __enter__(self) -> None:
        """Start, and wait until it listens."""
        self.thread.start()
        while not self.server.started:
            if not self.thread.is_alive():
                pytest.fail("the server did not start")
            self.thread.join(0.01)

    def __exit__(self, *_: object) -> None:
        """Stop, and wait for the end."""
        self.server.should_exit = True
        self.thread.join()


OpenTab = Callable[..., Awaitable[Tab]]


@pytest.fixture
async def tabs(program: Program) -> AsyncGenerator[OpenTab]:
    """Whatever opens a tab for somebody at a path; every tab is closed at the end."""
    async with AsyncExitStack() as stack:

        async def open_(entered: Entered | None, path: str = ROOM, **more: Any) -> Tab:  # noqa: ANN401
            cookie = entered.session_token if entered else None
            return await stack.enter_async_context(
                open_tab(program.origin, path, cookie=more.pop("cookie", cookie), **more)
            )

        yield open_


@pytest.fixture
def ada(program: Program) -> Entered:
    """A guest; every test has her anew, under another alias."""
    return program.guest(f"Ada {uuid4().hex[:8]}")


@pytest.fixture
def bruno(program: Program) -> Entered:
    """Another guest."""
    return program.guest(f"Bruno {uuid4().hex[:8]}")


@pytest.fixture
async def ada_tab(tabs: OpenTab, ada: Entered) -> Tab:
    """Ada's tab, in the room."""
    return await in_room(await tabs(ada))


@pytest.fixture
async def bruno_tab(tabs: OpenTab, bruno: Entered) -> Tab:
    """Bruno's tab, in the same room."""
    return await in_room(await tabs(bruno))
