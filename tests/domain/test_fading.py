"""What fades is kept for a while after the last touch, and not longer."""

from treno_chat.domain.fading import Fading


def test_a_touch_keeps_a_value_for_a_while() -> None:
    kept = Fading(list[str])
    kept.touch("ada", now=0, seconds=10).append("Ciao")

    assert kept.touch("ada", now=9, seconds=10) == ["Ciao"]
    assert kept.touch("ada", now=18, seconds=10) == ["Ciao"]
    assert kept.touch("ada", now=28, seconds=10) == []


def test_whoever_was_not_touched_for_long_is_forgotten_in_passing() -> None:
    kept = Fading(list[str])
    for number in range(100):
        kept.touch(str(number), now=number, seconds=10)

    assert len(kept) == 10
    assert kept.get("89") is None
    assert kept.get("90") == []


def test_one_that_is_kept_longer_holds_up_the_others_and_no_more() -> None:
    kept = Fading(list[str])
    kept.touch("long", now=0, seconds=100)
    kept.touch("short", now=0, seconds=1)

    kept.touch("ada", now=50, seconds=1)
    assert len(kept) == 3

    kept.touch("ada", now=100, seconds=1)
    assert len(kept) == 1


def test_what_is_dropped_is_gone_at_once() -> None:
    kept = Fading(list[str])
    kept.touch("ada", now=0, seconds=10)

    kept.drop("ada")

    assert kept.get("ada") is None
