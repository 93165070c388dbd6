"""An OpenID Connect provider on loopback: knows one person, and lies as it is told."""

import base64
import hashlib
import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

CLIENT, CLIENT_SECRET = "treno", "what only the two of us know"


@dataclass
class OidcProvider:
    """What it says of whoever asks; `lies` replaces claims, `header` parts of the header."""

    issuer: str
    subject: str = "rail-4711"
    lies: dict[str, Any] = field(default_factory=dict[str, Any])
    header: dict[str, Any] = field(default_factory=dict[str, Any])
    document: dict[str, Any] = field(default_factory=dict[str, Any])
    key: RSAPrivateKey = field(default_factory=lambda: generate_private_key(65537, 2048))
    signs_with: RSAPrivateKey | None = None
    asked: list[str] = field(default_factory=list[str])
    given: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def discovery(self) -> dict[str, Any]:
        """Return what it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.document,
        }

    def approve(self, address: str) -> str:
        """Say yes to whoever was sent here; return where the browser goes on."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = f"code {len(self.given)}"
        self.given[code] = asked
        query = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return f"{asked['redirect_uri']}?{query}"

    def redeem(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """Return the answer to a code, once."""
        asked = self.given.pop(form.get("code", ""), None)
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        is_us = pair == f"{CLIENT}:{CLIENT_SECRET.replace(' ', '%20')}"
        if asked is None or not is_us or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return None
        return {"token_type": "Bearer", "id_token": self.id_token(asked["nonce"])}

    def id_token(self, nonce: str) -> str:
        """Return what it says of the person."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": nonce,
            "iat": now,
            "exp": now + 300,
            **self.lies,
        }
        told = {name: value for name, value in claims.items() if value is not None}
        header = {"kid": "one", **self.header}
        return jwt.encode(told, self.signs_with or self.key, "RS256", headers=header)

    def keys(self) -> dict[str, Any]:
        """Return its public keys."""
        jwk = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**jwk, "kid": "one", "use": "sig", "alg": "RS256"}]}


@contextmanager
def vouching() -> Generator[OidcProvider]:
    """Serve on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = OidcProvider(issuer=f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = _handler_for(provider)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


def _handler_for(provider: OidcProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            provider.asked.append(path)
            if path == "/authorize":
                self.send_response(303)
                self.send_header("Location", provider.approve(self.path))
                self.end_headers()
                return
            told = provider.keys() if path == "/keys" else provider.discovery()
            self.answer(200, told)

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            length = int(self.headers.get("Content-Length", 0))
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            told = provider.redeem(form, self.headers.get("Authorization", ""))
            self.answer(200 if told else 400, told or {"error": "invalid_grant"})

        def answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its own name
            """Say nothing."""

    return Handler
