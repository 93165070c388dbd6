"""How a text is read for its meaning: without where everybody is, and a question in parts too."""

import re

from treno_chat.assistant.filler import FILLER
from treno_chat.assistant.tokens import words_of

# On a train everything is on the train: to say so tells nothing, and would find any train's page.
_WHERE = (
    re.compile(
        r"\b(?:(?:on|in|of|off|for|with|by|from|onto|to)\s+)?(?:board\s+)?"
        r"(?:(?:this|that|these|the|a|my|our)\s+)?trains?\b"
        r"|\b(?:on\s+board|in\s+here|aboard)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:su|di|in|con|per|da|a|sul|del|nel|dal|col|al|sui|dei|nei|ai)\s+)?"
        r"(?:(?:questo|quel|questi|il|i|un|mio|nostro)\s+)?tren[oi]\b"
        r"|\ba\s+bordo\b",
        re.IGNORECASE,
    ),
)
_BEFORE_A_MARK = re.compile(r"\s(?=[,;:.?!…])")
_CLAUSE_END = re.compile(r"[,;:.!?…()]+(?:\s+|$)|\s+[–—-]\s+")
MOST_CLAUSES = 3


def gist_of(text: str) -> str:
    """Return a text without the train it speaks of, unless it speaks of nothing else."""
    left = text
    for where in _WHERE:
        left = where.sub(" ", left)
    left = _BEFORE_A_MARK.sub("", " ".join(left.split()))
    return left if _tells(left) else text


def readings_of(question: str) -> tuple[str, ...]:
    """Return a question and, if it has several, those of its clauses that tell something.

    “A man has collapsed, what should I do?” is nearer to a page by its first half than as a whole.
    """
    clauses = [part for part in _CLAUSE_END.split(" ".join(question.split())) if part]
    telling = [part for part in clauses if _tells(part)]
    return (question, *telling[:MOST_CLAUSES]) if len(clauses) > 1 else (question,)


def _tells(text: str) -> bool:
    return any(word not in FILLER["it"] and word not in FILLER["en"] for word in words_of(text))
