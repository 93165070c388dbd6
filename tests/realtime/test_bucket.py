"""The bucket: so many at once, then so many a second."""

from treno_chat.realtime.bucket import Bucket, Rate


def test_a_burst_passes_and_the_next_waits() -> None:
    bucket = Bucket(Rate(burst=3, per_second=2))

    assert [bucket.take(100.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(100.5), bucket.take(100.5)] == [True, False]


def test_it_never_holds_more_than_a_burst() -> None:
    bucket = Bucket(Rate(burst=2, per_second=10))
    bucket.take(0.0)

    assert [bucket.take(3600.0) for _ in range(3)] == [True, True, False]


def test_a_clock_that_steps_back_gives_nothing() -> None:
    bucket = Bucket(Rate(burst=1, per_second=1))

    assert bucket.take(100.0)
    assert not bucket.take(50.0)
