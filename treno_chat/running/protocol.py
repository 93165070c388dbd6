"""HTTP as it is read from the line: uvicorn's own reading, with an end to every head (S13).

httptools refuses what two readers could take for two things (Content-Length beside
Transfer-Encoding, folded lines), but would read a head of any length into memory.
"""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD_BYTES = 32 * 1024
_SEPARATORS = 4  # the colon, the blank and the end of the line
_TOO_LONG = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\n"
    b"content-length: 0\r\n"
    b"connection: close\r\n"
    b"\r\n"
)


class HeadTooLong(Exception):
    """A request line and headers over the limit; said to the parser, which then stops."""


class BoundedProtocol(HttpToolsProtocol):
    """Answers 431 to a head over 32 KiB, finished or not, and hangs up."""

    _is_in_head = False
    _is_too_long = False
    _head = 0  # what the parser has handed over of this head
    _fed = 0  # what came of a head that has not ended

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head that is being read has no end."""
        super().data_received(data)
        if self._is_in_head:
            # A line that has not ended is with the parser alone: only its bytes can be counted.
            self._fed += len(data)
            if self._fed > MAX_HEAD_BYTES and not self.transport.is_closing():
                self._hang_up()

    def on_message_begin(self) -> None:
        """Count from the beginning."""
        self._is_in_head, self._head, self._fed = True, 0, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count a piece of the request line."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        self._count(len(name) + len(value) + _SEPARATORS)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Stop counting: what follows is a body, which the guard measures."""
        self._is_in_head = False
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser refused, or what was refused to the parser."""
        if self._is_too_long:
            self._hang_up()
        else:
            super().send_400_response(msg)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > MAX_HEAD_BYTES:
            self._is_too_long = True
            raise HeadTooLong

    def _hang_up(self) -> None:
        self.transport.write(_TOO_LONG)
        self.transport.close()
