"""The outbox as a page: in development only, and nothing in it is markup."""

from dataclasses import replace

from fastapi import FastAPI

from tests.support.browser import Browser
from treno_chat.actions.operations.outbox import OutboxSender
from treno_chat.actions.transaction import Transactions
from treno_chat.domain.recovery.sms import Sms


async def test_in_development_it_shows_what_would_be_sent(
    api: FastAPI, stranger: Browser, transactions: Transactions
) -> None:
    api.state.house = replace(api.state.house, has_outbox=True)
    empty = await stranger.get("/outbox")
    sender = OutboxSender(database=transactions.database, vault=transactions.vault)
    sender.send(Sms(id="1", phone="+393456789012", text="<b>123456</b>"))

    answer = await stranger.get("/outbox")

    assert "No messages yet." in empty.text
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "+393456789012" in answer.text
    assert "&lt;b&gt;123456&lt;/b&gt;" in answer.text


async def test_in_production_there_is_none(stranger: Browser) -> None:
    assert (await stranger.get("/outbox")).status_code == 404
