"""A mail server on loopback: takes what it is sent, with TLS and a password if it is told so."""

import base64
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import ClassVar


@dataclass
class MailServer:
    """What stands behind the address; `refuses` is what it says to a recipient, if anything."""

    port: int = 0
    certificate: ssl.SSLContext | None = None
    is_wrapped: bool = False
    refuses: str = ""
    greets: str = "220 mail.example.org"
    signed_in: list[str] = field(default_factory=list[str])
    letters: list[str] = field(default_factory=list[str])
    was_encrypted: list[bool] = field(default_factory=list[bool])


@contextmanager
def serving(server: MailServer) -> Generator[MailServer]:
    """Serve on a free port of this machine."""
    listener = ThreadingTCPServer(("127.0.0.1", 0), _handler_for(server))
    server.port = listener.server_address[1]
    thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    listener.shutdown()
    thread.join()
    listener.server_close()


class _Conversation(StreamRequestHandler):
    mail: ClassVar[MailServer]
    encrypted = False

    def handle(self) -> None:
        try:
            self.converse()
        except (ssl.SSLError, ConnectionError):
            return  # They do not trust us, and that is the test.
        finally:
            self.rfile.close()
            self.wfile.close()
            self.request.close()

    def converse(self) -> None:
        if self.mail.is_wrapped:
            self.encrypt()
        self.say(self.mail.greets)
        while line := self.rfile.readline().decode().strip():
            if not self.answer(line):
                return

    def finish(self) -> None:
        """Leave nothing to do: it is closed."""

    def answer(self, line: str) -> bool:
        word = line.split(maxsplit=1)[0].upper()
        if word == "EHLO":
            can_encrypt = self.mail.certificate is not None and not self.encrypted
            self.say("250-mail.example.org")
            self.say("250-STARTTLS" if can_encrypt else "250-8BITMIME")
            self.say("250 AUTH PLAIN")
        elif word == "STARTTLS":
            self.say("220 go on")
            self.encrypt()
        elif word == "AUTH":
            self.mail.signed_in.append(base64.b64decode(line.split()[2]).decode())
            self.say("235 welcome")
        elif word == "RCPT" and self.mail.refuses:
            self.say(self.mail.refuses)
        elif word == "DATA":
            self.say("354 go on")
            self.mail.letters.append(self.letter())
            self.mail.was_encrypted.append(self.encrypted)
            self.say("250 taken")
        else:
            self.say("221 bye" if word == "QUIT" else "250 fine")
        return word != "QUIT"

    def letter(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line)
        return "\n".join(lines)

    def encrypt(self) -> None:
        if self.mail.certificate is None:
            raise RuntimeError("no certificate")
        self.request = self.mail.certificate.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
        self.encrypted = True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def _handler_for(server: MailServer) -> type[StreamRequestHandler]:
    class Handler(_Conversation):
        mail = server

    return Handler
