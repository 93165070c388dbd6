"""Merging what was missed: nobody loses their place, and everybody learns how much it was."""

from tests.support.merging import holding, merged, message, new, page, through


def test_who_missed_much_far_up_keeps_the_place() -> None:
    kept = holding(
        range(101, 141), hasOlder=True, isAtEnd=False, isHigh=True, rev=140, seq=140, unseen=2
    )
    left = [{**message(seq), "rev": 500} for seq in range(101, 141) if seq != 120]
    told = {"has_newer": True, "news": 300, "heard_seq": 140, **through(440, 501)}

    # 441 came after the answer was made, 440 before it.
    after = merged(kept, new(440), new(441), {"kind": "stretch", "messages": left, **told})

    assert after["messages"] == left
    assert (after["hasOlder"], after["hasNewer"], after["isAtEnd"]) == (True, True, False)
    assert (after["rev"], after["seq"], after["ahead"]) == (501, 441, [])
    assert (after["unseen"], after["heard"]) == (2 + 301, 301)


def test_who_missed_much_at_the_end_is_told_how_much_and_where_it_begins() -> None:
    kept = holding(range(61, 101), hasOlder=True, rev=100, seq=100, readSeq=100)
    newest = {**page("page", range(361, 401), has_older=True, has_newer=False), "last_read": 100}
    told = {"news": 0, "heard_seq": 100, "missed": 300, "first_unread": 101, **through(400, 400)}

    # 400 was pushed before the page came, 401 after it was made.
    after = merged(kept, new(400), new(401), {**newest, **told})
    read_long_ago = merged({**kept, "firstUnread": 90}, {**newest, **told})
    still_unread = merged({**kept, "firstUnread": 101}, {**newest, **told, "first_unread": 361})

    assert (after["missed"], after["heard"]) == (299, 301)
    assert [one["firstUnread"] for one in (after, read_long_ago, still_unread)] == [101] * 3


def test_who_leaps_to_the_end_missed_nothing_of_what_was_heard() -> None:
    kept = holding(range(101, 141), hasNewer=True, rev=500, seq=500, firstUnread=120)
    newest = {**page("page", range(462, 502), has_older=True, has_newer=False), "last_read": 110}
    told = {"news": 0, "heard_seq": 500, "missed": 1, "first_unread": 120, **through(501, 501)}

    after = merged(kept, new(501), {**newest, **told})

    assert (after["missed"], after["heard"], after["firstUnread"]) == (0, 1, 120)
