"""Buckets: so many at once, then so many a second."""

from treno_chat.domain.buckets import Bucket, Buckets, Rate


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


def test_the_wait_that_is_told_is_the_true_one() -> None:
    bucket = Bucket(Rate(burst=1, per_second=1))
    start = 1_763_714_237.123_456_7
    assert bucket.take(start)
    assert not bucket.take(start)

    assert bucket.wait == 1.0
    assert bucket.take(start + bucket.wait)


def test_everybody_has_a_bucket_of_their_own() -> None:
    buckets = Buckets(Rate(burst=1, per_second=2))

    assert [buckets.take(who, 100.0) for who in ("ada", "ada", "bruno")] == [0.0, 0.5, 0.0]


def test_what_is_full_again_is_not_kept() -> None:
    buckets = Buckets(Rate(burst=2, per_second=1))
    for number in range(1000):
        buckets.take(f"visitor {number}", 100.0)

    buckets.take("ada", 102.0)

    assert len(buckets) == 1
