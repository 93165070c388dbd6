"""Several people, or one with several fingers, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from treno_chat.domain.refusals import ChatError


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Make the calls at the same moment; return "in" or the code of the refusal for each."""
    gate = Barrier(len(calls))

    def call(each: Callable[[], object]) -> str:
        gate.wait()
        try:
            each()
        except ChatError as refusal:
            return refusal.code
        return "in"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))
