"""How long messages are kept: the one condition that every reader and the sweep share."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, exists, func, not_, or_, select

from treno_chat.domain.places import Place
from treno_chat.stores import tables


def still_kept(place: Place, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a message of this place may still be served.

    Whoever wrote as a guest needs a visit that vouches for the message: without one it is gone,
    so that a lost row forgets rather than tells.
    """
    vouched_for = (
        select(tables.Visit.id)
        .join(tables.User, col(tables.User.id) == col(tables.Visit.user_id))
        .where(col(tables.Visit.id) == col(tables.Message.visit_id), not_(is_over(place, now)))
        .correlate(tables.Message)
    )
    # Nothing lacks an end. Asked in this way, the index of the ends, useless to readers (most of
    # what there is has not ended yet), does not tempt the database away from the room's own.
    ends_at = func.coalesce(tables.Message.expires_at, now)
    return and_(
        ends_at > now,
        or_(col(tables.Message.author_is_anonymous).is_not(True), exists(vouched_for)),
    )


def is_over(place: Place, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a visit was a guest's and ended longer ago than the grace.

    A guest who has registered since is a guest no more, and the words stay with the person.
    """
    return and_(
        col(tables.User.is_anonymous).is_(True),
        col(tables.Visit.ends_at).is_not(None),
        col(tables.Visit.ends_at) <= now - place.guest_grace,
    )
