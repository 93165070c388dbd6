"""Whether somebody writes with a language model here: only where one is configured."""

from collections.abc import Mapping, Sequence
from importlib import import_module

import structlog

from treno_chat.assistant.model.endpoint import Bounds, Endpoint
from treno_chat.assistant.writing import Writer
from treno_chat.domain.words import Language, Words

log = structlog.get_logger(__name__)

LIBRARIES = ("pydantic_ai", "openai")


def open_writer(
    endpoints: Sequence[Endpoint],
    *,
    words: Mapping[Language, Words],
    bounds: Bounds | None = None,
) -> Writer | None:
    """Return who writes, None where nobody does: then answers are quotations.

    The endpoints are asked in their order, the next when one fails. Nothing is asked yet.
    """
    if not endpoints:
        return None
    try:
        # Imported here: the libraries take a second and 60 MB, and most houses have none of them.
        writer = import_module("treno_chat.assistant.model.writer")
        speaker = import_module("treno_chat.assistant.model.speaker")
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in LIBRARIES:
            raise
        log.warning("model_missing", reason=f"{missing.name} is not installed")
        return None
    limits = bounds or Bounds()
    speakers = [speaker.speaker_at(endpoint, limits) for endpoint in endpoints]
    return writer.ModelWriter(speakers, words=words, bounds=limits)
