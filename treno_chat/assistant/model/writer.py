"""Writing with a language model within the deadline: the next one when one fails, then nobody."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from time import monotonic

import structlog

from treno_chat.assistant.model.asking import Asking
from treno_chat.assistant.model.endpoint import Bounds
from treno_chat.assistant.model.line import Broke, Line
from treno_chat.assistant.model.looping import CLOSING_SECONDS, LoopThread
from treno_chat.assistant.model.speaker import Speaker
from treno_chat.assistant.model.toolbox import Toolbox
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell, WriterAway
from treno_chat.domain.words import Language, Words

log = structlog.get_logger(__name__)

# How much of the time that is left a model has for its first word, while another one waits.
_FIRST_SHARE = 0.5


class ModelWriter:
    """Asks its speakers, on one loop, for as many threads as there are questions."""

    def __init__(
        self, speakers: Sequence[Speaker], *, words: Mapping[Language, Words], bounds: Bounds
    ) -> None:
        self._speakers = speakers
        self._words = words
        self._bounds = bounds
        self._loop = LoopThread()

    def write(self, brief: Brief, *, tell: Tell, is_stopped: IsStopped) -> Draft:
        """Return an answer by the deadline, or raise WriterAway; calls `tell` meanwhile."""
        deadline = min(brief.until, monotonic() + self._bounds.deadline_seconds)
        awake = [speaker for speaker in self._speakers if not speaker.rest.is_on()]
        reason = "resting"
        for others, speaker in zip(reversed(range(len(awake))), awake, strict=True):
            left = deadline - monotonic()
            if left <= 0:
                # Nobody has failed who is not asked.
                raise WriterAway("deadline")
            first_by = deadline - left * _FIRST_SHARE if others else deadline
            try:
                draft = self._ask(
                    speaker, brief, tell=tell, is_stopped=is_stopped, by=(first_by, deadline)
                )
            except WriterAway as away:
                reason = away.reason
                speaker.rest.note_failure()
                log.warning("model_away", engine=speaker.engine, reason=reason)
                continue
            speaker.rest.note_success()
            return draft
        raise WriterAway(reason)

    def close(self) -> None:
        """Let go of connections."""
        for speaker in self._speakers:
            self._loop.start(speaker.close()).result(CLOSING_SECONDS)
        self._loop.close()

    def _ask(
        self,
        speaker: Speaker,
        brief: Brief,
        *,
        tell: Tell,
        is_stopped: IsStopped,
        by: tuple[float, float],
    ) -> Draft:
        toolbox = Toolbox(brief, self._words[brief.language])
        asking = Asking(brief, engine=speaker.engine, toolbox=toolbox, tell=tell)
        line, (first_by, until) = Line(), by
        run = self._loop.start(speaker.speak(brief, line, offered=toolbox.offered))
        run.add_done_callback(lambda done: line.say(Broke(reason=_reason_of(done))))
        try:
            return asking.follow(line, first_by=first_by, until=until, is_stopped=is_stopped)
        finally:
            run.cancel()


def _reason_of(done: "Future[None]") -> str:
    """Return why nothing more comes, by its kind alone: messages may hold addresses and keys."""
    fault = None if done.cancelled() else done.exception()
    status = getattr(fault, "status_code", None)
    kind = type(fault).__name__ if fault else "over"
    return f"{kind} {status}" if isinstance(status, int) else kind
