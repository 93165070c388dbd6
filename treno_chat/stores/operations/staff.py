"""Staff in the database, and whom an operator may mean by a name."""

from sqlmodel import Session, col, delete, select

from treno_chat.domain.ids import PlaceId, UserId
from treno_chat.domain.operations.staff import Role, StaffMember
from treno_chat.domain.people import User
from treno_chat.stores import tables
from treno_chat.stores.adding import add_unless_there
from treno_chat.stores.door.users import to_user


def of_place(db: Session, place_id: PlaceId) -> tuple[StaffMember, ...]:
    """Return the staff of a place, who was granted it first."""
    query = (
        select(tables.User, tables.StaffRole)
        .join(tables.StaffRole, col(tables.StaffRole.user_id) == col(tables.User.id))
        .where(tables.StaffRole.place_id == place_id)
        .order_by(col(tables.StaffRole.granted_at), col(tables.User.id))
        .execution_options(populate_existing=True)
    )
    return tuple(
        StaffMember(user=to_user(user), role=Role(role.role), granted_at=role.granted_at)
        for user, role in db.exec(query).all()
    )


def is_staff(db: Session, place_id: PlaceId, user_id: UserId) -> bool:
    """Say whether a person is staff of a place."""
    query = select(tables.StaffRole.role).where(
        tables.StaffRole.place_id == place_id, tables.StaffRole.user_id == user_id
    )
    return db.exec(query).first() is not None


def ids_of(db: Session, place_id: PlaceId) -> tuple[UserId, ...]:
    """Return who is staff of a place."""
    query = (
        select(tables.StaffRole.user_id)
        .where(tables.StaffRole.place_id == place_id)
        .order_by(col(tables.StaffRole.user_id))
    )
    return tuple(db.exec(query).all())


def places_of(db: Session, user_id: UserId) -> tuple[str, ...]:
    """Return the slugs of the places where a person is staff."""
    query = (
        select(tables.Place.slug)
        .join(tables.StaffRole, col(tables.StaffRole.place_id) == col(tables.Place.id))
        .where(tables.StaffRole.user_id == user_id)
        .order_by(col(tables.Place.slug))
    )
    return tuple(db.exec(query).all())


def add(db: Session, place_id: PlaceId, member: StaffMember) -> bool:
    """Store a role; False when the person has one there already."""
    row = tables.StaffRole(
        user_id=member.user.id,
        place_id=place_id,
        role=member.role,
        granted_at=member.granted_at,
    )
    return add_unless_there(db, row)


def remove(db: Session, place_id: PlaceId, user_id: UserId) -> bool:
    """Delete a role; False when there is none."""
    query = delete(tables.StaffRole).where(
        col(tables.StaffRole.user_id) == user_id, col(tables.StaffRole.place_id) == place_id
    )
    return db.exec(query.execution_options(synchronize_session=False)).rowcount == 1


def present_alike(db: Session, place_id: PlaceId, skeleton: str) -> tuple[User, ...]:
    """Return everybody at the place whose alias looks like this one."""
    query = (
        select(tables.User)
        .join(tables.Visit, col(tables.Visit.user_id) == col(tables.User.id))
        .where(
            tables.Visit.place_id == place_id,
            col(tables.Visit.left_at).is_(None),
            tables.User.alias_skeleton == skeleton,
        )
        .order_by(col(tables.User.id))
        .execution_options(populate_existing=True)
    )
    return tuple(to_user(row) for row in db.exec(query).all())
