"""Which retriever a house has, as its settings say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module

import structlog

from treno_chat.assistant.encoding import KeptVectors
from treno_chat.assistant.fallback import WithFallback
from treno_chat.assistant.finding import Retriever
from treno_chat.assistant.lexical import LexicalRetriever
from treno_chat.assistant.resting import Resting

log = structlog.get_logger(__name__)

_REMOTE_PATIENCE_SECONDS = 3.5


class Embeddings(StrEnum):
    """Where vectors come from."""

    OFF = "off"
    LOCAL = "local"
    REMOTE = "remote"


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteModel:
    """An endpoint that makes vectors."""

    base_url: str
    model: str
    key: str = field(default="", repr=False)


def open_retriever(
    embeddings: Embeddings,
    *,
    kept: KeptVectors | None = None,
    remote: RemoteModel | None = None,
    threshold: float | None = None,
) -> Retriever:
    """Return a retriever that finds pages whatever happens to its encoder.

    Nothing is loaded yet: `prepare` does that, or the first question. Without a `threshold` each
    way to find pages has the one that was measured for it.
    """
    if embeddings is Embeddings.REMOTE and remote is None:
        raise ValueError("vectors from elsewhere need an endpoint")
    given = {} if threshold is None else {"threshold": threshold}
    words_alone = LexicalRetriever(**given)
    if embeddings is Embeddings.OFF:
        return words_alone
    try:
        by_meaning = _by_meaning(remote if embeddings is Embeddings.REMOTE else None, kept, given)
    except ImportError as missing:
        log.warning("encoder_missing", reason=str(missing))
        return words_alone
    return WithFallback(by_meaning, words_alone)


def _by_meaning(
    remote: RemoteModel | None, kept: KeptVectors | None, given: Mapping[str, float]
) -> Retriever:
    # Imported here, so that a house without the arithmetic still answers by words.
    hybrid = import_module("treno_chat.assistant.hybrid")
    if remote is None:
        local = import_module("treno_chat.assistant.sentence_encoder")
        return hybrid.HybridRetriever(local.SentenceEncoder(), kept=kept, **given)
    far = import_module("treno_chat.assistant.remote_embedder")
    encoder = far.RemoteEmbedder(remote.base_url, model=remote.model, key=remote.key)
    patience = _REMOTE_PATIENCE_SECONDS
    return Resting(hybrid.HybridRetriever(encoder, kept=kept, patience=patience, **given))
