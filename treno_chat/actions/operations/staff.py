"""Making people staff of a place, and ending it: what the operator does.

A name is the id of a person, or the alias of somebody who is at the place. People whose aliases
look alike cannot be told apart on a screen, so only the id will do for them.
"""

from collections.abc import Sequence

from treno_chat.actions.audit import record
from treno_chat.actions.door.visits import find_place
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.alias import Alias, clean_alias, skeleton_of
from treno_chat.domain.ids import PlaceId
from treno_chat.domain.operations.auth_events import AuthEventKind
from treno_chat.domain.operations.staff import Role, StaffMember
from treno_chat.domain.people import User
from treno_chat.domain.refusals import Conflict, Forbidden, Invalid, NotFound
from treno_chat.domain.talk.events import StaffChanged
from treno_chat.stores.door import users
from treno_chat.stores.operations import staff


def grant(tx: Transaction, place_slug: str, name: str, *, role: Role = Role.STAFF) -> User:
    """Let a registered person be staff of a place; twice is the same as once."""
    place_id = find_place(tx, place_slug)
    user = _person(tx, place_id, name)
    if user.is_anonymous:
        raise Forbidden("not_registered")
    if staff.add(tx.db, place_id, StaffMember(user=user, role=role, granted_at=tx.now)):
        tx.outbox.append(StaffChanged(place_id=place_id, user_id=user.id))
        record(
            tx, AuthEventKind.ROLE_GRANTED, user_id=user.id, detail=f"{role.value} at {place_slug}"
        )
    return user


def revoke(tx: Transaction, place_slug: str, name: str) -> User:
    """Let somebody be staff of a place no more, whether they are there or not."""
    place_id = find_place(tx, place_slug)
    members = [member.user for member in staff.of_place(tx.db, place_id)]
    by_id = next((user for user in members if user.id == name), None)
    user = by_id or _choose(members, _alias(name))
    if staff.remove(tx.db, place_id, user.id):
        tx.outbox.append(StaffChanged(place_id=place_id, user_id=user.id))
        record(tx, AuthEventKind.ROLE_REVOKED, user_id=user.id, detail=f"at {place_slug}")
    return user


def list_staff(tx: Transaction, place_slug: str) -> tuple[StaffMember, ...]:
    """Return the staff of a place."""
    return staff.of_place(tx.db, find_place(tx, place_slug))


def _person(tx: Transaction, place_id: PlaceId, name: str) -> User:
    # Our ids are plain; a NUL or half a surrogate pair would be an error of the database.
    by_id = users.get(tx.db, name) if name.isascii() and name.isprintable() else None
    if by_id is not None:
        return by_id
    alias = _alias(name)
    alike = staff.present_alike(tx.db, place_id, alias.skeleton)
    registered = [user for user in alike if not user.is_anonymous]
    # A guest may wear the alias of a registered person who came in later.
    return _choose(registered or alike, alias)


def _choose(people: Sequence[User], alias: Alias) -> User:
    alike = [user for user in people if skeleton_of(user.alias) == alias.skeleton]
    if len(alike) > 1:
        named = ", ".join(f"{user.alias} ({user.id})" for user in alike)
        raise Conflict("alias_ambiguous", people=named)
    # The look alone finds nobody: a stranger in Cyrillic must not get what was meant for Chiara.
    if not alike or alike[0].alias.casefold() != alias.text.casefold():
        raise _nobody()
    return alike[0]


def _alias(name: str) -> Alias:
    try:
        return clean_alias(name)
    except Invalid:
        raise _nobody() from None


def _nobody() -> NotFound:
    return NotFound("person_not_found")
