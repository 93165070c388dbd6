"""A provider of messages on loopback: takes note of what it is asked, answers as it is told."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HANG_UP = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(kw_only=True)
class Provider:
    """What stands behind the address; answers in order, the last one for ever."""

    url: str
    answers: list[tuple[int, bytes]] = field(default_factory=list[tuple[int, bytes]])
    asked: list[Asked] = field(default_factory=list[Asked])

    def next_answer(self) -> tuple[int, bytes]:
        """Return what is answered now."""
        if not self.answers:
            return 200, b"{}"
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def providing() -> Generator[Provider]:
    """Serve on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(url=f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = _handler_for(provider)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


def _handler_for(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = Asked(
                method=self.command,
                path=self.path,
                headers=dict(self.headers.items()),
                body=self.rfile.read(length),
            )
            provider.asked.append(asked)
            status, body = provider.next_answer()
            if status == HANG_UP:
                self.connection.close()
                return
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = answer  # noqa: N815 -- the names of http.server

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its own
            """Say nothing."""

    return Handler
