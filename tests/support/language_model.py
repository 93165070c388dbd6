"""An endpoint of a language model on loopback: says what a test has it say, piece by piece."""

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from pydantic_ai.models import override_allow_model_requests

Reply = Callable[["Desk"], None]
NAME = "a-model-of-the-tests"


@dataclass(kw_only=True)
class LanguageModel:
    """What stands behind the address; replies in order, the last one for ever."""

    url: str
    replies: list[Reply] = field(default_factory=list[Reply])
    asked: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    keys: list[str] = field(default_factory=list[str])
    is_over: Event = field(default_factory=Event)

    @property
    def heard(self) -> str:
        """Everything that it was ever told."""
        return json.dumps(self.asked, ensure_ascii=False)

    def next_reply(self) -> Reply:
        """Return what is replied now."""
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One request, to be replied to."""

    model: LanguageModel
    handler: BaseHTTPRequestHandler

    def begin(self, status: int = 200, kind: str = "text/event-stream") -> None:
        """Send the head."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.handler.send_header("Retry-After", "1")
        self.handler.end_headers()

    def send(self, delta: Mapping[str, object], *, finish: str | None = None) -> None:
        """Send one piece of the stream."""
        chunk = {
            "id": "reply",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": NAME,
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
        self.write(f"data: {json.dumps(chunk)}\n\n")

    def write(self, text: str) -> None:
        """Send whatever it is."""
        self.handler.wfile.write(text.encode())
        self.handler.wfile.flush()


def says(*pieces: str, finish: str = "stop") -> Reply:
    """Say something, in pieces."""

    def reply(desk: Desk) -> None:
        desk.begin()
        for piece in pieces:
            desk.send({"role": "assistant", "content": piece})
        desk.send({}, finish=finish)
        desk.write("data: [DONE]\n\n")

    return reply


def calls(*wanted: tuple[str, str]) -> Reply:
    """Ask for tools, each by its name and the JSON of its arguments."""

    def reply(desk: Desk) -> None:
        desk.begin()
        for at, (name, arguments) in enumerate(wanted):
            call = {
                "index": at,
                "id": f"call-{at}",
                "type": "function",
                "function": {"name": name, "arguments": arguments},
            }
            desk.send({"role": "assistant", "tool_calls": [call]})
        desk.send({}, finish="tool_calls")
        desk.write("data: [DONE]\n\n")

    return reply


def refuses(status: int) -> Reply:
    """Answer with an error that repeats the key, as some do."""

    def reply(desk: Desk) -> None:
        desk.begin(status, "application/json")
        desk.write(json.dumps({"error": {"message": desk.handler.headers["Authorization"]}}))

    return reply


def stalls(*pieces: str) -> Reply:
    """Say something, and then nothing more, without ending."""

    def reply(desk: Desk) -> None:
        desk.begin()
        for piece in pieces:
            desk.send({"role": "assistant", "content": piece})
        desk.model.is_over.wait()

    return reply


def breaks_off(*pieces: str) -> Reply:
    """Say something, and hang up."""

    def reply(desk: Desk) -> None:
        desk.begin()
        for piece in pieces:
            desk.send({"role": "assistant", "content": piece})

    return reply


def babbles(text: str, *, kind: str = "text/event-stream", status: int = 200) -> Reply:
    """Answer with something else altogether."""

    def reply(desk: Desk) -> None:
        desk.begin(status, kind)
        desk.write(text)

    return reply


@contextmanager
def speaking() -> Generator[LanguageModel]:
    """Serve on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    model = LanguageModel(url=f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass = _handler_for(model)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with override_allow_model_requests(allow_model_requests=True):
        yield model
    model.is_over.set()
    server.shutdown()
    thread.join()
    server.server_close()


def _handler_for(model: LanguageModel) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            model.asked.append(json.loads(self.rfile.read(length)))
            model.keys.append(self.headers["Authorization"])
            try:
                model.next_reply()(Desk(model=model, handler=self))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # Whoever asked waits no more.

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its own
            """Say nothing."""

    return Handler
