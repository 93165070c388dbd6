"""Vectors from elsewhere: any endpoint that speaks `/v1/embeddings`, with a short patience."""

import struct
from collections.abc import Sequence
from math import isfinite, sqrt

import httpx
from pydantic import BaseModel, ValidationError

from treno_chat.assistant.encoding import EncoderFault

TIMEOUT_SECONDS = 3.0
BATCH = 64


class _Row(BaseModel):
    index: int
    embedding: list[float]


class _Rows(BaseModel):
    data: list[_Row]


class RemoteEmbedder:
    """Asks an endpoint; whatever it answers that is no vectors is a fault, never an exception."""

    def __init__(self, base_url: str, *, model: str, key: str = "") -> None:
        self._model = model
        self._client = httpx.Client(
            base_url=base_url.rstrip("/") + "/",
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
        )

    @property
    def model(self) -> str:
        """Return what makes the vectors."""
        return f"remote:{self._model}"

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Return the vector of each text."""
        batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
        return [vector for batch in batches for vector in self._ask(batch)]

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(self, texts: Sequence[str]) -> list[bytes]:
        try:
            answer = self._client.post(
                "embeddings", json={"model": self._model, "input": list(texts)}
            )
            answer.raise_for_status()
            rows = _Rows.model_validate_json(answer.content).data
        except (httpx.HTTPError, ValidationError) as fault:
            # Its class alone: what it says may hold the address, with a key in it.
            raise EncoderFault(type(fault).__name__) from fault
        ordered = sorted(rows, key=lambda row: row.index)
        if [row.index for row in ordered] != list(range(len(texts))):
            raise EncoderFault("not one vector for each text")
        return [_unit(row.embedding) for row in ordered]


def _unit(vector: list[float]) -> bytes:
    """Return a vector made one long, as float32."""
    length = sqrt(sum(value * value for value in vector))
    if not isfinite(length) or length == 0:
        raise EncoderFault("a vector without length")
    return struct.pack(f"<{len(vector)}f", *(value / length for value in vector))
