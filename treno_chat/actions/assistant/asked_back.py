"""What the assistant asked back, as it is kept with the conversation until the next message."""

import json

from treno_chat.assistant.intents import Verb
from treno_chat.assistant.task_talk import Pending


def written(pending: Pending | None, *, after: int) -> str:
    """Return what is kept of a question that the answer number `after` asks back."""
    if pending is None:
        return ""
    return json.dumps(
        {"after": after, "verb": pending.verb, "tasks": pending.tasks, "title": pending.title}
    )


def read(kept: str, *, after: int) -> Pending | None:
    """Return what was asked back, if it was by the answer just before."""
    if not kept:
        return None
    told = json.loads(kept)
    if told["after"] != after:
        return None
    return Pending(verb=Verb(told["verb"]), tasks=tuple(told["tasks"]), title=told["title"])
