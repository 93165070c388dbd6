"""The roster: whom an operator finds, and what they are shown of a person."""

from treno_chat.actions.door.visits import find_place
from treno_chat.actions.other_ways.password_entry import fingerprint_of
from treno_chat.actions.transaction import Transaction
from treno_chat.domain.door.alias import skeleton_of
from treno_chat.domain.ids import UserId, is_plain
from treno_chat.domain.lines import straighten
from treno_chat.domain.operations.roster import Kind, PersonLine, PlaceLine, SessionLine
from treno_chat.domain.other_ways.emails import parse_email
from treno_chat.domain.people import User
from treno_chat.domain.recovery.phones import parse_phone
from treno_chat.domain.refusals import Invalid, NotFound
from treno_chat.stores.door import users
from treno_chat.stores.operations import places_roster, roster

PAGE_SIZE = 100


def find_person(tx: Transaction, user_id: UserId) -> User:
    """Return the person with this id; no alias will do, for several may wear it."""
    user = users.get(tx.db, user_id) if is_plain(user_id) else None
    if user is None:
        raise NotFound("person_not_found")
    return user


def list_people(
    tx: Transaction,
    *,
    kind: Kind = Kind.ALL,
    before: UserId | None = None,
    limit: int = PAGE_SIZE,
) -> tuple[PersonLine, ...]:
    """Return a page of people, the newest first."""
    if before is not None and not is_plain(before):
        raise NotFound("person_not_found")
    return roster.people(tx.db, now=tx.now, kind=kind, before=before, limit=limit)


def find_people(tx: Transaction, text: str) -> tuple[PersonLine, ...]:
    """Return who is meant by an id, a part of an alias, a phone number or an address of mail."""
    clean = straighten(text)
    if not clean:
        return ()
    user_ids = [clean, *_owners_of_phone(tx, clean), *_owners_of_address(tx, clean)]
    skeleton = skeleton_of(clean)
    return roster.people_by(
        tx.db, now=tx.now, skeleton=skeleton, user_ids=user_ids, limit=PAGE_SIZE
    )


def list_sessions(
    tx: Transaction,
    *,
    user_id: UserId | None = None,
    place_slug: str | None = None,
    limit: int = PAGE_SIZE,
) -> tuple[SessionLine, ...]:
    """Return live sessions, all or a person's or those opened at a place."""
    if user_id is not None:
        find_person(tx, user_id)
    place_id = None if place_slug is None else find_place(tx, place_slug)
    return roster.sessions(tx.db, now=tx.now, user_id=user_id, place_id=place_id, limit=limit)


def list_places(tx: Transaction) -> tuple[PlaceLine, ...]:
    """Return every place, the oldest first."""
    return places_roster.places(tx.db, now=tx.now)


def _owners_of_phone(tx: Transaction, text: str) -> list[UserId]:
    try:
        phone = parse_phone(text, region=tx.policy.default_phone_region)
    except Invalid:
        return []
    return roster.ids_of_phone(tx.db, tx.vault.fingerprint(phone))


def _owners_of_address(tx: Transaction, text: str) -> list[UserId]:
    try:
        email = parse_email(text)
    except Invalid:
        return []
    return roster.ids_of_address(tx.db, fingerprint_of(tx.vault, email))
