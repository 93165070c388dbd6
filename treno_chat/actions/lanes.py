"""The threads of the conversation: a rush at the door does not stand before what people say.

Whoever is in a room would queue behind those who come in, so each have their own.
"""

from anyio import CapacityLimiter, to_thread

TALK = CapacityLimiter(10)
# By default it were forty. So many fight for one interpreter and one writer: measured with two
# hundred people at the door, they took a fifth more of the processor for the same work.
HTTP_THREADS = 10


def narrow_http() -> None:
    """Give HTTP its threads; called once, in the loop that serves."""
    to_thread.current_default_thread_limiter().total_tokens = HTTP_THREADS
