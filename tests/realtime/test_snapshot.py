"""Snapshots: people counted once, and changes that lead from one to the next."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.support.chat_server import person
from treno_chat.realtime.snapshot import Lease, Snapshot, change_between, snapshot_of


def lease(who: str, *, sid: str = "", room_id: str = "dining-car", until: float = 60) -> Lease:
    return Lease(
        sid=sid or f"socket-{who}",
        session_id=None,
        place_id="train",
        room_id=room_id,
        person=person(who),
        until=until,
    )


def test_a_person_counts_once_and_in_every_room_they_are_in() -> None:
    seen = snapshot_of(
        [
            lease("ada", sid="first"),
            lease("ada", sid="second", room_id="sleeper"),
            lease("bruno", room_id="sleeper"),
        ]
    )

    assert [one.id for one in seen.people] == ["ada", "bruno"]
    assert seen.count == 2
    assert seen.rooms == {"dining-car": 1, "sleeper": 2}


def test_the_freshest_lease_says_how_a_person_looks() -> None:
    registered = replace(person("ada"), is_anonymous=False)
    fresh = replace(lease("ada", sid="second", until=61), person=registered)

    assert snapshot_of([fresh, lease("ada", sid="first")]).people == (registered,)


def test_nothing_changed_is_no_change() -> None:
    assert change_between("train", snapshot_of([lease("ada")]), snapshot_of([lease("ada")])) is None


people = st.sets(st.sampled_from([f"p{number}" for number in range(12)]))


@given(before=people, after=people, page=st.integers(1, 12))
def test_changes_lead_from_one_snapshot_to_the_next(
    before: set[str], after: set[str], page: int
) -> None:
    def seen(who: set[str]) -> Snapshot:
        return snapshot_of([lease(one) for one in who], page=page)

    change = change_between("train", seen(before), seen(after))

    shown = {one.id for one in seen(before).people}
    if change is not None:
        shown = (shown | {one.id for one in change.joined}) - set(change.left)
    assert shown == {one.id for one in seen(after).people}
