"""Vectors from elsewhere, over a real socket: what is no vectors is a fault, and no surprise."""

import json
import struct
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from treno_chat.assistant.encoding import EncoderFault
from treno_chat.assistant.finding import Question
from treno_chat.assistant.opening import Embeddings, RemoteModel, open_retriever
from treno_chat.assistant.remote_embedder import BATCH, RemoteEmbedder
from treno_chat.assistant.rest import FAILURES
from treno_chat.domain.assistant.pages import Shelf


@dataclass
class Endpoint:
    """What the endpoint of a test answers, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    keys: list[str | None] = field(default_factory=list[str | None])


@pytest.fixture
def endpoint() -> Generator[Endpoint]:
    """A server on a free port; left alone it returns the length of each text, in reverse order."""
    told = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.asked.append(asked)
            told.keys.append(self.headers["Authorization"])
            rows = [
                {"index": at, "embedding": [3.0 * len(text), 4.0 * len(text)]}
                for at, text in enumerate(asked["input"])
            ]
            body = json.dumps({"data": rows[::-1]}).encode() if told.body is None else told.body
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def embedder(endpoint: Endpoint) -> Generator[RemoteEmbedder]:
    """A client of it."""
    embedder = RemoteEmbedder(endpoint.url, model="small", key="a-key")
    yield embedder
    embedder.close()


def test_every_text_gets_its_vector_one_long(endpoint: Endpoint, embedder: RemoteEmbedder) -> None:
    texts = [f"text {number}" for number in range(BATCH + 1)]

    vectors = embedder.encode(texts)

    assert [struct.unpack("<2f", each) for each in vectors] == [pytest.approx((0.6, 0.8))] * 65
    assert [len(asked["input"]) for asked in endpoint.asked] == [BATCH, 1]
    assert (endpoint.asked[0]["model"], endpoint.keys[0]) == ("small", "Bearer a-key")
    assert embedder.model == "remote:small"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, b""),
        (302, b""),
        (200, b"<html>"),
        (200, b'{"data": []}'),
        (200, b'{"data": [{"index": 1, "embedding": [1.0]}]}'),
        (200, b'{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}'),
        (200, b'{"data": [{"index": 0, "embedding": [1e999]}]}'),
        (200, b'{"data": [{"index": 0, "embedding": "near"}]}'),
    ],
)
def test_what_is_no_vector_is_a_fault(
    endpoint: Endpoint, embedder: RemoteEmbedder, *, status: int, body: bytes
) -> None:
    endpoint.status, endpoint.body = status, body

    with pytest.raises(EncoderFault) as fault:
        embedder.encode(["Ciao"])

    assert endpoint.url not in str(fault.value)


def test_nobody_there_is_a_fault(endpoint: Endpoint) -> None:
    embedder = RemoteEmbedder("http://127.0.0.1:9/v1", model="small")

    with pytest.raises(EncoderFault, match="ConnectError"):
        embedder.encode(["Ciao"])
    embedder.close()


def test_after_some_failures_nobody_waits_for_the_next(endpoint: Endpoint) -> None:
    remote = RemoteModel(base_url=endpoint.url, model="small")
    retriever = open_retriever(Embeddings.REMOTE, remote=remote)
    endpoint.status = 503

    for _ in range(FAILURES + 2):
        found = retriever.find(Question(text="Ciao", language="it"), Shelf(pages=()))
        assert found.is_degraded

    assert len(endpoint.asked) == FAILURES
    retriever.close()
