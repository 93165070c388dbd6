"""One question to a model, followed until it is answered, stopped, or out of time."""

from time import monotonic

from treno_chat.assistant.model.line import Broke, Ended, Grew, Line, Wanted
from treno_chat.assistant.model.marks import (
    fit_to_show,
    has_mark,
    has_sentence,
    without_open_mark,
)
from treno_chat.assistant.model.toolbox import Toolbox
from treno_chat.assistant.writing import Brief, Draft, IsStopped, Tell, WriterAway

# How long somebody who presses stop may wait, at most, for the answer to end.
LOOK_SECONDS = 0.1


class Asking:
    """Follows what one model says, does what it asks for, and makes a draft of it."""

    def __init__(self, brief: Brief, *, engine: str, toolbox: Toolbox, tell: Tell) -> None:
        self._brief = brief
        self._engine = engine
        self._toolbox = toolbox
        self._tell = tell
        self._text = ""

    def follow(self, line: Line, *, first_by: float, until: float, is_stopped: IsStopped) -> Draft:
        """Return the draft; raises WriterAway when nothing came that can be used.

        What was done is told in any case: whoever is asked next must not do it again.
        """
        try:
            while not is_stopped():
                if draft := self._hear(line, until=until if self._text else first_by):
                    return draft
        except WriterAway:
            if self._toolbox.has_acted:
                return self._told()
            if has_sentence(self._fit(self._text)):
                return self._draft(self._text, is_cut=True)
            raise
        return self._told() if self._toolbox.has_acted else self._draft(self._text, is_cut=True)

    def _hear(self, line: Line, *, until: float) -> Draft | None:
        """Take the next thing from the line; return the draft once it is complete."""
        left = until - monotonic()
        if left <= 0:
            raise WriterAway("deadline")
        match line.hear(seconds=min(left, LOOK_SECONDS)):
            case Grew(text=text):
                self._text = text
                if seen := self._fit(without_open_mark(text)):
                    self._tell(seen)
            case Wanted() as wanted:
                return self._do(wanted)
            case Ended(text=text, is_cut=is_cut):
                return self._end(text, is_cut=is_cut)
            case Broke(reason=reason):
                raise WriterAway(reason)
            case None:
                pass
        return None

    def _do(self, wanted: Wanted) -> Draft | None:
        """Do what is asked for, unless it is wanted no more; a question back ends the answer."""
        if wanted.told.set_running_or_notify_cancel():
            wanted.told.set_result(self._toolbox.use(wanted.name, wanted.arguments))
        return self._told() if self._toolbox.pending else None

    def _end(self, text: str, *, is_cut: bool) -> Draft:
        if self._fit(text):
            return self._draft(text, is_cut=is_cut)
        if self._toolbox.has_acted:
            return self._told()
        raise WriterAway("empty")

    def _told(self) -> Draft:
        """Return what was done, in the words of the house."""
        text = self._toolbox.account()
        self._tell(text)
        return self._made(text)

    def _draft(self, text: str, *, is_cut: bool) -> Draft:
        fit = self._fit(without_open_mark(text))
        is_cited = has_mark(fit) or not self._brief.passages or self._toolbox.has_acted
        return self._made(fit, is_truncated=is_cut, is_uncited=not is_cited)

    def _made(self, text: str, *, is_truncated: bool = False, is_uncited: bool = False) -> Draft:
        return Draft(
            text=text,
            engine=self._engine,
            calls=tuple(self._toolbox.calls),
            is_truncated=is_truncated,
            is_uncited=is_uncited,
            pending=self._toolbox.pending,
        )

    def _fit(self, text: str) -> str:
        passages = self._toolbox.passages
        return fit_to_show(
            text,
            numbers={passage.number for passage in passages if passage.number > 0},
            said=[self._brief.question, *(passage.text for passage in passages)],
        )
