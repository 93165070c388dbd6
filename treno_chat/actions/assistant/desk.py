"""The desk of a place: its staff alone comes to it, whether they are there at the moment or not."""

from dataclasses import dataclass

from treno_chat.actions.door.step_up import require_registered
from treno_chat.actions.door.visits import place_named
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.assistant.events import DeskChanged
from treno_chat.domain.door.sessions import Principal
from treno_chat.domain.ids import UserId
from treno_chat.domain.places import Place
from treno_chat.domain.refusals import Forbidden
from treno_chat.stores.operations import staff


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The desk of a place, and who sits at it: what only staff may do takes one."""

    place: Place
    user_id: UserId


def access_desk(tx: Transaction, principal: Principal, place_slug: str) -> Desk:
    """Return the desk of a place, if the person is of its staff."""
    user = require_registered(tx, principal).user
    place = place_named(tx, place_slug)
    if not staff.is_staff(tx.db, place.id, user.id):
        raise Forbidden("desk_only")
    return Desk(place=place, user_id=user.id)


def tell_desks(tx: Transaction, place: Place) -> None:
    """Let the open desks of a place look again, once, whatever changed there in this unit."""
    changed = DeskChanged(place_slug=place.slug, staff_ids=staff.ids_of(tx.db, place.id))
    if changed not in tx.outbox:
        tx.outbox.append(changed)
