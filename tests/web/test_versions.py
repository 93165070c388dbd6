"""A page of yesterday at the server of today."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import socketio  # pyright: ignore[reportMissingTypeStubs]
from reflex.state import State
from reflex_base.constants.event import SocketEvent

from tests.support.patience import PATIENCE
from tests.web.conftest import Program
from treno_chat.domain.door.sessions import Entered

NAMESPACE = "/_event"


@pytest.mark.parametrize("is_of_today", [True, False])
async def test_3_22_a_page_of_another_version_is_told_to_load_anew(
    program: Program, ada: Entered, *, is_of_today: bool
) -> None:
    # The hash of all states, which a page was built with: the public name for it is the page's.
    today: str = State._to_frontend_schema()
    heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
    page = socketio.AsyncClient(reconnection=False)

    def note(name: str, said: object) -> None:
        heard.put_nowait((name, said))

    page.on("*", note, namespace=NAMESPACE)

    await page.connect(
        f"{program.origin}?token={uuid4()}",
        headers={"Origin": program.origin, "Cookie": f"__Host-treno_session={ada.session_token}"},
        socketio_path=NAMESPACE,
        namespaces=[NAMESPACE],
        transports=["websocket"],
        auth={"state_schema": today if is_of_today else "of yesterday"},
    )
    await page.emit("ping", namespace=NAMESPACE)
    async with asyncio.timeout(PATIENCE):
        first, said = await heard.get()
    await page.disconnect()
    if page.eio.http is not None:
        await page.eio.http.close()

    assert first == ("ping" if is_of_today else str(SocketEvent.STATE_MISMATCH))
    assert is_of_today or said["backend"] == today
