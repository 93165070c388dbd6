"""Coming to a place and leaving it: what every way in and out shares."""

from dataclasses import replace

from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.alias import Alias
from treno_chat.domain.door.sessions import LoginSession
from treno_chat.domain.ids import PlaceId, UserId, VisitId, is_plain, new_id
from treno_chat.domain.people import User
from treno_chat.domain.places import Place
from treno_chat.domain.refusals import Conflict, NotFound
from treno_chat.domain.talk.events import VisitsEnded
from treno_chat.domain.talk.visits import Visit
from treno_chat.stores.door import login_sessions, users, visits
from treno_chat.stores.talk import places


def find_place(tx: Transaction, slug: str) -> PlaceId:
    """Return the id of the place that a link names, whoever asks: it is where one comes in."""
    return place_named(tx, slug).id


def place_named(tx: Transaction, slug: str) -> Place:
    """Return the place that a link or an operator names."""
    place = places.get(tx.db, slug) if is_plain(slug) else None
    if place is None:
        raise NotFound("place_not_found")
    return place


def require_free_alias(
    tx: Transaction, place_id: PlaceId, alias: Alias, *, but: UserId | None = None
) -> None:
    """Refuse an alias that looks like that of somebody present, or that rests.

    Whoever laid it down (`but`) may take it up again: nobody is taken in by that.
    """
    visits.close_abandoned(tx.db, now=tx.now, place_id=place_id)
    is_resting = _is_resting(tx, place_id, alias.skeleton)
    if is_resting and but is not None:
        is_resting = not _is_resting(tx, place_id, _worn_by(but, alias.skeleton))
    if is_resting or visits.exists_alike(tx.db, place_id, alias.skeleton, but=but):
        raise Conflict("alias_taken", field="alias")


def let_alias_rest(
    tx: Transaction, place_id: PlaceId, skeleton: str, *, worn_by: UserId | None = None
) -> None:
    """Keep an alias from being taken up by a stranger while people remember its wearer."""
    until = tx.now + tx.policy.alias_quarantine
    names = (skeleton,) if worn_by is None else (skeleton, _worn_by(worn_by, skeleton))
    for name in names:
        visits.quarantine(tx.db, place_id, _resting_hash(tx, place_id, name), until=until)


def arrive(tx: Transaction, user: User, *, place_id: PlaceId, session: LoginSession) -> VisitId:
    """Make sure that a person is at this place, and at no other: nobody is in two places.

    A registered person is never kept out by their alias: whoever wears one that looks like it
    could lock them out at will. Both are there then, told apart by their seals.
    """
    left = visits.close_all(tx.db, user.id, now=tx.now, but=place_id)
    if left:
        tx.outbox.append(VisitsEnded(user_id=user.id, place_ids=left))
    skeleton = users.skeleton_of(tx.db, user.id)
    visit = Visit(
        id=new_id(),
        user_id=user.id,
        place_id=place_id,
        alias_skeleton=skeleton,
        entered_at=tx.now,
        ends_at=session.idle_ends_at if user.is_anonymous else None,
    )
    came = _stand_under(tx, visit)
    if came is None and not user.is_anonymous:
        came = _stand_under(tx, replace(visit, alias_skeleton=_worn_by(user.id, skeleton)))
    if came is None:
        raise Conflict("alias_taken", field="alias")
    return came


def leave_if_gone(tx: Transaction, user_id: UserId) -> None:
    """Close a person's visits when they are signed in nowhere any more.

    Nobody is told of those: whatever listened there ends with its session.
    """
    if not login_sessions.exists_live(tx.db, user_id, now=tx.now):
        visits.close_all(tx.db, user_id, now=tx.now)


def _stand_under(tx: Transaction, visit: Visit) -> VisitId | None:
    """Begin a visit or go on with it; None when its alias is somebody else's who is there."""
    came = _begin_or_go_on(tx, visit)
    if came is None:
        # Whoever is signed in nowhere any more is only now in anybody's way.
        visits.close_abandoned(tx.db, now=tx.now, place_id=visit.place_id)
        came = _begin_or_go_on(tx, visit)
    return came


def _begin_or_go_on(tx: Transaction, visit: Visit) -> VisitId | None:
    if visits.add(tx.db, visit):
        return visit.id
    return visits.change(
        tx.db,
        visit.user_id,
        visit.place_id,
        skeleton=visit.alias_skeleton,
        ends_at=visit.ends_at,
    )


def _is_resting(tx: Transaction, place_id: PlaceId, name: str) -> bool:
    hashed = _resting_hash(tx, place_id, name)
    return visits.is_quarantined(tx.db, place_id, hashed, now=tx.now)


def _worn_by(user_id: UserId, skeleton: str) -> str:
    # No skeleton holds a line break: this is no alias that anybody could type.
    return f"{skeleton}\n{user_id}"


def _resting_hash(tx: Transaction, place_id: PlaceId, skeleton: str) -> str:
    return tx.vault.fingerprint(f"alias {place_id} {skeleton}")
