"""A person's line to the server, which a test can cut as a tunnel does."""

import contextlib
import socket
import struct
from threading import Event, Lock, Thread

GREETING = b"\x05\x00"
ACCEPTED = b"\x05\x00\x00\x01" + bytes(6)
NAME = 3
# Closing with this set resets the connection instead of ending it politely.
RESET = struct.pack("ii", 1, 0)


class Line:
    """A SOCKS proxy on loopback for one browser context: HTTP and websocket go the same way."""

    def __init__(self, host: str = "127.0.0.1", *, port: int | None = None) -> None:
        self._host = host
        # Where our server listens, if not on the port that it goes by.
        self._port = port
        self._entrance = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self._is_cut = False
        self._flowing = Event()
        self._flowing.set()
        self._carriers: list[Thread] = []
        self._doorman = Thread(target=self._accept, daemon=True)
        self._doorman.start()

    @property
    def address(self) -> str:
        """What the browser is told to go through."""
        return f"socks5://127.0.0.1:{self._entrance.getsockname()[1]}"

    def cut(self) -> None:
        """Reset every connection and take no new one."""
        with self._lock:
            self._is_cut = True
            for each in self._open:
                _reset(each)
            self._open.clear()

    def swallow(self) -> None:
        """Let nothing through any more and say nothing: what a real tunnel does."""
        self._flowing.clear()

    def mend(self) -> None:
        """Let everything through again; what a tunnel swallowed is lost with its connection."""
        if not self._flowing.is_set():
            self.cut()
            self._flowing.set()
        with self._lock:
            self._is_cut = False

    def close(self) -> None:
        """Give everything back."""
        self.cut()
        self._flowing.set()
        self._entrance.shutdown(socket.SHUT_RDWR)
        self._doorman.join()
        for each in self._carriers:
            each.join()
        self._entrance.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._entrance.accept()
            except OSError:
                return
            carrier = Thread(target=self._connect, args=(browser,), daemon=True)
            self._carriers.append(carrier)
            carrier.start()

    def _connect(self, browser: socket.socket) -> None:
        with browser, contextlib.suppress(OSError):
            _receive(browser, _receive(browser, 2)[1])
            browser.sendall(GREETING)
            with socket.create_connection(self._asked(browser)) as server:
                browser.sendall(ACCEPTED)
                self._join(browser, server)

    def _asked(self, browser: socket.socket) -> tuple[str, int]:
        """Read where the browser wants to go: to our server by its name, to others by address."""
        if _receive(browser, 4)[3] != NAME:
            raise ConnectionRefusedError  # Chromium writes addresses out as names
        name = _receive(browser, _receive(browser, 1)[0]).decode()
        port = int.from_bytes(_receive(browser, 2), "big")
        return (self._host, self._port or port) if name == "localhost" else (name, port)

    def _join(self, browser: socket.socket, server: socket.socket) -> None:
        with self._lock:
            if self._is_cut:
                _reset(browser)
                return
            self._open |= {browser, server}
        upwards = Thread(target=self._carry, args=(browser, server), daemon=True)
        upwards.start()
        self._carry(server, browser)
        upwards.join()
        with self._lock:
            self._open -= {browser, server}

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._flowing.wait()
                target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _receive(source: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = source.recv(count - len(data))
        if not more:
            raise ConnectionError
        data += more
    return data


def _reset(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        connection.shutdown(socket.SHUT_RDWR)
