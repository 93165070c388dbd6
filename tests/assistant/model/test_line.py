"""Of a text that grows only the latest is heard, and nothing that comes behind it is lost."""

import pytest

from treno_chat.assistant.model.line import Broke, Ended, Grew, Heard, Line

SAID = [Grew(text="Sì"), Grew(text="Sì, le bici"), Grew(text="Sì, le bici sono ammesse.")]


@pytest.mark.parametrize("last", [Broke(reason="APIConnectionError"), Ended(text="Sì.")])
def test_the_latest_text_is_heard_and_then_how_it_ended(last: Heard) -> None:
    line = Line()
    for each in (*SAID, last):
        line.say(each)

    assert [line.hear(seconds=0), line.hear(seconds=0)] == [SAID[-1], last]
    assert line.hear(seconds=0) is None


def test_what_comes_after_what_was_heard_is_heard_later() -> None:
    line = Line()
    for each in SAID:
        line.say(each)
        assert line.hear(seconds=0) == each

    assert line.hear(seconds=0) is None
